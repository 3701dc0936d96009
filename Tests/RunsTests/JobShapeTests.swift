import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// YAML that takes more than it says is refused with its place, before anything is made of it.
struct JobShapeTests {
  private func failure(_ text: String) -> Failure? {
    #expect(throws: Failure.self) { try JobTree.parse(text, file: "job.yaml") }
  }

  /// Lists of nine aliases each, one in another: the last stands for 9^levels texts.
  private func nested(_ levels: Int) -> String {
    (0...levels).map { level in
      let part = level == 0 ? "x" : "*a\(level - 1)"
      return "a\(level): &a\(level) [\(Array(repeating: part, count: 9).joined(separator: ", "))]\n"
    }.joined()
  }

  @Test func aliasesThatExplodeAreRefused() {
    let failure = failure(nested(30))
    #expect(failure?.place == Place(file: "job.yaml", line: 6, column: 10))
    #expect(failure?.found == "aliases (*) expand to more than 100000 parts")
    #expect(throws: Never.self) { try JobTree.parse(nested(3), file: "job.yaml") }
  }

  @Test(arguments: [
    ("n: &n x\n*n : 1\n", 2, 1, "an alias (*) as a key"),
    ("a: { b: 1, ? [c] : 2 }", 1, 14, "a list as a key"),
    ("a: 1\n? { b: 1 }\n: 2\n", 2, 3, "keys as a key"),
    ("&n a: 1", 1, 1, "a key with an anchor (&)"),
    ("p: &p { b: 1 }\nd: { <<: *p }", 2, 6, "a merge key (<<)"),
    ("a: &a [x]\nb: { ? [*a, *a] : 1 }", 2, 8, "a list as a key"),
  ])
  func keysAreTexts(text: String, line: Int, column: Int, found: String) {
    let failure = failure(text)
    #expect(failure?.place == Place(file: "job.yaml", line: line, column: column))
    #expect(failure?.found == found)
  }

  @Test(arguments: ["[", "{a: ", "- ", "[{a: "])
  func nestingWithoutEndIsRefused(part: String) {
    for count in [33, 1_001, 100_000] {
      let failure = failure("a:\n  " + String(repeating: part, count: count))
      #expect(
        failure?.found == "lists and keys are nested more than 32 deep", "\(count) of \(part)")
      #expect(failure?.place?.line == 2)
    }
  }

  /// An alias as a value is the value that its anchor stands at, which is where its errors are.
  @Test func aliasesAsValuesAreWhatTheyStandFor() throws {
    let node = JobNode(
      try JobTree.parse("a: &w { x: [1, 2] }\nb: *w\n\"<<\": { ? c : 3 }\n", file: "job.yaml"))
    let pairs = try node.pairs()
    #expect(pairs.map(\.key) == ["a", "b", "<<"])
    #expect(try pairs[1].value.pairs()[0].value.texts() == ["1", "2"])
    #expect(pairs[1].value.place.line == 1)
  }

  @Test func whatTheParserRefusesHasItsPlaceAndNoWordsOfCode() {
    for (text, place) in [
      ("a: b\nc: \"d\u{1}\"\n", Place(file: "job.yaml", line: 2, column: 6)),
      ("a: [1\n", Place(file: "job.yaml", line: 2, column: 1)),
      ("a: *b\n", Place(file: "job.yaml", line: 1, column: 4)),
    ] {
      let failure = failure(text)
      #expect(failure?.place == place && failure?.found.hasPrefix("not YAML: ") == true)
      #expect(failure?.found.contains("rror") == false && failure?.found.contains("\n") == false)
    }
  }

  @Test func patternsOfFilesDoNotClimb() {
    let failure = #expect(throws: Failure.self) {
      try Job(text: "areas: { lookup: 'a/*/../*.csv', code: c }", file: "job.yaml")
    }
    #expect(failure?.place?.column == 18 && failure?.kind == .badData)
    #expect(failure?.expected?.contains("without `..`") == true)
  }
}
