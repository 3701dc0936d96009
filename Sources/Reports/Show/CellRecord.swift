import Mismatch
import Runs

/// A row of cells as JSON: columns by their names in the file, numbers as numbers, and null for a number that is
/// missing, whose status says why.
package struct CellRecord: Encodable, Sendable {
  private let cell: WrittenCell
  private let columns: [ColumnRecord]

  package init(cell: WrittenCell, columns: [ColumnRecord]) {
    (self.cell, self.columns) = (cell, columns)
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for column in columns {
      let key = Key(stringValue: column.name)
      switch column.kind {
      case .text, .status: try container.encode(cell.text(column.name), forKey: key)
      case .number, .integer: try container.encode(cell.number(column.name), forKey: key)
      }
    }
  }
}
