/// Where cells stand in a list, by their keys: a hash table with open addressing.
struct CellIndex: Sendable {
  /// The key of each cell, in the order in which they joined.
  private(set) var keys: [UInt64] = []
  /// Place + 1; 0 where there is none.
  private var table = [UInt32](repeating: 0, count: 64)

  /// The most cells that an index holds.
  static let limit = Int(UInt32.max) - 1

  /// The place of a cell; nil where it has none.
  func place(of key: CellKey) -> Int? {
    let found = table[probe(key.bits)]
    return found == 0 ? nil : Int(found) - 1
  }

  /// The place of a cell, which joins the list where it is new.
  mutating func place(adding key: CellKey) -> (place: Int, isNew: Bool) {
    let position = probe(key.bits)
    if table[position] != 0 { return (Int(table[position]) - 1, false) }
    precondition(keys.count < CellIndex.limit, "too many cells")
    keys.append(key.bits)
    table[position] = UInt32(keys.count)
    if keys.count * 8 > table.count * 5 { grow() }
    return (keys.count - 1, true)
  }

  /// Where a key stands in the table, or the free place that it may take.
  private func probe(_ bits: UInt64) -> Int {
    var position =
      Int(truncatingIfNeeded: (bits &* 0x9e37_79b9_7f4a_7c15) >> 16) & (table.count - 1)
    while table[position] != 0, keys[Int(table[position]) - 1] != bits {
      position = (position + 1) & (table.count - 1)
    }
    return position
  }

  private mutating func grow() {
    table = [UInt32](repeating: 0, count: table.count * 2)
    for (place, bits) in keys.enumerated() { table[probe(bits)] = UInt32(place + 1) }
  }
}
