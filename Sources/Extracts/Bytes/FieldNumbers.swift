/// The fields of one column of a block, each as the number of its text.
package struct FieldNumbers {
  private let place: Int
  private var dictionary = ByteDictionary()
  /// One per row; -1 for a field whose quotes are doubled.
  package private(set) var numbers: [Int32] = []
  /// Whether all rows have the same text.
  package private(set) var isUniform = false

  package init(place: Int) { self.place = place }

  /// Reads the fields of some rows, which follow those of the call before; the first call begins at row 0.
  package mutating func read(_ index: borrowing FieldIndex, _ rows: Range<Int>) {
    if numbers.count < rows.upperBound {
      let missing = index.rowCount - numbers.count
      numbers.append(contentsOf: repeatElement(0, count: missing))
    }
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
}
