import CScan

/// Where the fields of a block of records stand, as long as all records have the same number of them.
package struct FieldIndex: ~Copyable {
  private let kernel = scan_best()
  private let delimiter: UInt8
  private let columnCount: Int
  private let trimsFields: Bool
  private var separators: UnsafeMutablePointer<UInt32>
  private var capacity = 1 << 12
  private var bytes: UnsafePointer<UInt8>?
  private var account = scan_account()
  private var countsRows = false

  /// An index of tables with these columns.
  package init(delimiter: UInt8, columnCount: Int, trimsFields: Bool) {
    self.delimiter = delimiter
    self.columnCount = columnCount
    self.trimsFields = trimsFields
    separators = .allocate(capacity: capacity)
  }

  deinit { separators.deallocate() }

  /// Records of the block.
  package var rowCount: Int { account.record_count }

  /// Lines of the block.
  package var breakCount: Int { countsRows ? account.record_count : account.break_count }

  /// Looks through a block.
  ///
  /// - Returns: whether its records are regular, so that fields can be told by place: each has as many
  ///   fields as the table has columns and is one line without a byte order mark, and quotes stand where they
  ///   belong. Tables of one column are never regular, since their empty lines are no records.
  package mutating func look(through block: RecordBlock) -> Bool {
    if capacity < block.count + 64 {
      separators.deallocate()
      capacity = block.capacity + 64
      separators = .allocate(capacity: capacity)
    }
    bytes = UnsafePointer(block.bytes)
    countsRows = block.countsRows
    account = scan_separators(kernel, block.bytes, block.count, delimiter, separators)
    guard !account.is_broken, !account.is_open, !account.has_quoted_breaks, columnCount > 1,
      account.separator_count == account.record_count * columnCount
    else { return false }
    var place = columnCount - 1
    var start = 0
    while place < account.separator_count {
      let end = Int(separators[place])
      // A mark before a record is dropped where rows are read one by one.
      guard block.bytes[end] == 10,
        ByteOrderMark.length(in: UnsafePointer(block.bytes) + start, count: end - start) == 0
      else { return false }
      start = end + 1
      place += columnCount
    }
    return true
  }

  /// The bytes of a record, its line break included.
  package func record(_ row: Int) -> Range<Int> {
    let start = row == 0 ? 0 : Int(separators[row * columnCount - 1]) + 1
    return start..<Int(separators[(row + 1) * columnCount - 1]) + 1
  }

  /// A field's bytes, unquoted; nil where it holds doubled quotes.
  @inline(__always)
  package func field(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
    guard let bytes else { return nil }
    let place = row * columnCount + column
    var start = place == 0 ? 0 : Int(separators[place - 1]) + 1
    var end = Int(separators[place])
    if column == columnCount - 1, end > start, bytes[end - 1] == 13 { end -= 1 }
    if end > start, bytes[start] == 34 {
      start += 1
      end -= 1
      if account.has_doubled_quotes {
        for place in start..<end where bytes[place] == 34 { return nil }
      }
    }
    let field = UnsafeBufferPointer(start: bytes + start, count: end - start)
    return trimsFields ? field.trimmed() : field
  }
}
