/// The columns that tell the rows of a table apart.
enum TableKey {
  /// All columns that are neither figures nor remarks nor numbers of rows.
  ///
  /// Constants are among them: further rows may show that they are none. A table without figures is a list or a lookup: nothing says that its rows must differ.
  static func columns(_ columns: [ColumnAccount]) -> [ColumnAccount] {
    guard columns.contains(where: { $0.role == .value }) else { return [] }
    return columns.filter { column in
      switch column.role {
      case .value, .confidence, .flag, .identifier, .empty: false
      default: true
      }
    }
  }
}
