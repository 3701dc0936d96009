import Jobs
import Mismatch

/// One side of a pair of periods in its own codes, and how it reaches the grid.
struct SideSource: Sendable {
  let imputed: ImputedTally
  let alignment: Alignment
  /// Areas of the grid that are to be without counts.
  let absent: Set<Int>
  /// Areas that take no part in what is said of all areas together.
  let leftOut: Set<Int>
  /// How the side is scaled to published totals, where the job says so.
  let scaling: SideScaling?
  let pair: PeriodPair

  /// The side on the grid: as its source has it, and scaled.
  ///
  /// - Throws: ``Failure`` for totals that cannot be met.
  func reach(workerCount: Int) throws -> (aligned: Table, table: Table, raking: Raking?) {
    let aligned = alignment.table(
      of: imputed, absent: absent, leftOut: leftOut, workerCount: workerCount)
    let scaled = try scaling?.scaled(aligned, in: pair)
    return (aligned, scaled?.table ?? aligned, scaled?.raking)
  }

  /// The same counts by way of another crosswalk.
  ///
  /// What published totals say of the mapped part of an area holds only if as much of every category is mapped.
  func through(_ crosswalk: WeightedMap) -> SideSource {
    let other = Alignment(
      lookup: alignment.lookup, crosswalk: crosswalk, areas: alignment.areas,
      sectors: alignment.sectors)
    var imputed = imputed
    if !imputed.mappedTotals.isEmpty {
      let parts = [alignment, other].map { $0.receivedParts(of: imputed.categories) }
      let mapsAsMuch = zip(parts[0], parts[1]).allSatisfy { abs($0 - $1) <= WeightedMap.tolerance }
      if !mapsAsMuch { imputed.mappedTotals = [:] }
    }
    return SideSource(
      imputed: imputed, alignment: other, absent: absent, leftOut: leftOut, scaling: scaling,
      pair: pair)
  }
}
