import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// What is found by bytes against what characters say.
@Suite struct InspectTextTests {
  private static let letters = Array("aAzZ019_- \t\n:|()[]SOC2010SIC07%é½Ö\u{a0}")

  private static func text(_ random: inout RandomSource, isPlain: Bool) -> String {
    let letters = isPlain ? letters.filter(\.isASCII) : letters
    return String(
      (0..<random.whole(0...14)).map { _ in letters[random.whole(0...letters.count - 1)] })
  }

  private static func texts(seed: UInt64) -> [String] {
    var random = RandomSource(seed: seed)
    return (0..<4000).map { text(&random, isPlain: $0 % 2 == 0) }
  }

  @Test func namesAreTheirLettersAndDigits() {
    for text in InspectTextTests.texts(seed: 1) {
      var name = ""
      for character in text.trimmed().lowercased() {
        if character.isLetter || character.isNumber {
          name.append(character)
        } else if name.last != "_" {
          name.append("_")
        }
      }
      while name.last == "_" { name.removeLast() }
      #expect(text.normalisedName() == name, "\(text.debugDescription)")
      let letters = String(text.lowercased().filter { $0.isLetter || $0.isNumber })
      #expect(text.lettersAndDigits() == letters, "\(text.debugDescription)")
    }
  }

  @Test func capitalsAreWithoutSpaces() {
    for text in InspectTextTests.texts(seed: 2) {
      let expected = String(text.filter { !$0.isWhitespace }).uppercased()
      #expect(
        String(decoding: text.squeezedCapitals(), as: UTF8.self) == expected,
        "\(text.debugDescription)")
    }
  }

  @Test func partsAreFoundWhereTheyStand() {
    let parts: [StaticString] = ["a", "20", "SOC", "[]", " - ", "SOC2010"]
    for text in InspectTextTests.texts(seed: 3) {
      for part in parts {
        let bytes = Array(part.description.utf8)
        let isThere = text.utf8.indices.contains { text.utf8[$0...].starts(with: bytes) }
        #expect(text.holds(part) == isThere, "\(part) in \(text.debugDescription)")
      }
    }
  }

  @Test func classificationsAreHeardOfHoweverTheyAreWritten() {
    #expect(FileHints(["Occupations", "by group (SoC 2020)"]).occupations == "SOC 2020")
    #expect(FileHints(["SOC\u{a0}2010"]).occupations == "SOC 2010")
    #expect(FileHints(["SOC2010", "soc 2020"]).occupations == nil)
    #expect(FileHints(["sic 07", "x"]).namesSIC2007)
    #expect(FileHints(["Industrial Classification (2007)"]).namesSIC2007)
    #expect(!FileHints(["SIC 2003", "2007"]).namesSIC2007)
  }

  /// Shares of rows and texts against all of them counted.
  @Test func sharesAreThoseOfAllTexts() {
    var random = RandomSource(seed: 4)
    for _ in 0..<500 {
      var tally = ColumnTally(limit: random.whole(1...12))
      var rows: [String] = []
      for _ in 0..<random.whole(0...40) {
        let text = random.happens(0.1) ? "" : "\(random.whole(0...14))"
        tally.add(text)
        rows.append(text)
      }
      let bound = random.whole(0...14)
      let fits: (String) -> Bool = { Int($0).map { $0 <= bound } ?? false }
      let kept = rows.filter { tally.texts.contains($0) }
      for share in [0.5, 0.6, 0.95, 0.98, 1] {
        let ofRows = !kept.isEmpty && Double(kept.count(where: fits)) >= share * Double(kept.count)
        #expect(tally.areRows(share, fits) == ofRows)
        let texts = tally.texts
        let ofTexts =
          !texts.isEmpty && Double(texts.count(where: fits)) >= share * Double(texts.count)
        #expect(tally.areTexts(share, fits) == ofTexts)
      }
    }
  }

  /// Numbers that a sheet writes as they are read need no conversion.
  @Test func digitsThatAreTakenAsTheyStandAreTheShortestText() {
    var random = RandomSource(seed: 6)
    let letters = Array("00123456789.-eE+ ")
    var taken = 0
    for _ in 0..<20_000 {
      let text = String((0..<random.whole(1...18)).map { _ in letters[random.whole(0...16)] })
      guard Array(text.utf8).withUnsafeBufferPointer(CellText.isShortest) else { continue }
      taken += 1
      #expect(Double(text).map(CellText.number) == text)
    }
    #expect(taken > 500)
  }
}
