import Extracts
import Mismatch
import Runs

/// What a report is made of: the files of a finished run.
struct ReportData: Sendable {
  let run: FinishedRun
  /// Threads that share the work.
  let workerCount: Int
  /// What `columns.json` says, read once.
  private let tables: [WrittenTable]
  let summary: RunSummary
  let cells: ReportCells
  /// The number of the area that the report begins with.
  let focus: Int

  /// Reads the files of a run.
  ///
  /// - Parameter isFull: whether all cells are shown.
  /// - Throws: ``Failure`` where the run did not write `cells.csv`, or has no share gaps.
  init(_ run: FinishedRun, _ summary: RunSummary, isFull: Bool, workerCount: Int) throws {
    (self.run, self.workerCount) = (run, workerCount)
    tables = try run.tables()
    let table = try ReportData.cells(of: run, tables)
    self.summary = summary
    func read(_ focus: String) throws -> ReportCells {
      try ReportCells(table, summary.grids, isFull: isFull, focus: focus, workerCount: workerCount)
    }
    let first = try table.firstRow(["area_code"])?[0] ?? ""
    let stated = try read(summary.focusArea ?? first)
    // The job may name an area that it also excludes.
    cells = stated.cells.isEmpty ? try read(first) : stated
    focus = summary.focusArea.flatMap(cells.areas.number) ?? 0
  }

  /// Whether each area has a chart of its own; of more cells only the focus has one, so that the page stays small.
  var drawsAreas: Bool { cells.isFull && cells.latest.count <= 1_000 }

  var provision: String { summary.provision.kind }
  var demand: String { summary.demand.kind }
  /// The grid of the latest period.
  var grid: RunSummary.Grid { summary.grids[summary.grids.count - 1] }
}

extension ReportData {
  /// `cells.csv` of a run that has share gaps.
  fileprivate static func cells(of run: FinishedRun, _ tables: [WrittenTable]) throws
    -> WrittenTable
  {
    let table = try tables.first { $0.name == "cells.csv" } ?? run.cellsTable()
    let measures = [Measure.provisionShare, .demandShare, .shareGap].map(\.name)
    let missing = measures.filter { !table.has($0) }
    guard missing.isEmpty, table.has("call") else {
      throw Failure(
        .inputOutput, at: Place(file: run.folder),
        "cells.csv lacks " + Failure.examples(missing),
        expected: "the shares and their gap, which a report is made of",
        advice: "Add them to `measures` of the job, and run it again")
    }
    return table
  }
}

extension ReportData: SectionTables {
  var period: String { cells.periods.last ?? "" }
  var focusCode: String { cells.areas.codes[focus] }

  func rows(
    of file: String, _ columns: [String], where isWanted: ([String]) -> Bool
  ) throws -> [[String]]? {
    guard let table = tables.first(where: { $0.name == file }), columns.allSatisfy(table.has) else {
      return nil
    }
    var rows: [[String]] = []
    try table.eachRow(columns) { if isWanted($0) { rows.append($0.map(\.shortened)) } }
    return rows
  }
}
