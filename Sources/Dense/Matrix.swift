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

  /// A matrix whose elements, row after row, `body` initialises as a whole.
  package init(
    rowCount: Int, columnCount: Int,
    initialising body: (UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    precondition(rowCount >= 0 && columnCount >= 0, "a matrix has no negative side")
    self.rowCount = rowCount
    self.columnCount = columnCount
    elements = Array(count: rowCount * columnCount, initialising: body)
  }

  /// A matrix of these elements, row after row.
  package init(rowCount: Int, columnCount: Int, elements: [Double]) {
    precondition(elements.count == rowCount * columnCount, "elements of another number")
    (self.rowCount, self.columnCount, self.elements) = (rowCount, columnCount, elements)
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

  /// Whether both are copies of one another that were never changed, and so equal at no cost; false says
  /// nothing.
  package func isCopy(of other: Matrix) -> Bool {
    elements.withUnsafeBufferPointer { own in
      other.elements.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress }
    }
  }

  /// One row's elements, without copying them.
  package func row(_ row: Int) -> ArraySlice<Double> {
    elements[row * columnCount..<(row + 1) * columnCount]
  }
}

extension Matrix {
  /// One column's elements.
  package func column(_ column: Int) -> [Double] {
    (0..<rowCount).map { self[$0, column] }
  }

  /// The columns at these places, in that order.
  package func columns(_ places: some Collection<Int>) -> Matrix {
    var result = Matrix(rowCount: rowCount, columnCount: places.count)
    for row in 0..<rowCount {
      for (target, place) in places.enumerated() { result[row, target] = self[row, place] }
    }
    return result
  }

  /// The matrix with 0 in all of these rows.
  package func clearing(rows: Set<Int>) -> Matrix {
    var cleared = self
    for row in rows {
      for column in 0..<columnCount { cleared[row, column] = 0 }
    }
    return cleared
  }

  /// The columns of this matrix followed by those of another with as many rows.
  package func beside(_ other: Matrix) -> Matrix {
    precondition(rowCount == other.rowCount, "rows of unequal number")
    var result = Matrix(rowCount: rowCount, columnCount: columnCount + other.columnCount)
    for row in 0..<rowCount {
      let start = row * result.columnCount
      result.elements.replaceSubrange(start..<start + columnCount, with: self.row(row))
      result.elements.replaceSubrange(
        start + columnCount..<start + result.columnCount, with: other.row(row))
    }
    return result
  }
}
