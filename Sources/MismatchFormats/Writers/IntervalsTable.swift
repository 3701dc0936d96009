import Mismatch

extension OutputTable {
  /// `intervals.csv`: the intervals of every cell and measure, kinds kept apart and combined.
  ///
  /// A kind that the job leaves out, or that has no form for the measure, is empty.
  static let intervals = OutputTable(
    name: "intervals.csv", where: { $0.inferences.contains { !$0.measures.isEmpty } }
  ) { outcome, file in
    let ends = ["lower", "upper"]
    try file.row(
      ["period", "area_code", "sector_code", "measure", "value"]
        + ["bounds", "sampling", "crosswalk", "combined"].flatMap { kind in
          ends.map { "\(kind)_\($0)" }
        })
    for (grid, inference) in zip(outcome.grids, outcome.inferences) {
      for (row, area) in grid.areas.codes.enumerated() {
        for (column, sector) in grid.sectors.codes.enumerated() {
          for (measure, cells) in zip(inference.measures, inference.intervals[row]) {
            let cell = cells[column]
            for key in [grid.period, area, sector, measure.name] { file.text(key) }
            file.number(cell.value)
            for interval in [cell.bounds, cell.sampling, cell.crosswalk, cell.combined] {
              file.interval(interval)
            }
            try file.endRow()
          }
        }
      }
    }
  }
}

extension CSVFile {
  /// Adds both ends of an interval to the row.
  func interval(_ interval: ConfidenceInterval) {
    number(interval.lower)
    number(interval.upper)
  }
}

extension Job {
  /// Whether anything that a run shows needs intervals or tests of single cells.
  var infersCells: Bool {
    callsCells || areas.focus != nil || writes(OutputTable.intervals.name)
  }
}
