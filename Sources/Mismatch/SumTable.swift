import Dense

/// A table of running sums that grows in both directions, with what the additions rounded off.
///
/// Sums of counts come out the same for any order of the additions: whole numbers have no rounding,
/// and for others the rounded-off parts are kept and added at the end.
struct SumTable: Sendable {
  private var sums = GrowingTable(empty: 0.0)
  private var carries: GrowingTable<Double>?

  mutating func add(_ term: Double, row: Int, column: Int) {
    let (sum, error) = twoSum(sums[row, column], term)
    sums[row, column] = sum
    if error != 0 {
      if carries == nil { carries = GrowingTable(empty: 0.0) }
      carries?[row, column] += error
    }
  }

  /// Gives the sums of so many rows and columns, each row `stride` after the one before.
  mutating func withSums<Result>(
    rowCount: Int, columnCount: Int,
    _ body: (_ sums: UnsafeMutableBufferPointer<Double>, _ stride: Int) -> Result
  ) -> Result {
    sums.withElements(rowCount: rowCount, columnCount: columnCount, body)
  }

  /// Gives `body` the sums of rows and columns in this order, with their places in it.
  func forEach(rows: [Int], columns: [Int], _ body: (Int, Int, Double) -> Void) {
    for (row, sourceRow) in rows.enumerated() {
      for (column, sourceColumn) in columns.enumerated() {
        body(row, column, value(row: sourceRow, column: sourceColumn))
      }
    }
  }

  /// A matrix of the sums of rows and columns in this order.
  func matrix(rows: [Int], columns: [Int]) -> Matrix {
    var matrix = Matrix(
      rowCount: rows.count, columnCount: columns.count,
      elements: sums.elements(rows: rows, columns: columns))
    if let carries {
      for (row, sourceRow) in rows.enumerated() {
        for (column, sourceColumn) in columns.enumerated() {
          matrix[row, column] += carries[sourceRow, sourceColumn]
        }
      }
    }
    return matrix
  }

  @inline(__always)
  private func value(row: Int, column: Int) -> Double {
    sums[row, column] + (carries?[row, column] ?? 0)
  }
}

/// A table that has a value everywhere and storage only where one was set.
struct GrowingTable<Element: Sendable & BitwiseCopyable>: Sendable {
  private let empty: Element
  private var rowCapacity = 0
  private var columnCapacity = 0
  private var elements: [Element] = []

  init(empty: Element) { self.empty = empty }

  subscript(row: Int, column: Int) -> Element {
    get {
      row < rowCapacity && column < columnCapacity ? elements[row * columnCapacity + column] : empty
    }
    set {
      if row >= rowCapacity || column >= columnCapacity { grow(row: row, column: column) }
      elements[row * columnCapacity + column] = newValue
    }
  }

  /// Gives the elements of so many rows and columns, each row `stride` after the one before.
  mutating func withElements<Result>(
    rowCount: Int, columnCount: Int,
    _ body: (_ elements: UnsafeMutableBufferPointer<Element>, _ stride: Int) -> Result
  ) -> Result {
    if rowCount > rowCapacity || columnCount > columnCapacity {
      grow(row: rowCount - 1, column: columnCount - 1)
    }
    let stride = columnCapacity
    return elements.withUnsafeMutableBufferPointer { body($0, stride) }
  }

  /// The elements of rows and columns in this order; the table's own, without a copy, where that is how it
  /// holds them.
  func elements(rows: [Int], columns: [Int]) -> [Element] {
    if rows.elementsEqual(0..<rowCapacity), columns.elementsEqual(0..<columnCapacity) {
      return elements
    }
    return [Element](count: rows.count * columns.count) { target in
      elements.withUnsafeBufferPointer { elements in
        var place = 0
        for row in rows {
          let start = row * columnCapacity
          for column in columns {
            let isHeld = row < rowCapacity && column < columnCapacity
            target.initializeElement(at: place, to: isHeld ? elements[start + column] : empty)
            place += 1
          }
        }
      }
    }
  }

  /// A side that grows doubles in a small table and grows by a quarter in one whose copies take much memory.
  private mutating func grow(row: Int, column: Int) {
    func grown(_ capacity: Int, _ place: Int) -> Int {
      guard place >= capacity else { return capacity }
      return max(place + 1, elements.count < 1 << 20 ? capacity * 2 : capacity + capacity / 4)
    }
    let (rows, columns) = (grown(rowCapacity, row), grown(columnCapacity, column))
    let grown = [Element](count: rows * columns) { new in
      new.initialize(repeating: empty)
      elements.withUnsafeBufferPointer { old in
        for oldRow in 0..<rowCapacity {
          for oldColumn in 0..<columnCapacity {
            new[oldRow * columns + oldColumn] = old[oldRow * columnCapacity + oldColumn]
          }
        }
      }
    }
    (rowCapacity, columnCapacity, elements) = (rows, columns, grown)
  }
}
