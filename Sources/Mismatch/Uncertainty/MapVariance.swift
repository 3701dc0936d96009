import Dense

/// Variances of a table's counts and shares that come from counted weights of its lookup and crosswalk.
///
/// Rows of both matrices are areas, then one row for all areas together; columns are sectors. Sources are
/// independent of each other: Var = Σᵢ xᵢ² w (1 - w) / (kᵢ + 1) for a count, with the Dirichlet
/// distribution of ``Dirichlet``; shares by the first-order expansion of their quotient, which is exact
/// where the total does not depend on the weights.
package struct MapVariance: Sendable {
  package var count: Matrix
  package var share: Matrix

  package init(rowCount: Int, columnCount: Int) {
    count = Matrix(rowCount: rowCount, columnCount: columnCount)
    share = count
  }

  /// Adds what a counted crosswalk brings.
  ///
  /// - Parameters:
  ///   - sources: counts by row and source category.
  ///   - weights: expected weights, categories × sectors, of the sectors that are kept.
  ///   - precisions: one per category; infinite where its weights are not counted.
  ///   - table: counts by row and sector.
  package mutating func addCrosswalk(
    sources: Matrix, weights: SparseMatrix, precisions: [Double], table: Matrix, workerCount: Int
  ) {
    let width = weights.columnCount
    var spread = sources
    for row in 0..<spread.rowCount {
      for category in precisions.indices {
        spread[row, category] *= spread[row, category] / precisions[category]
      }
    }
    let kept = (0..<weights.rowCount).map { min(1, weights.rowSum($0)) }
    let firsts = spread.times(weights, workerCount: workerCount)
    let squares = spread.times(
      weights.mapWeights { $0.map { $0 * $0 } }, workerCount: workerCount)
    let joints = spread.times(weights.scalingRows(by: kept), workerCount: workerCount)
    let ofKept = spread.times(kept.map { $0 * (1 - $0) })
    for row in 0..<table.rowCount {
      let total = table.row(row).reduce(0, +)
      for sector in 0..<width {
        let (first, square) = (firsts[row, sector], squares[row, sector])
        count[row, sector] += max(0, first - square)
        guard total > 0 else { continue }
        let p = table[row, sector] / total
        let variance =
          (1 - 2 * p) * first - square + 2 * p * joints[row, sector] + p * p * ofKept[row]
        share[row, sector] += max(0, variance) / (total * total)
      }
    }
  }

  /// Adds what a counted area lookup brings.
  ///
  /// - Parameters:
  ///   - sources: counts by source area and sector.
  ///   - variances: of each weight, source areas × areas.
  ///   - table: counts by row and sector; its last row, all areas together, is left as it is.
  package mutating func addLookup(sources: Matrix, variances: SparseMatrix, table: Matrix) {
    let width = sources.columnCount
    var moments = Matrix(rowCount: sources.rowCount, columnCount: 2 * width + 1)
    for row in 0..<sources.rowCount {
      let total = sources.row(row).reduce(0, +)
      for sector in 0..<width {
        moments[row, sector] = sources[row, sector] * sources[row, sector]
        moments[row, width + sector] = sources[row, sector] * total
      }
      moments[row, 2 * width] = total * total
    }
    let sums = variances.transposedTimes(moments)
    for row in 0..<sums.rowCount {
      let total = table.row(row).reduce(0, +)
      for sector in 0..<width {
        count[row, sector] += sums[row, sector]
        guard total > 0 else { continue }
        let p = table[row, sector] / total
        let variance =
          sums[row, sector] - 2 * p * sums[row, width + sector] + p * p * sums[row, 2 * width]
        share[row, sector] += max(0, variance) / (total * total)
      }
    }
  }
}
