import Extracts
import Jobs
import Mismatch

/// Reads what columns of units, such as `unit` or `UNIT_MULT`, say of the figures that are taken up: each distinct
/// text once.
struct UnitReader {
  let columns: [Int]
  private var dictionaries: [ByteDictionary]
  private(set) var texts: Set<String> = []

  /// The reader of a table's columns of units, of which most tables have none.
  init(in rows: borrowing RowTable) {
    let header = rows.header
    columns = header.indices.filter { ColumnNames.isUnit(header[$0]) }
    dictionaries = columns.map { _ in ByteDictionary() }
  }

  /// Takes note of the current row.
  mutating func note(_ rows: inout RowTable) throws {
    for (place, column) in columns.enumerated() {
      guard dictionaries[place].number(of: rows.bytes(column)).isNew else { continue }
      texts.insert(ColumnNames.unit(try rows.text(column), under: rows.header[column]))
    }
  }
}
