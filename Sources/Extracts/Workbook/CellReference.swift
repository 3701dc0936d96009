/// A cell's column and row, counted from 1, as "BC23" names them.
struct CellReference: Sendable, Equatable {
  let column: Int
  let row: Int

  /// The columns and rows that a sheet may have, in every program that writes workbooks.
  static let columnLimit = 16_384
  static let rowLimit = 1_048_576

  init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// The reference that the text spells ("BC23", "$BC$23"); nil where it spells none within the limits.
  init?(_ text: some StringProtocol) { self.init(spelt: text.utf8) }

  /// The reference that the bytes spell.
  @inline(__always)
  init?(spelt bytes: some Sequence<UInt8>) {
    var column = 0
    var row = 0
    for byte in bytes where byte != 36 {
      switch byte {
      case 65...90 where row == 0: column = column * 26 + Int(byte - 64)
      case 97...122 where row == 0: column = column * 26 + Int(byte - 96)
      case 48...57 where column > 0: row = row * 10 + Int(byte - 48)
      default: return nil
      }
      guard column <= CellReference.columnLimit, row <= CellReference.rowLimit else { return nil }
    }
    guard column > 0, row > 0 else { return nil }
    self.column = column
    self.row = row
  }
}

/// Cells that are shown as one; only the first, top left, has a value.
struct CellRange: Sendable, Equatable {
  let first: CellReference
  let last: CellReference

  /// The range that the text spells ("A1:C2", or one cell).
  init?(_ text: String) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count <= 2, let first = ends.first.flatMap({ CellReference($0) }),
      let last = ends.last.flatMap({ CellReference($0) }), first.column <= last.column,
      first.row <= last.row
    else { return nil }
    self.first = first
    self.last = last
  }
}
