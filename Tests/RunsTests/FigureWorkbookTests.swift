import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Figures in workbooks: formulas, texts that are numbers, and what sheets say above them.
struct FigureWorkbookTests {
  /// A sheet of texts, where `cell` is the XML of the last cell.
  private static func sheet(_ rows: [[String]], last cell: String) -> String {
    let texts = rows.map { row in
      row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
    }
    return texts.enumerated().map { number, cells in
      "<row>" + cells + (number == texts.count - 1 ? cell : "") + "</row>"
    }.joined()
  }

  private func run(_ rows: [[String]], last cell: String, _ keys: [String: String] = [:]) throws
    -> Outcome
  {
    let folder = try TestFolder()
    try folder.write(
      "provision.xlsx", bytes: WorkbookFixture(Self.sheet(rows, last: cell)).zip.bytes)
    let example = Example(provision: keys.merging(["file": "provision.xlsx"]) { $1 })
    return try Session(example.job(in: folder), workerCount: 1).run()
  }

  private static let rows = [["area", "sector", "count"], ["A", "x"]]

  @Test func aFormulaWithoutAResultIsNoEmptyCell() throws {
    let failure = try #require(throws: Failure.self) {
      try run(Self.rows, last: "<c><f>SUM(C4:C9)</f></c>")
    }
    #expect(failure.place?.line == 2)
    #expect(failure.advice?.contains("open the file in a spreadsheet") == true)
    let value = try run(Self.rows, last: "<c><f>SUM(C4:C9)</f><v>9</v></c>")
    #expect(value.value(.provision, "A", "x") == 9)
    let empty = try run(
      Self.rows, last: "<c t=\"str\"><f>IF(1,\"\")</f><v></v></c>", ["markers": "{ \"\": 0..4 }"])
    #expect(empty.bounds(.provision, "A", "x") == [0, 4])
  }

  @Test func noBreakSpacesAroundTextsAreTrimmed() throws {
    let cell = "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">\u{a0}1,250\u{a0}</t></is></c>"
    let failure = try #require(throws: Failure.self) { try run(Self.rows, last: cell) }
    #expect(failure.advice?.contains("`trim: true`") == true)
    #expect(try run(Self.rows, last: cell, ["trim": "true"]).value(.provision, "A", "x") == 1250)
  }

  @Test func storedNumbersDoNotLoseDigits() throws {
    let outcome = try run(Self.rows, last: "<c><v>1.1283E4</v></c>")
    #expect(outcome.value(.provision, "A", "x") == 11_283)
    #expect(outcome.checks.filter { $0.check == "lost-digits" }.allSatisfy { $0.result == .pass })
  }
}
