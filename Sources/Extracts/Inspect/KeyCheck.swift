/// Compares the keys of rows by their hashes, up to a number of rows.
struct KeyCheck {
  let columns: [Int]
  private var hashes: Set<UInt64> = []
  private(set) var duplicateCount = 0
  private(set) var firstDuplicateLine: Int?
  private(set) var isComplete = true

  /// Rows that are compared: more would take more memory than an account is worth.
  static let limit = 2_000_000

  init(columns: [Int]) { self.columns = columns }

  mutating func add(_ cells: [String], line: Int) {
    guard !columns.isEmpty else { return }
    guard hashes.count < KeyCheck.limit else {
      isComplete = false
      return
    }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for column in columns {
      if column < cells.count {
        for byte in cells[column].utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      }
      hash = (hash ^ 0xff) &* 0x100_0000_01b3
    }
    hash ^= hash >> 29
    guard hashes.insert(hash &* 0x9e37_79b9_7f4a_7c15).inserted else {
      duplicateCount += 1
      firstDuplicateLine = firstDuplicateLine ?? line
      return
    }
  }
}
