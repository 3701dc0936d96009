import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Files for publishing, as programs of others read them, and the folder that they stand in.
@Suite(.enabled(if: Surroundings.isCI || Surroundings.python != nil))
struct PublishingTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func run(_ example: Example) throws {
    let outcome = try Session(try example.job(in: folder), workerCount: 1).run()
    try OutputFolder("\(folder.path)/out", force: false)
      .write(outcome, options: Manifest.Options(seed: 0))
  }

  private func python(_ script: String, _ arguments: String...) throws -> String {
    let python = try #require(Surroundings.python)
    let path = "\(Surroundings.package)/Tests/Independent/\(script)"
    return try #require(Surroundings.run(python, [path] + arguments))
  }

  /// Two regions with periods of their own on each side.
  private func regions(_ keys: [String], periods: [(String, String)] = [("2021/22", "Dec 22")])
    -> Example
  {
    func counts(_ periods: [String], _ last: String) -> String {
      "area,sector,period,count\n"
        + periods.map { period in
          "E12000001,x,\(period),10\nE12000001,y,\(period),20\n"
            + "E12000007,x,\(period),30\nE12000007,y,\(period),\(last)\n"
        }.joined()
    }
    let side = ["period": "period"]
    let pairs = periods.map { "\"\($0) = \($1)\"" }
    return Example(
      provision: side, demand: side,
      keys: keys + [
        "areas: { lookup: areas.csv, code: code, name: name }",
        "periods: { pair: [\(pairs.joined(separator: ", "))] }",
      ],
      files: [
        "provision.csv": counts(periods.map(\.0), "40"),
        "demand.csv": counts(periods.map(\.1), "[x]"),
        "areas.csv": "code,name\nE12000001,North East\nE12000007,London\n",
      ])
  }

  // MARK: Workbook

  @Test func workbookHoldsTheTablesToTheLastDigit() throws {
    try run(TableMetadataTests.hostileJob(output: "{ files: all, workbook: true }"))
    let lines = try python("compare_workbook.py", "\(folder.path)/out").split(separator: "\n")
    let tables = try folder.files().filter { $0.hasPrefix("out/") && $0.hasSuffix(".csv") }
    #expect(lines.count == tables.count)
    let cells = try #require(lines.first { $0.hasPrefix("cells,") }).split(separator: ",")
    #expect(try #require(Int(cells[2])) >= 6 * 2 * TableMetadataTests.hostile.count)
  }

  @Test func workbookHasTheSameBytesAgain() throws {
    try run(regions(["output: { workbook: true }"]))
    let first = try folder.bytes("out/mismatch.xlsx")
    try run(regions(["output: { workbook: true }"]))
    #expect(try folder.bytes("out/mismatch.xlsx") == first)
  }

  @Test func longTextsAreCutAndControlsEscaped() {
    let cut = SheetXML.cut(String(repeating: "😀", count: 20_000))
    #expect(cut.utf16.count < 32_767 && cut.hasSuffix("😀… [cut]"))
    #expect(SheetXML.cut("short") == "short")
    #expect(SheetXML.escaped("a\u{1}<_x0041_\u{FFFE}") == "a_x0001_&lt;_x005F_x0041__xFFFE_")
    #expect([0, 25, 26, 701, 702].map(SheetXML.letters) == ["A", "Z", "AA", "ZZ", "AAA"])
  }

  @Test func namesOfSheetsAndHeadingsAreTheirOwn() {
    let names = ["matrix_a", "MATRIX_A", "a/b", String(repeating: "n", count: 40)].reduce(
      into: [String]()
    ) { $0.append(WorkbookFile.sheetName($1, besides: $0)) }
    #expect(names == ["matrix_a", "MATRIX_A_2", "a_b", String(repeating: "n", count: 31)])
    #expect(WorkbookFile.sheetName(names[3] + "x", besides: names).utf16.count == 31)
  }

  // MARK: Explore education statistics

  @Test func pairOfFilesPassesTheRules() throws {
    try run(regions(["output: { ees: true }"]))
    #expect(try python("check_ees.py", "\(folder.path)/out/ees/job.csv") == "")
    let lines = try folder.text("out/ees/job.csv").split(separator: "\n")
    #expect(lines.count == 1 + 2 + 4)
    #expect(lines[1].hasPrefix("202122,Academic year,Regional,E92000001,England,E12000001,"))
    #expect(lines[1].contains(",Total,30,30,30,30,30,30,"))
    #expect(try folder.text("out/ees/job.meta.csv").contains("\"Demand, Dec 22\""))
  }

  @Test func severalPairsHaveAFilter() throws {
    try run(
      regions(
        ["output: { ees: true }"], periods: [("2021/22", "Dec 22"), ("2022/23", "Dec 23")]))
    #expect(try python("check_ees.py", "\(folder.path)/out/ees/job.csv") == "")
    #expect(try folder.text("out/ees/job.csv").contains(",2022/23 = Dec 23,Total,"))
  }

  @Test func sectorsOfOddNamesHaveItemsOfTheirOwn() throws {
    let names = TableMetadataTests.hostile + ["Total", "a  b", "a b"]
    let sectors = names.enumerated().map { number, name in
      "s\(number),\"" + name.replacing("\"", with: "\"\"") + "\"\n"
    }
    let rows = names.indices.map { "E12000001,s\($0),2021,\($0 + 1)\nE12000007,s\($0),2021,7\n" }
    let counts = "area,sector,year,count\n" + rows.joined()
    try run(
      Example(
        provision: ["period": "year"], demand: ["period": "year"],
        keys: [
          "output: { ees: true }", "areas: { lookup: areas.csv, code: code, name: name }",
          "sectors: { file: sectors.csv, code: code, name: name }",
        ],
        files: [
          "provision.csv": counts, "demand.csv": counts.replacing(",7\n", with: ",8\n"),
          "sectors.csv": "code,name\n" + sectors.joined(),
          "areas.csv": "code,name\nE12000001,North East\nE12000007,London\n",
        ]))
    #expect(try python("check_ees.py", "\(folder.path)/out/ees/job.csv") == "")
    let text = try folder.text("out/ees/job.csv")
    #expect(text.contains(",Total (s\(names.count - 3)),"))
    #expect(text.contains(",a b (s\(names.count - 1)),"))
  }

  @Test(arguments: [
    ("2021/22", "202122 Academic year"), ("FY 2021-22", "202122 Financial year"),
    ("tax year 2021-22", "202122 Tax year"), ("2023", "2023 Calendar year"),
    ("Dec 22", "2022 December"), ("Q1 2023", "202223 Financial year Q4"),
    ("Apr-Sep 2023", "202324 Part 1 (April to September)"), ("2099/2100", "209900 Academic year"),
    ("Oct 2022-Mar 2023", "202223 Part 2 (October to March)"), ("9 March 2023", nil),
    ("all", nil),
  ])
  func timesAreThoseOfTheStandards(label: String, expected: String?) {
    #expect(EESTime(label).map { "\($0.period) \($0.identifier)" } == expected)
  }

  @Test func whatTheStandardsHaveNoPlaceForIsAnError() throws {
    let own = Example(keys: ["output: { ees: true }"])
    let failure = try #require(throws: Failure.self) { try run(own) }
    #expect(failure.found.contains("\"A\""))
    #expect(try folder.files().allSatisfy { !$0.hasPrefix("out") })
    let without = try #require(throws: Failure.self) {
      try run(regions(["output: { ees: true, files: [areas.csv] }"]))
    }
    #expect(without.found.contains("cells.csv"))
    let mixed = try #require(throws: Failure.self) {
      try run(
        regions(
          ["output: { ees: true }"], periods: [("2021/22", "Dec 22"), ("2023", "Dec 23")]))
    }
    #expect(mixed.found.contains("cannot stand in one file"))
  }

  // MARK: Folder

  @Test func filesInFoldersGoWithTheRunAndOthersStay() throws {
    try run(regions(["output: { ees: true }"]))
    try folder.write("out/ees/mine.txt", "mine")
    try run(regions(["name: other", "output: { ees: true }"]))
    var files = try folder.files().filter { $0.hasPrefix("out/ees/") }
    #expect(files == ["out/ees/mine.txt", "out/ees/other.csv", "out/ees/other.meta.csv"])
    try run(regions(["output: { files: [cells.csv] }"]))
    files = try folder.files().filter { $0.hasPrefix("out/") }
    #expect(files == ["out/cells.csv", "out/ees", "out/ees/mine.txt", "out/manifest.json"])
    #expect(try !folder.files().contains { $0.contains(".mismatch-") })
  }

  @Test func changedFilesInFoldersAreSeenAndKept() throws {
    try run(regions(["output: { ees: true }"]))
    let finished = try FinishedRun(folder: "\(folder.path)/out")
    #expect(finished.changedOutputs(workerCount: 1).isEmpty)
    try folder.write("out/ees/job.csv", "changed")
    #expect(finished.changedOutputs(workerCount: 1).map(\.file) == ["ees/job.csv"])
    let failure = try #require(throws: Failure.self) {
      try run(regions(["output: { ees: true }"]))
    }
    #expect(failure.place?.file.hasSuffix("out/ees/job.csv") == true)
    #expect(try folder.text("out/ees/job.csv") == "changed")
  }

  @Test func fileInThePlaceOfAFolderIsNotReplaced() throws {
    try run(regions(["output: { files: [cells.csv] }"]))
    try folder.write("out/ees", "mine")
    let failure = try #require(throws: Failure.self) {
      try run(regions(["output: { ees: true }"]))
    }
    #expect(failure.place?.file.hasSuffix("out/ees") == true)
    #expect(try folder.text("out/ees") == "mine")
  }
}
