import ArgumentParser
import Extracts
import Jobs
import Mismatch
import Reports
import Runs

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show cells of a finished run: the largest gaps, one area, one sector or one cell.",
    discussion: """
      Reads the files of the run and nothing else. Areas, sectors and periods are given by code or by name. \
      Without --area and --sector it shows the ten largest gaps that are called over or under (of a run without \
      gaps, the ten largest counts). With --json, an \
      array of rows of cells.csv, for which it needs columns.json. Exit status: 64 if the run has no such area, sector or period, 74 if it has \
      no cells.csv.
      """)

  @Argument(help: "The folder of a finished run.")
  var folder: String

  @Option(help: "Code or name of an area: its sectors.")
  var area: String?

  @Option(help: "Code or name of a sector: its areas.")
  var sector: String?

  @Option(help: "The period, or the label of one of its sides. Default: all of the run.")
  var period: String?

  @Option(help: "Cells of this call only: over, under, balanced or unclear.")
  var call: Call?

  @Option(
    help: "Number of cells, those with the largest gaps. Default: 10, or all of an area or sector.")
  var top: Int?

  @OptionGroup var messages: Messages

  func validate() throws {
    if let top, top < 1 { throw ValidationError("--top must be at least 1") }
  }

  func run() throws {
    try messages.reportingFailures {
      let run = try FinishedRun(folder: folder)
      let query = try run.query(
        area: area, sector: sector, period: period, call: call, top: top,
        workerCount: WorkOptions.allCores)
      let selection = try run.cells(query, workerCount: WorkOptions.allCores)
      try messages.show(selection, of: query, in: run)
      if let changed = run.problem(ofTable: "cells.csv") {
        Terminal.say(["mismatch: \(folder)/cells.csv \(changed)"])
      }
    }
  }
}

extension Call: ExpressibleByArgument {}

extension FinishedRun {
  /// What the options ask for, in codes.
  fileprivate func query(
    area: String?, sector: String?, period: String?, call: Call?, top: Int?, workerCount: Int
  ) throws -> CellQuery {
    var query = CellQuery(calls: call.map { [$0] }, top: top)
    if area == nil, sector == nil {
      query.top = top ?? 10
      let hasGaps = try cellsTable().has(Measure.shareGap.name)
      if call == nil, hasGaps { query.calls = [.over, .under] }
    }
    guard area != nil || sector != nil || period != nil else { return query }
    let codes = try codes(workerCount: workerCount)
    query.area = try area.map { try codes.areas.code(for: $0, in: folder) }
    query.sector = try sector.map { try codes.sectors.code(for: $0, in: folder) }
    query.period = try period.map { try codes.periods.code(for: $0, in: folder) }
    return query
  }
}

extension Messages {
  fileprivate func show(_ selection: CellSelection, of query: CellQuery, in run: FinishedRun) throws
  {
    if quiet { return }
    guard json else {
      return try Terminal.print(ShowReport(selection, of: query, in: run).lines())
    }
    let columns = try run.cellColumns()
    try Terminal.print(
      json: JSONText.of(
        selection.cells.map { CellRecord(cell: $0, columns: columns) }, keys: .useDefaultKeys))
  }
}
