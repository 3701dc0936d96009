import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The guard from the job file to the files of a run, on the worked example of the documentation.
struct DisclosureTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
  private static let example = root.appending(path: "Tests/Cases/explain-guarded").path

  /// The example with changes to its job and to its provision.
  private func outcome(
    guardText: String = "", _ change: (String) -> String = { $0 }
  ) throws -> (Outcome, TestFolder) {
    let folder = try TestFolder()
    for name in ["job.yaml", "provision.csv", "demand.csv"] {
      let text = try String(contentsOfFile: "\(Self.example)/\(name)", encoding: .utf8)
      try folder.write(name, name == "provision.csv" ? change(text) : text)
    }
    let job =
      try folder.text("job.yaml").replacing("{ folder: out }", with: "{ folder: out, files: all }")
      + guardText
    let file = try folder.write("job.yaml", job)
    return (try Session(Job(file: file), workerCount: 1).run(), folder)
  }

  private func interval(_ figure: Figure) -> String {
    "\(NumberText.text(of: figure.lower)) to \(NumberText.text(of: figure.upper))"
  }

  @Test("The documentation's table holds what the example gives under both rules")
  func documentedIntervals() throws {
    let text = try String(
      contentsOf: Self.root.appending(path: "Documentation/explanation/disclosure.md"),
      encoding: .utf8)
    let rows = text.split(separator: "\n").map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }.filter { $0.count == 6 && ["port", "quay"].contains($0[0]) }
    #expect(rows.count == 5)
    let grids = try ["", "guard: { narrower-than: 0 }\n", "guard: { publish: sharpened }\n"].map {
      try #require(try outcome(guardText: $0).0.grids.first)
    }
    let withoutTotals = try outcome { text in
      text.split(separator: "\n").filter { !$0.contains("Total") }.joined(separator: "\n") + "\n"
    }.0.grids[0]
    for row in rows {
      let found = try ([withoutTotals, grids[1]] + [grids[0], grids[2]]).map { grid in
        let area = try #require(grid.areas.position(of: row[0]))
        let profile = grid.provision.profile(area: area)
        return interval(
          try grid.sectors.position(of: row[1]).map { profile.cells[$0] }
            ?? #require(row[1] == "all" ? profile.total : nil))
      }
      #expect(found == Array(row[2...]), "\(row)")
    }
    let port = grids[0].provision.profile(area: 1)
    #expect(grids[0].areas.codes[1] == "port" && port.cells[1].value == 10)
  }

  @Test("No table of a run depends on the total of a guarded area, and checks keep its ends")
  func totalLeavesNoTrace() throws {
    let files = try [363, 365, 369].map { total in
      let (outcome, folder) = try outcome {
        $0.replacing("port,Total,363", with: "port,Total,\(total)")
      }
      try OutputFolder("\(folder.path)/out", force: false).write(
        outcome, options: Manifest.Options(seed: 0))
      let row = try #require(outcome.checks.first { $0.check == "disclosure" })
      #expect(row.result == .warn && row.count == 1)
      #expect(
        row.message.contains(
          "port \"catering\" in all (1 to 19 by its marker, given the total known exactly)"))
      return try folder.files().filter { $0.hasPrefix("out/") && $0.hasSuffix(".csv") }.map {
        try folder.bytes($0)
      }
    }
    #expect(files[0] == files[1] && files[0] == files[2] && files[0].count > 8)
  }

  @Test("The check names both intervals where the job publishes them")
  func tightenedIsNamed() throws {
    let row = try outcome(guardText: "guard: { publish: sharpened }\n").0.checks.first {
      $0.check == "disclosure"
    }
    #expect(row?.message.contains("(1 to 19 by its marker, given the total 3 to 3)") == true)
    let wide = try outcome(guardText: "guard: { narrower-than: 14, publish: sharpened }\n").0.checks
    #expect(wide.first { $0.check == "disclosure" }?.count == 3)
  }

  @Test(
    "What the guard does not know is refused",
    arguments: [
      "guard: { narower-than: 3 }", "guard: { publish: all }", "guard: { narrower-than: few }",
    ])
  func refusals(text: String) {
    #expect(throws: Failure.self) { try outcome(guardText: text + "\n") }
  }
}
