/// A sparse matrix in compressed row form: the entries of a row stand together, by rising column.
package struct SparseMatrix: Sendable, Equatable {
  package let rowCount: Int
  package let columnCount: Int
  private let rowStarts: [Int]
  private let columns: [Int]
  private let weights: [Double]

  /// A matrix from its entries; entries of the same place are added up.
  package init(rowCount: Int, columnCount: Int, entries: [(row: Int, column: Int, weight: Double)])
  {
    self.rowCount = rowCount
    self.columnCount = columnCount
    let sorted = entries.sorted { ($0.row, $0.column, $0.weight) < ($1.row, $1.column, $1.weight) }
    var starts = [Int](repeating: 0, count: rowCount + 1)
    var columns: [Int] = []
    var weights: [Double] = []
    var last: (row: Int, column: Int)?
    for entry in sorted {
      precondition((0..<rowCount).contains(entry.row) && (0..<columnCount).contains(entry.column))
      if let last, last == (entry.row, entry.column) {
        weights[weights.count - 1] += entry.weight
        continue
      }
      last = (entry.row, entry.column)
      columns.append(entry.column)
      weights.append(entry.weight)
      starts[entry.row + 1] += 1
    }
    for row in 0..<rowCount { starts[row + 1] += starts[row] }
    rowStarts = starts
    self.columns = columns
    self.weights = weights
  }

  /// The entries of one row, by rising column.
  package func row(_ row: Int) -> [(column: Int, weight: Double)] {
    (rowStarts[row]..<rowStarts[row + 1]).map { (columns[$0], weights[$0]) }
  }

  /// The sum of one row's weights.
  package func rowSum(_ row: Int) -> Double {
    weights[rowStarts[row]..<rowStarts[row + 1]].reduce(0, +)
  }

  /// The product `selfᵀ × dense`: `columnCount` × `dense.columnCount`, rows of `dense` added in order.
  package func transposedTimes(_ dense: Matrix) -> Matrix {
    precondition(rowCount == dense.rowCount, "inner sides differ")
    let width = dense.columnCount
    var result = Matrix(rowCount: columnCount, columnCount: width)
    result.elements.withUnsafeMutableBufferPointer { out in
      dense.elements.withUnsafeBufferPointer { source in
        for row in 0..<rowCount {
          for entry in rowStarts[row]..<rowStarts[row + 1] {
            let weight = weights[entry]
            let target = columns[entry] * width
            for column in 0..<width {
              out[target + column] += weight * source[row * width + column]
            }
          }
        }
      }
    }
    return result
  }

  /// The same matrix with every element in its place, zeros included.
  package func dense() -> Matrix {
    var result = Matrix(rowCount: rowCount, columnCount: columnCount)
    for row in 0..<rowCount {
      for entry in rowStarts[row]..<rowStarts[row + 1] {
        result[row, columns[entry]] = weights[entry]
      }
    }
    return result
  }
}
