import Extracts
import Jobs
import Mismatch

extension SideReading {
  /// Reads totals that are published in files of their own.
  ///
  /// - Throws: ``Failure`` with its place for a total that is duplicated, and for all that readers refuse.
  mutating func readTotals(_ job: SideJob, onRead: @escaping @Sendable (Int) -> Void) throws {
    guard case .table(let table, let area, let period, let value, let figures) = job.totals else {
      return
    }
    // A list of totals may write the side's periods in its own way.
    let labels = PeriodLabels(tally.periods)
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var areaReader = try KeyReader(area, in: rows, as: .code(.area))
      var periodReader = try KeyReader(period, in: rows, as: .period)
      let figureReader = FigureReader(figures, decimal: rows.decimal)
      let column = try rows.column(value)
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let period = try periodReader.read(&rows) { tally.period(labels.label(for: $0) ?? $0) }
        let area = try areaReader.read(&rows) { tally.areas.position(of: $0) }
        let figure = try figureReader.read(&rows, column)
        watch?.addTotal(
          figure, figures.bounds(of: figure), area: tally.areas.codes[area],
          period: tally.periods[period], rows.place(column))
        try tally.take(
          totalOf: area, figures.bounds(of: figure), period: period, at: rows.place(column))
      }
      totals.append(try rows.record(role: "\(tally.subject.text) totals", rowCount: rowCount))
    }
  }
}

extension Tally {
  /// Notes an area's published total.
  ///
  /// - Throws: ``Failure`` (`badData`) where the area and period already have one.
  mutating func take(
    totalOf area: Int, _ bounds: (lower: Double, upper: Double), period: Int, at place: Place
  ) throws {
    guard addTotal(bounds, area: area, period: period) else {
      throw Failure(
        .badData, at: place, "the total of \"\(areas.codes[area])\" is duplicated",
        expected: "one total per area and period", advice: "Keep one of them with `where`")
    }
  }
}
