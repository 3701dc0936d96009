import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// What is read of the tables of a finished run.
struct ShowTests {
  /// A run with 40 areas and 9 sectors in two periods, some of whose names need quotes or lines.
  private static func run(in folder: TestFolder, output: String = "files: all") throws
    -> FinishedRun
  {
    var draws = Draws(seed: 1)
    let names = ["plain", "with, comma", "with \"\"quotes\"\"", "two\nlines", "é"]
    var areas = "code,name\n"
    var (counts, demand) = ("area,sector,period,count\n", "area,sector,period,count\n")
    for area in 0..<40 {
      areas += "a\(area),\"\(names[draws.below(names.count)]) \(area)\"\n"
      for sector in 0..<9 {
        for period in [2021, 2022] {
          counts += "a\(area),s\(sector),\(period),\(draws.below(200))\n"
          demand += "a\(area),s\(sector),\(period),\(draws.below(200))\n"
        }
      }
    }
    let job = try Example(
      provision: ["period": "period"], demand: ["period": "period"],
      keys: [
        "name: shown", "areas: { level: own, lookup: areas.csv, code: code, name: name }",
        "output: { \(output) }",
      ],
      files: [
        "areas.csv": areas, "provision.csv": counts,
        "demand.csv": demand,
      ]
    ).job(in: folder)
    let outcome = try Session(job, workerCount: 2).run()
    try OutputFolder("\(folder.path)/out", force: false).write(
      outcome, options: Manifest.Options(seed: 0))
    return try FinishedRun(folder: "\(folder.path)/out")
  }

  /// All rows of a table, read one by one.
  private static func rows(_ table: WrittenTable) throws -> [[String]] {
    var rows: [[String]] = []
    try table.eachRow(table.columns.map(\.name)) { rows.append($0) }
    return rows
  }

  @Test(
    "Rows in blocks are those that are read one by one, for any size of blocks and threads",
    arguments: ["files: all", "compress: gzip"])
  func blocks(output: String) throws {
    let folder = try TestFolder()
    let table = try Self.run(in: folder, output: output).cellsTable()
    let expected = try Self.rows(table)
    #expect(expected.count == 720 && expected.contains { $0[2].contains("\n") })
    let names = table.columns.map(\.name)
    for (size, workers) in [(1, 1), (300, 2), (2000, 3), (1 << 20, 2)] {
      var found: [[String]] = []
      try table.eachBlock(names, workerCount: workers, blockSize: size) { rows in
        (0..<rows.rowCount).map { row in names.indices.map { rows.text(row, $0) } }
      } take: {
        found += $0
      }
      #expect(found == expected, "\(size) \(workers)")
    }
  }

