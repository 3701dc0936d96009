import Extracts
import Jobs
import Mismatch

/// A value column with the keys that its figures have.
struct ValueColumn {
  let value: Int
  var area: KeyReader
  var category: KeyReader
  var period: KeyReader

  init(_ value: Int, _ keys: [KeyRole: KeyJob], in rows: borrowing RowTable) throws {
    func reader(_ role: KeyRole) throws -> KeyReader {
      try KeyReader(keys[role] ?? .constant(""), in: rows, as: TextRole(role))
    }
    self.value = value
    area = try reader(.area)
    category = try reader(.category)
    period = try reader(.period)
  }
}
