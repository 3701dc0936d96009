import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Patterns take the part of a label that they say, and always come to an end.
struct TextPatternTests {
  private static let place = Place(file: "job.yaml", line: 3, column: 9)

  private func code(_ pattern: String, _ label: String) throws -> String? {
    try TextPattern(pattern, at: Self.place).code(in: label)
  }

  @Test func theFirstGroupIsTheCodeOrElseTheWholeMatch() throws {
    #expect(try code(#"^(\d{4}) : "#, "2136 : Programmers") == "2136")
    #expect(try code(#"\d{4}"#, "SOC 2136, 2137") == "2136")
    #expect(try code("(?P<code>[A-Z])$", "A | B") == "B")
    #expect(try code("(?:x|y)(z)", "yz") == "z")
    #expect(try code(#"^(\d{4})"#, "Programmers") == nil)
    // The group has no part in what matched.
    #expect(try code("(a)|b", "b") == nil)
  }

  /// What job.md says of letters beyond ASCII.
  @Test func classesAreOfASCIIAndPropertiesOfAllScripts() throws {
    #expect(try code(#"\d+"#, "\u{0663}7") == "7")
    #expect(try code(#"\p{Nd}+"#, "\u{0663}7") == "\u{0663}7")
    #expect(try code(#"\w+"#, "Ynys Môn").map { $0 } == "Ynys")
    #expect(try code(#"(\w+)$"#, "Ynys Môn") == "n")
    #expect(try code(#"(\pL+)$"#, "Ynys Môn") == "Môn")
    #expect(try code("(?i)MÔN", "Ynys môn") == "môn")
    #expect(try code("M.n", "Môn") == "Môn")
  }

  /// Swift's own engine, which goes back and forth, finds the same in short labels.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func patternsFindWhatABacktrackingSearchFinds(seed: UInt64) throws {
    var draws = Draws(seed: seed, cell: 31)
    let text =
      "\(draws.pick(["", "^"]))(\(expression(&draws, depth: 3)))\(draws.pick(["", "b", "$"]))"
    let pattern = try TextPattern(text, at: Self.place)
    let twin = try Regex(text)
    for _ in 0..<20 {
      let label = String(
        (0..<draws.below(9)).map { _ in draws.pick(["a", "b", "c"]) as Character })
      let expected = try twin.firstMatch(in: label)?.output[1].substring.map(String.init)
      #expect(try pattern.code(in: label) == expected, "\(text) in \(label)")
    }
  }

  private func expression(_ draws: inout Draws, depth: Int) -> String {
    switch depth == 0 ? 0 : draws.below(5) {
    case 0: draws.pick(["a", "b", ".", "[ab]", "[^a]"])
    case 1: "(?:\(expression(&draws, depth: depth - 1)))\(draws.pick(["*", "+", "?", "{1,2}"]))"
    case 2: "(?:\(expression(&draws, depth: depth - 1))|\(expression(&draws, depth: depth - 1)))"
    default: expression(&draws, depth: depth - 1) + expression(&draws, depth: depth - 1)
    }
  }

  /// Each would take a backtracking search longer than the age of the universe, or a memory of its own.
  @Test(arguments: [
    #"^([A-Za-z ,]+)+ \d{4}$"#, "^.*.*.*.*=$", "(x+x+)+y", "^(a|aa)+$", "(a?){500}a{500}b",
    "(.*)*(.*)*(.*)*;", #"(\w+\s?)*$"#,
    String(repeating: "(", count: 900) + "a"
      + String(repeating: ")*", count: 900),
  ])
  func noLabelIsSearchedWithoutEnd(pattern: String) throws {
    let label = String(repeating: "a", count: 50_000) + "!"
    let found = try? TextPattern(pattern, at: Self.place).code(in: label)
    #expect(found.map { label.contains($0) } ?? true)
  }

  @Test(arguments: [
    ("(?=a)b", "\"(?=\" is not supported", "Look-around is not supported"),
    ("(?<!a)b", "\"(?<\" is not supported", "Look-around is not supported"),
    ("(?<code>a)", "\"(?<\" is not supported", "(?P<name>...)"),
    (#"(a)\1"#, #""\1" is not supported"#, "Back-references are not supported"),
    ("(a", "missing )", "RE2"), ("a**", "bad repetition operator at \"**\"", "RE2"),
    ("a{1001}", "invalid repetition size at \"{1001}\"", "RE2"),
    (#"\pL{1000}\pL{1000}"#, "more than 8 MiB", "smaller numbers"),
  ])
  func whatIsNoPatternIsRefusedWithItsPlace(pattern: String, found: String, advice: String) throws {
    let failure = #expect(throws: Failure.self) { try TextPattern(pattern, at: Self.place) }
    #expect(failure?.kind == .badData && failure?.place == Self.place)
    #expect(failure?.found.hasPrefix("the pattern \"\(pattern)\" cannot be used: ") == true)
    #expect(failure?.found.contains(found) == true, "\(failure?.found ?? "")")
    #expect(failure?.advice?.contains(advice) == true, "\(failure?.advice ?? "")")
  }
}
