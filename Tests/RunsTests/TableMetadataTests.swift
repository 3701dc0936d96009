import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Tables and their descriptions by the W3C's vocabulary, read by a package of others.
struct TableMetadataTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// Names that a spreadsheet, a browser or a reader of CSV may take for something else.
  static let hostile = [
    "=1+1", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "a \"quoted\" 'name'",
    "\u{202e}gnp.exe",
    "a,b\nc", "]]>&amp;", "_x0041_", String(repeating: "long ", count: 2_000),
  ]

  /// A job whose sectors have those names.
  static func hostileJob(output: String) -> Example {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    let rows = hostile.enumerated().map {
      "A,\(quoted($1)),\($0 + 1)\nB,\(quoted($1)),\(9 * $0 + 2)\n"
    }
    let counts = "area,sector,count\n" + rows.joined()
    return Example(
      keys: ["output: \(output)"],
      files: ["provision.csv": counts, "demand.csv": counts.replacing(",2\n", with: ",3\n")])
  }

  private func run(_ example: Example, to name: String = "out") throws {
    let outcome = try Session(try example.job(in: folder), workerCount: 1).run()
    try OutputFolder("\(folder.path)/\(name)", force: false)
      .write(outcome, options: Manifest.Options(seed: 0))
  }

  @Test(.enabled(if: Surroundings.isCI || Surroundings.python != nil))
  func describedTablesAreReadByOthers() throws {
    try run(Self.hostileJob(output: "{ files: all }"))
    let python = try #require(Surroundings.python)
    let script = "\(Surroundings.package)/Tests/Independent/check_metadata.py"
    let text = try #require(Surroundings.run(python, [script, "\(folder.path)/out"]))
    let lines = text.split(separator: "\n").map { $0.split(separator: ",") }
    let tables = try folder.files().filter { $0.hasPrefix("out/") && $0.hasSuffix(".csv") }
    #expect(Set(lines.map { "out/\($0[0])" }) == Set(tables))
    let cells = try #require(lines.first { $0[0] == "cells.csv" })
    #expect(cells[1] == "\(2 * Self.hostile.count)")
    #expect(try #require(Int(cells[2])) >= 6 * 2 * Self.hostile.count)
  }

  @Test func descriptionsAreOfTheTablesThatTheRunWrote() throws {
    try run(Example(keys: ["output: { files: [cells.csv, cells.csv-metadata.json] }"]))
    #expect(
      try folder.files().filter { $0.hasPrefix("out/") } == [
        "out/cells.csv", "out/cells.csv-metadata.json", "out/columns.json", "out/manifest.json",
      ])
    try run(Example(keys: ["output: { files: [cells.csv] }"]))
    #expect(
      try folder.files().filter { $0.hasPrefix("out/") } == ["out/cells.csv", "out/manifest.json"])
  }

  @Test func changedDescriptionIsSeen() throws {
    try run(Example(keys: ["output: { files: all }"]))
    try folder.write("out/cells.csv-metadata.json", "{}")
    let changed = try FinishedRun(folder: "\(folder.path)/out").changedOutputs(workerCount: 1)
    #expect(changed.map(\.file) == ["cells.csv-metadata.json"])
  }

  @Test func keysOfOutputAreChecked() throws {
    for (output, expected) in [
      ("{ compress: zip }", "gzip"), ("{ workbook: perhaps }", "true or false"),
      ("{ files: [cells.csv-metadata] }", "cells.csv"),
    ] {
      let failure = try #require(try Example(keys: ["output: \(output)"]).failure())
      #expect(failure.description.contains(expected), "\(failure)")
    }
  }
}
