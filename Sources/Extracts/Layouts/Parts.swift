import Mismatch

/// Remembers where each part of each cell was read: parts are told apart by the texts of the job's part
/// columns, which are numbered over all files.
package struct PartLedger {
  /// Of each table of the side.
  private let columnNames: [[String]]
  /// Whether a cell has one figure only, and no parts.
  package let isEmpty: Bool
  /// Of all part columns, those of one table after another.
  private var texts: [ByteDictionary]
  private let firstTexts: [Int]
  /// Where a cell of several tables was read first, by its number.
  private var cellNumbers = ByteDictionary()
  private var owners: [(block: Int, origin: Origin)] = []
  private var keys = ByteDictionary()
  private var origins: [Origin] = []

  /// - Parameter columnNames: the part columns of each table of a side.
  package init(columnNames: [[String]]) {
    self.columnNames = columnNames
    isEmpty = columnNames.allSatisfy(\.isEmpty)
    texts = columnNames.joined().map { _ in ByteDictionary() }
    firstTexts = columnNames.indices.map { columnNames[..<$0].reduce(0) { $0 + $1.count } }
  }

  /// Where the part columns stand in a file of one of the tables.
  package func columns(in table: borrowing RowTable, of block: Int) throws -> [Int] {
    var columns: [Int] = []
    for name in columnNames[block] { columns.append(try table.column(name)) }
    return columns
  }

  /// Notes the current row's part of a cell; returns where the same part, or the cell in another table, was read
  /// before, or nil.
  package mutating func claim(
    _ cell: Cell, _ rows: inout RowTable, columns: [Int], of block: Int, from origin: Origin
  ) -> Origin? {
    var key = [cell.area, cell.category, cell.period]
    if columnNames.count > 1 {
      let (number, isNew) = key.withUnsafeBytes {
        cellNumbers.number(of: $0.bindMemory(to: UInt8.self))
      }
      if isNew { owners.append((block, origin)) }
      if owners[number].block != block { return owners[number].origin }
    }
    for (index, column) in columns.enumerated() {
      key.append(texts[firstTexts[block] + index].number(of: rows.bytes(column)).number)
    }
    let (number, isNew) = key.withUnsafeBytes { keys.number(of: $0.bindMemory(to: UInt8.self)) }
    if isNew { origins.append(origin) }
    return isNew ? nil : origins[number]
  }
}
