import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A table raked to other row and column sums while its odds ratios stay: what iterative proportional
/// fitting converges to (Deming and Stephan, 1940, https://doi.org/10.1214/aoms/1177731829).
///
/// Rows fit exactly. Columns are fitted by sweeps of iterative proportional fitting, and by Newton steps
/// on the same equations where sweeps are slow, until no column sum is off by more than `tolerance`.
package struct MarginAdjustment: Sendable {
  /// The largest difference of a column's share of all that counts as none.
  package static let tolerance = 1e-13

  package let table: Matrix
  package let isConverged: Bool

  private static let stepLimit = 20_000

  /// The adjusted table.
  ///
  /// - Parameters:
  ///   - table: every element above 0.
  ///   - rows: wanted row sums, above 0, with the same sum as `columns`.
  ///   - columns: wanted column sums, above 0.
  ///   - workerCount: threads to use; the result does not depend on it.
  package init(_ table: Matrix, rows: [Double], columns: [Double], workerCount: Int = 1) {
    precondition(rows.count == table.rowCount && columns.count == table.columnCount, "sides differ")
    let fit = Fit(table: table, rows: rows, columns: columns, workerCount: workerCount)
    var factors = [Double](repeating: 1, count: columns.count)
    var gaps = fit.gaps(factors)
    // A Newton step costs about as many sweeps as there are columns: only then is it worth a try.
    let sweepCount = 10 + columns.count
    var step = 0
    while !fit.isClosed(gaps), step < Self.stepLimit {
      step += 1
      if step > sweepCount, step.isMultiple(of: 2),
        let better = fit.newtonStep(factors, gaps)
      {
        (factors, gaps) = better
      } else {
        for column in columns.indices {
          factors[column] *= columns[column] / (columns[column] + gaps[column])
        }
        gaps = fit.gaps(factors)
      }
    }
    isConverged = fit.isClosed(gaps)
    self.table = fit.table(factors)
  }
}

/// The equations of an adjustment: factors of columns, with those of rows following from them.
private struct Fit: Sendable {
  let table: Matrix
  let rows: [Double]
  let columns: [Double]
  let workerCount: Int

  private static let blockRowCount = 1024

  func isClosed(_ gaps: [Double]) -> Bool {
    gaps.allSatisfy { abs($0) <= MarginAdjustment.tolerance }
  }

  /// How far column sums lie above the wanted ones while rows fit.
  func gaps(_ factors: [Double]) -> [Double] {
    let parts = mapBlocks(of: rows.count, size: Self.blockRowCount, workerCount: workerCount) {
      block in
      var sums = [Double](repeating: 0, count: columns.count)
      forEachRow(in: block, factors) { _, row in
        for column in row.indices { sums[column] += row[column] }
      }
      return sums
    }
    return columns.indices.map { column in
      parts.reduce(0) { $0 + $1[column] } - columns[column]
    }
  }

  /// Calls `body` with each row of the table that the factors make.
  private func forEachRow(
    in block: Range<Int>, _ factors: [Double],
    _ body: (Int, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let width = columns.count
    var row = [Double](repeating: 0, count: width)
    row.withUnsafeMutableBufferPointer { row in
      table.elements.withUnsafeBufferPointer { elements in
        for index in block {
          var sum = 0.0
          for column in 0..<width {
            row[column] = elements[index * width + column] * factors[column]
            sum += row[column]
          }
          let scale = rows[index] / sum
          for column in 0..<width { row[column] *= scale }
          body(index, row)
        }
      }
    }
  }

  /// Newton's step on the logarithms of the factors, shortened until the gaps become smaller; nil where
  /// no such step is found.
  func newtonStep(_ factors: [Double], _ gaps: [Double]) -> (factors: [Double], gaps: [Double])? {
    guard let direction = newtonDirection(factors, gaps) else { return nil }
    let size = gaps.reduce(0) { $0 + $1 * $1 }
    // No factor changes by more than e^10 at once, so that none leaves what a double can hold.
    let reach = direction.reduce(0) { max($0, abs($1)) }
    var length = min(1, 10 / reach)
    while length > 1e-6 {
      let tried = zip(factors, direction).map { $0 * exp(length * $1) }
      let left = self.gaps(tried)
      if left.reduce(0, { $0 + $1 * $1 }) < size * (1 - 1e-4 * length) { return (tried, left) }
      length /= 2
    }
    return nil
  }

  /// The solution of H d = -gaps, with H = diag(column sums) - Σ P(i,j) P(i,k) / row sum; the first
  /// factor stays, since a common multiple of all changes nothing.
  private func newtonDirection(_ factors: [Double], _ gaps: [Double]) -> [Double]? {
    let width = columns.count
    var hessian = Matrix(rowCount: width, columnCount: width)
    for start in stride(from: 0, to: rows.count, by: Self.blockRowCount) {
      let block = start..<min(rows.count, start + Self.blockRowCount)
      var scaled = Matrix(rowCount: block.count, columnCount: width)
      forEachRow(in: block, factors) { index, row in
        let scale = 1 / rows[index].squareRoot()
        for column in 0..<width { scaled[index - start, column] = row[column] * scale }
      }
      let gram = scaled.gram()
      for index in hessian.elements.indices { hessian.elements[index] -= gram.elements[index] }
    }
    var reduced = Matrix(rowCount: width - 1, columnCount: width - 1)
    for row in 1..<width {
      hessian[row, row] += columns[row] + gaps[row]
      for column in 1..<width { reduced[row - 1, column - 1] = hessian[row, column] }
    }
    return reduced.solvedAsPositiveDefinite(gaps.dropFirst().map { -$0 }).map { [0] + $0 }
  }

  /// The table that the factors make.
  func table(_ factors: [Double]) -> Matrix {
    var result = table
    forEachRow(in: 0..<rows.count, factors) { index, row in
      for column in row.indices { result[index, column] = row[column] }
    }
    return result
  }
}
