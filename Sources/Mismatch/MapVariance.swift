import Dense

/// Variances of a table's counts and shares that come from uncertain weights of its lookup and crosswalk.
///
/// Rows of both matrices are areas, then one row for all areas together; columns are sectors. Sources are
/// independent of each other: Var = Σᵢ xᵢ² w (1 - w) / (kᵢ + 1) for a count, with the Dirichlet
/// distribution of ``Dirichlet``; shares by the first-order expansion of their quotient, which is exact
/// where the total does not depend on the weights.
package struct MapVariance: Sendable {
  package var count: Matrix
  package var share: Matrix
  /// What the expected weights make of counts and shares beyond the plain ones: 3 and 1 of 4 cases have the
  /// plain weights 0.75 and 0.25, and the expected ones 0.7 and 0.3.
  package private(set) var countShift: Matrix
  package private(set) var shareShift: Matrix
  /// How far counts can lie below and above the plain ones, whatever the weights are.
  package private(set) var least: Matrix
  package private(set) var most: Matrix
  /// The sum of each row with the plain weights.
  private var totals: [Double]

  package init(rowCount: Int, columnCount: Int) {
    count = Matrix(rowCount: rowCount, columnCount: columnCount)
    share = count
    countShift = count
    shareShift = count
    least = count
    most = count
    totals = Array(repeating: 0, count: rowCount)
  }

  /// What the weights make of a cell's count and share.
  package func doubts(_ row: Int, _ sector: Int) -> (count: Doubt, share: Doubt) {
    let (least, most, total) = (least[row, sector], most[row, sector], totals[row])
    return (
      Doubt(
        shift: countShift[row, sector], variance: count[row, sector], least: least, most: most),
      Doubt(
        shift: shareShift[row, sector], variance: share[row, sector],
        least: total > 0 ? least / total : 0, most: total > 0 ? most / total : 0)
    )
  }

  /// Takes up what the expected weights make of the table, and what it can be at all.
  ///
  /// - Parameters:
  ///   - expected: counts by row and sector with the expected weights.
  ///   - table: the same with the plain ones.
  package mutating func centre(
    on expected: Matrix, instead table: Matrix, least: Matrix, most: Matrix
  ) {
    totals = (0..<table.rowCount).map { table.row($0).reduce(0, +) }
    for row in 0..<table.rowCount {
      let (total, expectedTotal) = (totals[row], expected.row(row).reduce(0, +))
      for sector in 0..<table.columnCount {
        countShift[row, sector] = expected[row, sector] - table[row, sector]
        self.least[row, sector] = least[row, sector] - table[row, sector]
        self.most[row, sector] = most[row, sector] - table[row, sector]
        guard total > 0, expectedTotal > 0 else { continue }
        shareShift[row, sector] =
          expected[row, sector] / expectedTotal - table[row, sector] / total
      }
    }
  }

  /// Adds what an uncertain crosswalk brings.
  ///
  /// - Parameters:
  ///   - sources: counts by row and source category.
  ///   - weights: expected weights, categories × sectors, of the sectors that are kept.
  ///   - precisions: one per category; infinite where its weights are taken as they are.
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

  /// Adds what an uncertain area lookup brings.
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
