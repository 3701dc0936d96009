import Extracts
import Jobs
import Mismatch

extension SideSeries {
  /// A side in every period that has a row, imputed and mapped to the grid as the job says, not scaled to totals.
  ///
  /// - Parameters:
  ///   - budget: what the tables that there are leave.
  ///   - onImputed: called with what imputation made of each period, by its number in the tally.
  /// - Throws: ``Failure`` for periods that are in no sequence, for sums that doubles do not keep, and for tables that
  ///   the budget does not hold.
  init(
    _ side: Side, _ reading: SideReading, _ tally: MappedTally, _ job: Job, by frame: Frame,
    areas: Codebook, sectors: Codebook, within budget: MemoryBudget, workerCount: Int,
    onImputed: (_ imputed: ImputedTally, _ period: Int) -> Void
  ) throws {
    do {
      periods = try PeriodSequence(tally.tally.usedPeriods)
    } catch var failure as Failure {
      failure.place = Place(file: job.sides[side].table.files.first?.path ?? job.file)
      failure.found = "trend of \(side.rawValue): " + failure.found
      throw failure
    }
    // Value, bounds and marks of the tables, and what a trend holds of each of their cells.
    try budget.verify(
      .bytes(periods.count, areas.count * sectors.count, 12 * 8 + 4),
      for: "the tables of all \(periods.count) periods of \(side.rawValue)",
      advice: "leave periods out with `where`, or leave `trend` out")
    let alignment = frame.alignment(Subject(side), areas: areas, sectors: sectors)
    tables = try periods.labels.map { label in
      guard let period = tally.tally.number(of: label) else { return nil }
      let imputed = tally.impute(
        period: period, point: job.sides[side].figures.point, disclosure: job.disclosure)
      try reading.verifySums(of: imputed, period: period)
      onImputed(imputed, period)
      let absent = alignment.areasWithoutRow(
        sources: tally.areas.codebook, hasRow: tally.hasRow(period: period))
      return alignment.table(
        of: imputed, absent: job.sides[side].absentAreasAreZero ? [] : absent,
        workerCount: workerCount)
    }
    (self.side, self.areas, self.sectors) = (side, areas, sectors)
  }
}
