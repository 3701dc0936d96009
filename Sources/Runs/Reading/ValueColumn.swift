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

extension SideJob {
  /// The value columns of a file, those of a wide table with their headings as keys.
  ///
  /// - Throws: ``Failure`` (`badData`) for a column that is not there, and for a heading that is no code.
  func valueColumns(in rows: inout RowTable) throws -> [ValueColumn] {
    let keys: [KeyRole: KeyJob] = [.area: area, .category: category, .period: period]
    switch value {
    case .column(let name): return [try ValueColumn(rows.column(name), keys, in: rows)]
    case .columns(let patterns, let role, let match):
      var columns: [ValueColumn] = []
      for pattern in patterns {
        for index in try rows.columns(matching: pattern) {
          let heading = rows.header[index]
          let code = try match?.code(in: heading) ?? heading
          try KeyRefusal.verify(heading: code, at: rows.headingPlace(index))
          rows.note(heading: code, as: TextRole(role))
          let keys = keys.merging([role: .constant(code)]) { $1 }
          columns.append(try ValueColumn(index, keys, in: rows))
        }
      }
      return columns
    }
  }
}
