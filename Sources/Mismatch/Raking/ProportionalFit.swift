import Dense

/// A table scaled to published row and column totals.
package struct ProportionalFit: Sendable {
  /// Row factor × seed × column factor, cell by cell: cross-product ratios are the seed's, zeros stay.
  package let table: Matrix
  /// Passes over rows and columns until the totals were met.
  package let iterationCount: Int
  /// The largest distance between a sum of ``table`` and its target, in the targets' unit.
  package let largestError: Double
  /// Cells above 0 in the seed that every table with these totals has at 0.
  package let forcedZeroCount: Int
}

/// The table with the seed's cross-product ratios and these row and column sums, by iterative
/// proportional fitting (RAS).
///
/// Deming and Stephan (1940), https://doi.org/10.1214/aoms/1177731829. Whether any such table exists is
/// decided beforehand on the zeros of the seed (``FeasibleSupport``). Where totals can be met only with
/// further cells at 0, those are taken out first, which leaves the limit as it is and makes it reachable
/// (Csiszár 1975, https://doi.org/10.1214/aop/1176996454, theorem 3.2).
///
/// - Parameters:
///   - seed: numbers at or above 0; a 0 stays 0.
///   - rowTargets: one number at or above 0 per row.
///   - columnTargets: one per column. Their sum may differ from that of the rows by rounding (1e-9 of
///     it); they are then scaled to the rows' sum.
///   - iterationLimit: passes before fitting is given up.
/// - Returns: the fit after the pass that brings it no nearer, with no sum further from its target than
///   1e-10 of the largest target; usually it is rounding alone.
/// - Throws: ``RakingRefusal``.
package func proportionalFit(
  _ seed: Matrix, rowTargets: [Double], columnTargets: [Double], iterationLimit: Int = 10_000
) throws -> ProportionalFit {
  precondition(seed.rowCount == rowTargets.count && seed.columnCount == columnTargets.count)
  try verify(seed, rowTargets, columnTargets)
  let rowSum = ExactSum(rowTargets).value
  let columnSum = ExactSum(columnTargets).value
  guard abs(rowSum - columnSum) <= 1e-9 * max(rowSum, columnSum) else {
    throw RakingRefusal.unequalTotals(rows: rowSum, columns: columnSum)
  }
  let columnTargets =
    columnSum > 0 ? columnTargets.map { $0 * (rowSum / columnSum) } : columnTargets
  var (reduced, forcedZeroCount) = (seed, 0)
  if seed.elements.contains(0) || rowTargets.contains(0) || columnTargets.contains(0) {
    let support = try FeasibleSupport(seed, rowTargets: rowTargets, columnTargets: columnTargets)
    for index in seed.elements.indices where seed.elements[index] > 0 && !support.mayHold[index] {
      reduced.elements[index] = 0
      forcedZeroCount += 1
    }
  }
  return try fit(
    reduced, rowTargets, columnTargets, iterationLimit: iterationLimit,
    forcedZeroCount: forcedZeroCount)
}

private func verify(_ seed: Matrix, _ rowTargets: [Double], _ columnTargets: [Double])
  throws
{
  func isUsable(_ value: Double) -> Bool { value >= 0 && value.isFinite }
  if let index = seed.elements.firstIndex(where: { !isUsable($0) }) {
    throw RakingRefusal.badCell(row: index / seed.columnCount, column: index % seed.columnCount)
  }
  if let row = rowTargets.firstIndex(where: { !isUsable($0) }) {
    throw RakingRefusal.badRowTarget(row)
  }
  if let column = columnTargets.firstIndex(where: { !isUsable($0) }) {
    throw RakingRefusal.badColumnTarget(column)
  }
}

/// Alternates row and column factors over a seed whose totals can be met.
private func fit(
  _ seed: Matrix, _ rowTargets: [Double], _ columnTargets: [Double], iterationLimit: Int,
  forcedZeroCount: Int
) throws -> ProportionalFit {
  let tolerance = 1e-12 * (rowTargets + columnTargets).reduce(0, max)
  var rowFactors = [Double](repeating: 1, count: seed.rowCount)
  var columnFactors = [Double](repeating: 1, count: seed.columnCount)
  var error = Double.infinity
  var previous = Double.infinity
  for iteration in 0..<iterationLimit {
    // Columns are met exactly, so the rows' distance is what is left.
    error = 0
    var columnSums = [Double](repeating: 0, count: seed.columnCount)
    seed.elements.withUnsafeBufferPointer { cells in
      for row in 0..<seed.rowCount {
        let start = row * seed.columnCount
        var sum = 0.0
        for column in columnFactors.indices { sum += cells[start + column] * columnFactors[column] }
        error = larger(error, abs(rowFactors[row] * sum - rowTargets[row]))
        let factor = rowTargets[row] == 0 ? 0 : rowTargets[row] / sum
        rowFactors[row] = factor
        for column in columnSums.indices { columnSums[column] += cells[start + column] * factor }
      }
    }
    // Passes go on as long as they help: what ends them is rounding, not the tolerance.
    let isImputed = error == 0 || error >= previous || iteration == iterationLimit - 1
    if iteration > 0, error <= tolerance, isImputed {
      let fit = measured(
        seed, rowFactors, columnFactors, rowTargets, columnTargets, iterationCount: iteration,
        forcedZeroCount: forcedZeroCount)
      if fit.largestError <= 100 * tolerance { return fit }
    }
    previous = error
    for column in columnFactors.indices {
      let target = columnTargets[column]
      columnFactors[column] = target == 0 ? 0 : target / columnSums[column]
    }
  }
  throw RakingRefusal.notConverged(iterationCount: iterationLimit, largestError: error)
}

/// The fitted table with the distances that its own sums have from the targets.
private func measured(
  _ seed: Matrix, _ rowFactors: [Double], _ columnFactors: [Double], _ rowTargets: [Double],
  _ columnTargets: [Double], iterationCount: Int, forcedZeroCount: Int
) -> ProportionalFit {
  var table = seed
  var columnSums = [ExactSum](repeating: ExactSum(), count: seed.columnCount)
  var error = 0.0
  for row in 0..<seed.rowCount {
    for column in 0..<seed.columnCount {
      table[row, column] = table[row, column] * rowFactors[row] * columnFactors[column]
      columnSums[column].add(table[row, column])
    }
    error = larger(error, abs(ExactSum(table.row(row)).value - rowTargets[row]))
  }
  for column in columnSums.indices {
    error = larger(error, abs(columnSums[column].value - columnTargets[column]))
  }
  return ProportionalFit(
    table: table, iterationCount: iterationCount, largestError: error,
    forcedZeroCount: forcedZeroCount)
}

/// The larger distance; infinite where one is no number, so that an overflow is never an agreement.
private func larger(_ error: Double, _ distance: Double) -> Double {
  distance.isNaN ? .infinity : max(error, distance)
}
