import Dense

/// Variances of a table's counts and shares where counts are forecasts: what they have beyond the variance of a count
/// that is a random draw, which sampling allows for.
///
/// Rows of both matrices are areas, then one row for all areas together; columns are sectors. Cells are taken as
/// independent of each other: Var(p) = Σⱼ (δᵢⱼ - pᵢ)² vⱼ / T² for the share pᵢ of a cell in the total T.
package struct ForecastVariance: Sendable {
  package let count: Matrix
  package let share: Matrix

  /// - Parameters:
  ///   - value: counts by area and sector; NaN where there is none, which takes part in no sum.
  ///   - variance: of each count, at or above 0.
  package init(_ value: Matrix, variance: Matrix) {
    let (rows, columns) = (value.rowCount, value.columnCount)
    var (values, count) = (
      Matrix(rowCount: rows + 1, columnCount: columns),
      Matrix(rowCount: rows + 1, columnCount: columns)
    )
    for row in 0..<rows {
      for column in 0..<columns where !value[row, column].isNaN {
        let excess = max(0, variance[row, column] - value[row, column])
        for target in [row, rows] {
          values[target, column] += value[row, column]
          count[target, column] += excess
        }
      }
    }
    var share = Matrix(rowCount: rows + 1, columnCount: columns)
    for row in 0...rows {
      let (total, sum) = (values.row(row).reduce(0, +), count.row(row).reduce(0, +))
      for column in 0..<columns where total > 0 {
        let (part, own) = (values[row, column] / total, count[row, column])
        let whole = (1 - part) * (1 - part) * own + part * part * (sum - own)
        share[row, column] = max(0, whole) / (total * total)
      }
    }
    (self.count, self.share) = (count, share)
  }

  /// What they make of a cell's count and share.
  func doubts(_ row: Int, _ sector: Int) -> (count: Doubt, share: Doubt) {
    (Doubt(variance: count[row, sector]), Doubt(variance: share[row, sector]))
  }
}
