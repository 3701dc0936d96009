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

  func value(row: Int, column: Int) -> Double {
    sums[row, column] + (carries?[row, column] ?? 0)
  }
}

/// A table that has a value everywhere and storage only where one was set.
struct GrowingTable<Element: Sendable>: Sendable {
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

  private mutating func grow(row: Int, column: Int) {
    let rows = row < rowCapacity ? rowCapacity : max(row + 1, rowCapacity * 2)
    let columns = column < columnCapacity ? columnCapacity : max(column + 1, columnCapacity * 2)
    var grown = [Element](repeating: empty, count: rows * columns)
    for oldRow in 0..<rowCapacity {
      for oldColumn in 0..<columnCapacity {
        grown[oldRow * columns + oldColumn] = elements[oldRow * columnCapacity + oldColumn]
      }
    }
    (rowCapacity, columnCapacity, elements) = (rows, columns, grown)
  }
}