  @Test("A row with fields too few is refused with its line")
  func ragged() throws {
    let folder = try TestFolder()
    let run = try Self.run(in: folder)
    var lines = try folder.text("out/sectors.csv").split(separator: "\n").map(String.init)
    lines[3] = "2021,s1"
    try folder.write("out/sectors.csv", lines.joined(separator: "\n"))
    let table = try #require(try run.table("sectors.csv"))
    let failure = #expect(throws: Failure.self) {
      try table.eachBlock(["period"], workerCount: 2, work: { $0.rowCount }, take: { _ in })
    }
    #expect(failure?.place?.line == 4)
  }

  @Test("The largest gaps are those of all rows, for any query")
  func largest() throws {
    let folder = try TestFolder()
    let run = try Self.run(in: folder)
    let table = try run.cellsTable()
    let headings = WrittenCell.Headings(table.columns.map(\.name))
    let all = try Self.rows(table).map { WrittenCell(headings, $0) }
    let queries = [
      CellQuery(), CellQuery(top: 7), CellQuery(area: "a3"), CellQuery(sector: "s4", top: 5),
      CellQuery(period: "2022", area: "a3", sector: "s4"), CellQuery(calls: [.over], top: 1000),
      CellQuery(period: "2021", calls: [.unclear, .balanced], top: 3), CellQuery(area: "none"),
    ]
    for query in queries {
      let matching = all.enumerated().filter { _, cell in
        (query.period ?? cell.period) == cell.period
          && (query.area ?? cell.areaCode) == cell.areaCode
          && (query.sector ?? cell.sectorCode) == cell.sectorCode
          && (query.calls.map { calls in cell.call.map(calls.contains) ?? false } ?? true)
      }
      let ranked = matching.sorted { left, right in
        let (a, b) = (abs(left.element.gap.value ?? 0), abs(right.element.gap.value ?? 0))
        return a != b ? a > b : left.offset < right.offset
      }.map(\.element.fields)
      let found = try run.cells(query, workerCount: 2)
      #expect(found.count == matching.count)
      #expect(found.cells.map(\.fields) == Array(ranked.prefix(query.top ?? .max)))
    }
  }

  @Test("Codes are found by names that need quotes and lines, and periods by a side's label")
  func codes() throws {
    let folder = try TestFolder()
    let run = try Self.run(in: folder)
    let codes = try run.codes(workerCount: 2)
    #expect(codes.areas.codes.count == 40 && codes.periods.codes == ["2021", "2022"])
    for code in codes.areas.codes {
      #expect(try codes.areas.code(for: codes.areas.name(of: code), in: "out") == code)
    }
    let london = try FinishedRun.ofLondon(in: folder)
    #expect(
      try london.codes(workerCount: 1).periods.code(for: "dec 22", in: "out") == "2021/22 = Dec 22")
  }

  @Test("A run without columns.json is shown, but not as JSON, whose numbers it describes")
  func undescribed() throws {
    let folder = try TestFolder()
    let example = Example(keys: ["output: { files: [ cells.csv ] }"])
    let outcome = try Session(try example.job(in: folder), workerCount: 1).run()
    try OutputFolder("\(folder.path)/out", force: false).write(
      outcome, options: Manifest.Options(seed: 0))
    let run = try FinishedRun(folder: "\(folder.path)/out")
    #expect(try run.cells(CellQuery(area: "A"), workerCount: 1).cells.count == 2)
    #expect(try run.cell(area: "A", sector: "x", period: nil).areaCode == "A")
    let failure = #expect(throws: Failure.self) { try run.cellColumns() }
    #expect(failure?.found == "holds no columns.json")
  }

  @Test("A run without cells.csv, or without shares, is refused with what to do")
  func missing() throws {
    for (key, query, found, advice) in [
      (
        "output: { files: [ areas.csv, columns.json ] }", CellQuery(), "holds no cells.csv", "files"
      ),
      (
        "measures: [ dissimilarity ]", CellQuery(calls: [.over]),
        "cells.csv has no column share_gap_pp",
        "measures"
      ),
    ] {
      let folder = try TestFolder()
      let outcome = try Session(try Example(keys: [key]).job(in: folder), workerCount: 1).run()
      try OutputFolder("\(folder.path)/out", force: false).write(
        outcome, options: Manifest.Options(seed: 0))
      let run = try FinishedRun(folder: "\(folder.path)/out")
      let failure = #expect(throws: Failure.self) { try run.cells(query, workerCount: 1) }
      #expect(failure?.found == found && failure?.advice?.contains(advice) == true)
    }
  }
}

extension FinishedRun {
  /// London's run in a folder of its own.
  static func ofLondon(in folder: TestFolder) throws -> FinishedRun {
    let datasets = URL(filePath: #filePath).appending(path: "../../../Datasets").standardizedFileURL
    let outcome = try Session(
      try Job(file: datasets.appending(path: "london/job.yaml").path), workerCount: 2
    ).run()
    try OutputFolder("\(folder.path)/london", force: false).write(
      outcome, options: Manifest.Options(seed: 0))
    return try FinishedRun(folder: "\(folder.path)/london")
  }
}
