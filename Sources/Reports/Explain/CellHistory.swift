import Extracts
import Jobs
import Runs
import Dense
import Foundation
import Mismatch

/// How one cell of a finished run came about, from the lines of its inputs to its measures.
package struct CellHistory: Encodable, Sendable {
  /// What it came to.
  package let sentence: CellSentence
  package let cell: CellKey
  /// The version of the engine that wrote the run.
  package let version: String
  /// The inputs with their SHA-256, which are those of the run.
  package let inputs: [FinishedRun.Input]
  /// Provision and demand.
  package let sides: [SideHistory]
  /// What formulas are made of: the counts of the cell, totals of its area and its sector, shares.
  package let symbols: [FormulaSymbol]
  package let measures: [MeasureHistory]
  /// What every file of the run holds for the cell.
  package let written: [WrittenRow]
  /// Files of the run that are missing or were changed since.
  package let changedOutputs: [FinishedRun.ChangedOutput]
  /// Fields of `cells.csv` that were calculated again.
  package let verifiedFields: [String]
  /// Those of them that the run's file has otherwise.
  package let differences: [Difference]

  /// Whether the files of the run are as it wrote them and hold what is calculated again.
  package var isConfirmed: Bool { differences.isEmpty && changedOutputs.isEmpty }

  package struct Difference: Encodable, Sendable {
    package let field: String
    package let written: String
    package let recalculated: String
  }

  init(
    _ cell: CellKey, of run: FinishedRun, sides: [SideHistory], symbols: [FormulaSymbol],
    measures: [MeasureHistory], gap: Figure
  ) throws {
    self.cell = cell
    self.sides = sides
    self.symbols = symbols
    self.measures = measures
    version = run.version
    inputs = run.inputs
    changedOutputs = run.changedOutputs(workerCount: 1)
    written = try run.rows(of: cell)
    let figures = sides.map { ($0.side, $0.cell) } + measures.map { ($0.name, $0.figure) }
    let fields = figures.flatMap { name, figure in zip(figureHeadings(name), figure.texts) }
    let row = written.first { row in fields.contains { row.text($0.0) != nil } }
    sentence = CellHistory.sentence(
      of: cell, in: run, symbols: symbols, gap: gap, row: row?.cell)
    verifiedFields = fields.map(\.0)
    differences = fields.compactMap { name, text in
      let written = row?.text(name) ?? "no such field"
      return written == text
        ? nil : Difference(field: name, written: written, recalculated: text)
    }
  }
}

extension Session {
  /// The history of one cell of a run of this session's job, by reading its inputs again.
  ///
  /// - Throws: ``Failure`` as ``run()`` does, and where an input is not one that the run read.
  package func history(of cell: CellKey, in run: FinishedRun) throws -> CellHistory {
    try verifyWorkers()
    let frame = try Frame(job, onRead: onRead)
    let watches = Sides { side in
      CellWatch(
        areas: Set(frame.sources(side, .area, of: cell.areaCode).keys),
        categories: Set(frame.sources(side, .category, of: cell.sectorCode).keys))
    }
    let readers = try read(frame, watches: watches.map { $0 })
    try run.verify(frame.inputs + readers.both.flatMap(\.inputs))
    let tallies = readers.map { frame.mapped($0.tally) }
    let areas = frame.areas(metBy: tallies.both, excluding: job.excludedAreas)
    let sectors = frame.sectors(metBy: tallies.both, excluding: job.excludedSectors)
    guard let area = areas.position(of: cell.areaCode),
      let sector = sectors.position(of: cell.sectorCode),
      let pair = try ComparedPeriods(of: job, readers.map(\.tally), needOfOrder: nil).pairs.first(
        where: {
          $0.label.isSpelt(as: cell.period)
        })
    else {
      throw Failure(
        .failed, at: Place(file: run.folder), "the inputs no longer have this cell",
        advice: "It was written by version \(run.version); run the job again")
    }
    try pair.verifyCounted()
    let absent = absentAreas(tallies, pair, areas: areas, sectors: sectors, by: frame)
    let reached = try Sides { side in
      try reach(
        side, readers[side], tallies[side], pair, absent: absent, areas: areas, sectors: sectors,
        by: frame)
    }
    let sides = try Side.allCases.map { side in
      let (reader, reached) = (readers[side], reached[side])
      let scaling = reached.raking.map { raking in
        SideHistory.Scaling(
          source: FigureRecord(reached.aligned.profile(area: area).cells[sector]),
          area: raking.areas[area], sector: raking.sectors[sector])
      }
      return try SideHistory(
        job, side, period: pair.label(of: side), cell: cell,
        figure: reached.table.profile(area: area).cells[sector],
        watch: reader.watch ?? watches[side],
        imputed: reached.imputed, scaling: scaling, frame: frame,
        names: TrailNames(reader.tally, frame, cell: cell))
    }
    let grid = Grid(
      period: pair.label, areas: areas, sectors: sectors, provision: reached.provision.table,
      demand: reached.demand.table)
    return try CellHistory(
      cell, of: run, sides: sides,
      symbols: FormulaSymbol.all(of: grid, area: area, sector: sector),
      measures: MeasureHistory.all(of: job.measures, in: grid, area: area, sector: sector),
      gap: Measure.shareGap.cells(grid.pair(area: area), allAreas: grid.all)[sector])
  }
}

extension PeriodPair {
  /// Makes sure that both sides were read.
  ///
  /// - Throws: ``Failure`` where one of them was foreseen.
  fileprivate func verifyCounted() throws {
    for side in Side.allCases {
      guard let period = forecast(of: side) else { continue }
      throw Failure(
        .failed, "\(side.rawValue) of \"\(period)\" is a forecast, so no row was read of it",
        expected: "a cell of a pair of periods that were counted",
        advice: "forecasts.csv and trend.csv have what the forecast rests on")
    }
  }
}

extension CellHistory {
  /// What was calculated again of a cell, and what its row of `cells.csv` says of the gap.
  private static func sentence(
    of cell: CellKey, in run: FinishedRun, symbols: [FormulaSymbol], gap: Figure,
    row: WrittenCell?
  ) -> CellSentence {
    func figure(_ symbol: String) -> WrittenFigure {
      symbols.first { $0.symbol == symbol }.map { WrittenFigure($0.figure) } ?? .none
    }
    func side(_ side: Side, share: String, count: String) -> CellSentence.Side {
      CellSentence.Side(
        kind: run.kinds[side], share: figure(share).value, count: figure(count))
    }
    return CellSentence(
      area: cell.areaName, sector: cell.sectorName,
      provision: side(.provision, share: "p", count: "T"),
      demand: side(.demand, share: "q", count: "V"), gap: WrittenFigure(FigureRecord(gap)),
      interval: row?.interval, call: row?.call, survives: row?.survives)
  }
}

extension WrittenFigure {
  fileprivate init(_ figure: FigureRecord) {
    func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
    self.init(
      finite(figure.value), lower: finite(figure.lower), upper: finite(figure.upper),
      status: figure.status)
  }
}

extension WrittenRow {
  /// The same as a row of cells.
  fileprivate var cell: WrittenCell {
    WrittenCell(WrittenCell.Headings(fields.map(\.name)), fields.map(\.text))
  }
}
