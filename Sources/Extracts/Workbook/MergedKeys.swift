/// Gives the lower cells of merged ones, as keys, the text of the first one.
struct MergedKeys {
  /// The merged ranges of the sheet, which is read again for them: called where a cell below another is empty.
  private let ranges: () throws -> [CellRange]
  /// The last row of each merged range of several rows, by its first cell; nil before anyone asked.
  private var lastRows: [Int: Int]?
  /// The last cell of each column that has a text, with its row, which is 0 before there was one.
  private var above: [(row: Int, text: String)] = []

  init(_ ranges: @escaping () throws -> [CellRange]) { self.ranges = ranges }

  /// Fills the empty cells of a record that are the lower part of merged ones.
  mutating func fill(_ record: inout RawRecord) throws {
    let keys = record.keys
    for column in above.indices where above[column].row > 0 {
      guard column >= keys.count || keys[column].isEmpty else { continue }
      let lastRows = try loaded()
      if lastRows.isEmpty { break }
      let last = lastRows[MergedKeys.cell(column + 1, above[column].row)]
      if let last, record.line <= last {
        record.shown.append(ShownCell(cell: column, key: .text(above[column].text)))
      }
    }
    while above.count < keys.count { above.append((0, "")) }
    for (column, text) in keys.enumerated() where !text.isEmpty {
      above[column] = (record.line, text)
    }
  }

  private mutating func loaded() throws -> [Int: Int] {
    if let lastRows { return lastRows }
    var found: [Int: Int] = [:]
    for range in try ranges() where range.last.row > range.first.row {
      found[MergedKeys.cell(range.first.column, range.first.row)] = range.last.row
    }
    lastRows = found
    return found
  }

  private static func cell(_ column: Int, _ row: Int) -> Int {
    row * (CellReference.columnLimit + 1) + column
  }
}
