/// The counts that the sampling intervals of one cell are worked out from.
package struct CellCounts: Sendable {
  package var provision: SideCounts
  package var demand: SideCounts

  package init(provision: SideCounts, demand: SideCounts) {
    self.provision = provision
    self.demand = demand
  }
}

/// A cell's count on one side and the sum of its area over all sectors.
///
/// May be infinite; NaN where a withheld figure has no value.
package struct SideCounts: Sendable {
  package var count: Double
  package var total: Double

  package init(count: Double, total: Double) {
    self.count = count
    self.total = total
  }

  /// The share of the area's sum, undefined where that is 0, and 0 where it has no bound.
  package var share: Double {
    guard total > 0 else { return .nan }
    return count.isFinite ? count / total : 1
  }
}

/// What the counts of one cell are, and the ends of what they may have been.
package struct CountRange: Sendable {
  package let value: CellCounts
  /// Least provision and most demand in the cell, the area's other sectors the other way round.
  package let least: CellCounts
  /// Most provision and least demand in the cell, the area's other sectors the other way round.
  package let most: CellCounts

  /// The ranges of every sector of an area.
  package static func cells(_ area: ProfilePair) -> [CountRange] {
    zip(sides(area.provision), sides(area.demand)).map { provision, demand in
      CountRange(
        value: CellCounts(provision: provision.value, demand: demand.value),
        least: CellCounts(provision: provision.least, demand: demand.most),
        most: CellCounts(provision: provision.most, demand: demand.least))
    }
  }

  private static func sides(_ area: Profile) -> [(
    value: SideCounts, least: SideCounts, most: SideCounts
  )] {
    zip(area.cells, boundsOfOthers(area.cells)).map { cell, others in
      (
        SideCounts(count: cell.value, total: area.total.value),
        SideCounts(
          count: cell.lower,
          total: max(cell.lower, min(cell.lower + others.upper, area.total.upper))),
        SideCounts(
          count: cell.upper, total: max(cell.upper + others.lower, area.total.lower))
      )
    }
  }
}
