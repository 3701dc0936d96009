import Mismatch

/// One side on the grid in all periods that its inputs hold, compared or not, as published: not scaled to totals.
package struct SideSeries: Sendable {
  package let side: Side
  package let periods: PeriodSequence
  let areas: Codebook
  let sectors: Codebook
  /// One for each period; nil for those that the side lacks.
  let tables: [Table?]

  /// The figures of a cell in order of time; those of a missing period have no number and the status `absent`.
  func figures(area: Int, sector: Int) -> [Figure] {
    tables.map { table in
      table?.figure(area: area, sector: sector)
        ?? Figure(.nan, lower: .nan, upper: .nan, status: .absent)
    }
  }

  /// Areas that no row of the side reaches in any period.
  var absentAreas: Set<Int> {
    tables.compactMap { $0?.absentAreas }.reduce(nil) { $0?.intersection($1) ?? $1 } ?? []
  }
}
