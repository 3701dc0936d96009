/// A row-major matrix of `Double`: element (row, column) stands at `row * columnCount + column`.
///
/// A value type: a copy is independent of its original. Any element may be NaN or infinite; the
/// products say what they do with those.
package struct Matrix: Sendable, Equatable {
  package let rowCount: Int
  package let columnCount: Int
  /// All elements, row after row; the count is always `rowCount * columnCount`.
  package var elements: [Double]

  /// A matrix with every element set to `value`.
  package init(rowCount: Int, columnCount: Int, repeating value: Double = 0) {
    precondition(rowCount >= 0 && columnCount >= 0, "a matrix has no negative side")
    self.rowCount = rowCount
    self.columnCount = columnCount
    elements = [Double](repeating: value, count: rowCount * columnCount)
  }

  /// A matrix from its rows, which must be equally long.
  package init(rows: [[Double]]) {
    rowCount = rows.count
    columnCount = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == rows[0].count }, "rows of unequal length")
    elements = Array(rows.joined())
  }

  /// The element in `row`, `column`, both counted from 0.
  @inlinable
  package subscript(row: Int, column: Int) -> Double {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }

  /// One row's elements, without copying them.
  package func row(_ row: Int) -> ArraySlice<Double> {
    elements[row * columnCount..<(row + 1) * columnCount]
  }
}
