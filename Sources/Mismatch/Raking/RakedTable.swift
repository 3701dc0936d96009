import Dense

extension Table {
  /// The table scaled to published totals of its areas and sectors, and how the fit went.
  ///
  /// Every cell carries the mark `e`: it is an estimate with the pattern of the source and the sums that
  /// were published. Where all figures of the source are exact, so is the result. Where any is rounded or
  /// withheld, the factors depend on counts that are not known; a cell's bounds are then those that hold
  /// for any table with these totals, max(0, area + sector - all) to min(area, sector) (Fréchet 1951),
  /// and 0 where the source can only be 0. The sum of an area is its total.
  ///
  /// - Parameters:
  ///   - areaTotals: one number at or above 0 per area.
  ///   - sectorTotals: one per sector, with the same sum.
  /// - Throws: ``RakingRefusal``; a cell without a value is a bad cell.
  package func balanced(areaTotals: [Double], sectorTotals: [Double]) throws -> (
    table: Table, fit: ProportionalFit
  ) {
    let fit = try proportionalFit(value, rowTargets: areaTotals, columnTargets: sectorTotals)
    var (lower, upper) = (fit.table, fit.table)
    let isExact = self.lower.elements == value.elements && self.upper.elements == value.elements
    let total = ExactSum(areaTotals).value
    for area in 0..<value.rowCount where !isExact {
      for sector in 0..<value.columnCount {
        let canHold = self.upper[area, sector] > 0
        let least = max(0, areaTotals[area] + sectorTotals[sector] - total)
        let most = min(areaTotals[area], sectorTotals[sector])
        // The fit meets totals to rounding only, and a value lies within its bounds.
        let fitted = fit.table[area, sector]
        lower[area, sector] = canHold ? min(least, fitted) : 0
        upper[area, sector] = canHold ? max(most, fitted) : 0
      }
    }
    let table = Table(
      value: fit.table, lower: lower, upper: upper,
      status: figures.status.map { $0.union(.estimated) }, totalLower: areaTotals,
      totalUpper: areaTotals)
    return (table, fit)
  }
}
