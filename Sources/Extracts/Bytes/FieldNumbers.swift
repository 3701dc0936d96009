/// The fields of one column of a block, or of several taken together, each as the number of its text.
package struct FieldNumbers {
  private let places: [Int]
  private var joined: [UInt8] = []
  private var dictionary = ByteDictionary()
  /// One per row; -1 for a field whose quotes are doubled.
  package private(set) var numbers: [Int32] = []
  /// Whether all rows have the same text.
  package private(set) var isUniform = false

  package init(places: [Int]) { self.places = places }

  /// Reads the fields of some rows, which follow those of the call before; the first call begins at row 0.
  package mutating func read(_ index: borrowing FieldIndex, _ rows: Range<Int>) {
    if numbers.count < rows.upperBound {
      let missing = index.rowCount - numbers.count
      numbers.append(contentsOf: repeatElement(0, count: missing))
    }
    guard let place = places.first, places.count == 1 else { return readJoined(index, rows) }
    var differences: Int32 = 0
    numbers.withUnsafeMutableBufferPointer { numbers in
      for row in rows {
        let number = index.field(row, place).map { dictionary.number(of: $0).number } ?? -1
        numbers[row] = Int32(truncatingIfNeeded: number)
        differences |= numbers[row] ^ numbers[0]
      }
    }
    isUniform = differences == 0 && (isUniform || rows.lowerBound == 0)
  }

  private mutating func readJoined(_ index: borrowing FieldIndex, _ rows: Range<Int>) {
    for row in rows { numbers[row] = joinedNumber(index, row) }
    isUniform =
      (isUniform || rows.lowerBound == 0) && rows.allSatisfy { numbers[$0] == numbers[0] }
  }

  private mutating func joinedNumber(_ index: borrowing FieldIndex, _ row: Int) -> Int32 {
    joined.removeAll(keepingCapacity: true)
    for place in places {
      guard let field = index.field(row, place) else { return -1 }
      joined.append(contentsOf: field)
      joined.append(0)
    }
    return joined.withUnsafeBufferPointer {
      Int32(truncatingIfNeeded: dictionary.number(of: $0).number)
    }
  }
}
