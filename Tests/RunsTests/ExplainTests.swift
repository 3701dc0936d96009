import Dense
import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// A finished run of a worked example, and the histories of some of its cells.
struct ExplainTests {
  private static let datasets = URL(filePath: #filePath).appending(path: "../../../Datasets")
    .standardizedFileURL.path

  private static func run(_ example: String, into folder: TestFolder) throws -> (FinishedRun, Job) {
    let job = try Job(file: "\(datasets)/\(example)/job.yaml")
    let outcome = try Session(job, workerCount: 2).run()
    try OutputFolder("\(folder.path)/out", force: false).write(
      outcome, options: Manifest.Options(seed: 0))
    let run = try FinishedRun(folder: "\(folder.path)/out")
    return (run, try run.job(file: "\(datasets)/\(example)/job.yaml"))
  }

  /// Sums of the same products in another order than the grid's.
  private static let closeness = Closeness.either(1e-12)

  @Test(
    "Contributions of all source lines add up to the cell, and the cell is what the run wrote",
    arguments: [
      ("london", [("E69000013", "01"), ("E69000013", "09"), ("E69000001", "05")]),
      (
        "london-sectors",
        [("E12000007", "health-and-safety"), ("E12000001", "creative-and-cultural")]
      ),
    ])
  func contributionsAddUp(example: String, cells: [(area: String, sector: String)]) throws {
    let folder = try TestFolder()
    let (run, job) = try Self.run(example, into: folder)
    for (area, sector) in cells {
      let cell = try run.cell(area: area, sector: sector, period: nil)
      let history = try Session(job, workerCount: 2).history(of: cell, in: run)
      #expect(history.differences.isEmpty && history.verifiedFields.count == 20)
      for side in history.sides {
        let total = try #require(side.cell.value)
        #expect(!side.lines.isEmpty)
        let lines = ExactSum(side.lines.map { $0.contribution ?? .nan }).value
        let products = ExactSum(side.products.map { $0.product.value ?? .nan }).value
        let lower = ExactSum(side.products.map { $0.product.lower ?? .nan }).value
        let upper = ExactSum(side.products.map { $0.product.upper ?? .nan }).value
        #expect(Self.closeness.holds(lines, total) && Self.closeness.holds(products, total))
        #expect(Self.closeness.holds(lower, try #require(side.cell.lower)))
        #expect(Self.closeness.holds(upper, try #require(side.cell.upper)))
        try expectLinesToHoldTheirFigures(side, in: "\(Self.datasets)/\(example)")
      }
    }
  }

  /// The line that is named has the codes and the figure that are said to stand there.
  private func expectLinesToHoldTheirFigures(_ side: SideHistory, in folder: String) throws {
    var texts: [String: [Substring]] = [:]
    for line in side.lines {
      if texts[line.file] == nil {
        let text = try String(contentsOfFile: "\(folder)/\(line.file)", encoding: .utf8)
        texts[line.file] = text.split(separator: "\n", omittingEmptySubsequences: false)
      }
      let row = try #require(texts[line.file])[try #require(line.line) - 1]
      for text in [line.area, line.category, line.text] {
        #expect(row.contains(text), "\(line.file):\(line.line ?? 0)")
      }
    }
  }

  @Test("Symbols of a formula are put in as words, limits and other words stay out of it")
  func substitution() {
    let symbols = ["T": 3.0, "T.": 12, "T.s": 40, "T..": 1234567, "V": 0.123456789, "p": 0.25]
    for (formula, expected) in [
      ("p = T / T.", "0.25 = 3 / 12"),
      ("(T / T.) / (T.s / T..)", "(3 / 12) / (40 / 1234567)"),
      ("V ln p; undefined where V is 0", "0.123457 ln 0.25"), ("Time - T", "Time - 3"),
    ] {
      #expect(MeasureHistory.substituted(formula, symbols) == expected)
    }
  }

  @Test("A line of a workbook is the row of its sheet, and the sheet is named")
  func workbookRows() throws {
    let folder = try TestFolder()
    let rows = [(1, ["area", "sector", "count"]), (2, ["N2", "x", "7"]), (5, ["N1", "x", "11"])]
    let data = rows.map { number, fields in
      "<row r=\"\(number)\">"
        + fields.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }
    try folder.write("provision.xlsx", bytes: WorkbookFixture(data.joined()).zip.bytes)
    try folder.write("demand.csv", "area,sector,count\nN1,x,5\n")
    let keys = "area: area, category: sector, value: count"
    let file = try folder.write(
      "job.yaml",
      """
      provision: { kind: people, file: provision.xlsx, \(keys) }
      demand: { kind: vacancies, file: demand.csv, \(keys) }
      """)
    try OutputFolder("\(folder.path)/out", force: false).write(
      try Session(Job(file: file), workerCount: 1).run(), options: Manifest.Options(seed: 0))
    let run = try FinishedRun(folder: "\(folder.path)/out")
    let history = try Session(run.job(file: nil), workerCount: 1).history(
      of: run.cell(area: "N1", sector: "x", period: nil), in: run)
    let line = try #require(history.sides[0].lines.first)
    #expect(line.file == "provision.xlsx[Data]" && line.line == 5 && line.text == "11")
    #expect(history.differences.isEmpty)
  }
}
