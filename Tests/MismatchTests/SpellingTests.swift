import Support
import Testing

@testable import Mismatch

/// Texts are told apart by their bytes, whatever Unicode holds equivalent.
struct SpellingTests {
  /// Texts of letters that can be composed in several ways, short ones and ones that are held elsewhere.
  private static let texts: [String] = {
    var random = RandomSource(seed: 14)
    let parts = [
      "e\u{301}", "\u{e9}", "e", "\u{212a}", "K", "\u{323}\u{307}", "\u{307}\u{323}", "~",
    ]
    return [""]
      + (0..<60).map { index in
        (0..<random.whole(1...(index % 2 == 0 ? 3 : 12))).map { _ in
          parts[random.whole(0...parts.count - 1)]
        }.joined()
      }
  }()

  @Test("Equal, hashed and in order as their bytes are")
  func bytesDecide() {
    for left in Self.texts {
      for right in Self.texts {
        let isSame = Array(left.utf8) == Array(right.utf8)
        #expect(left.isSpelt(as: right) == isSame)
        #expect((Spelling(left) == Spelling(right)) == isSame)
        #expect((Spelling(left) < Spelling(right)) == Codebook.precedes(left, right))
        // A part of a longer text is another kind of storage.
        let part = Spelling(String("x\(right)"[...].dropFirst(0).utf8.dropFirst(1)) ?? "?")
        if isSame { #expect(Spelling(left).hashValue == part.hashValue) }
      }
    }
    #expect(
      Set(Self.texts.map(Spelling.init)).count == Set(Self.texts.map { Array($0.utf8) }).count)
    // Otherwise the cases above would be too easy.
    #expect(Set(Self.texts).count < Set(Self.texts.map(Spelling.init)).count)
  }

  @Test("Lists of codes, codebooks and maps keep two spellings of one letter apart")
  func codesAreKeptApart() throws {
    let (one, two) = ("Caf\u{e9}", "Cafe\u{301}")
    let codes = Codebook(codes: [one, two])
    #expect(codes.count == 2 && codes.position(of: two) == 0 && codes.position(of: one) == 1)
    #expect(codes.without([Spelling(one)]).codes.areSpelt(as: [two]))
    #expect(![one].areSpelt(as: [two]) && ![one].areSpelt(as: [one, one]))
    var list = CodeList()
    #expect([one, two, one].map { list.position(of: $0) } == [0, 1, 0])
    let place = Place(file: "map.csv")
    let map = try WeightedMap(
      [(one, one), (one, two), (two, two)].map {
        WeightedMap.Entry(from: $0, to: $1, weight: 1, place: place)
      }, normalise: true)
    #expect(map.targets(of: one).map(\.weight) == [0.5, 0.5])
    #expect(map.targets(of: two).map(\.weight) == [1] && map.allTargets.count == 2)
    #expect(map.followed(by: map).targets(of: one).map(\.weight) == [0.75, 0.25])
  }
}
