import Extracts
import Jobs
import Mismatch

/// A value column with the keys that its figures have.
struct ValueColumn {
  /// Nil where each row counts the same.
  let value: Int?
  var area: KeyReader
  var category: KeyReader
  var period: KeyReader

  init(_ value: Int?, _ keys: [KeyRole: KeyJob], in rows: borrowing RowTable) throws {
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
    case .rows: return [try ValueColumn(nil, keys, in: rows)]
    case .column(let name): return [try ValueColumn(rows.column(name), keys, in: rows)]
    case .columns(let patterns, let headings):
      var columns: [ValueColumn] = []
      for pattern in patterns {
        for index in try rows.columns(matching: pattern, besides: columnNames) {
          var keys = keys
          for heading in headings {
            let code = try rows.code(in: index, of: heading)
            try KeyRefusal.verify(heading: code, at: rows.headingPlace(index))
            rows.note(heading: code, as: TextRole(heading.role))
            keys[heading.role] = .constant(code)
          }
          columns.append(try ValueColumn(index, keys, in: rows))
        }
      }
      return columns
    }
  }

  /// Columns that a pattern for value columns does not name: those that hold something else.
  fileprivate var columnNames: Set<Spelling> {
    var columns = table.filters.map(\.column) + partColumns + names.values
    columns += [bounds?.lower, bounds?.upper, status, RowTable.sheetColumn].compactMap { $0 }
    for key in [area, category, period] {
      switch key {
      case .column(let name, _): columns.append(name)
      case .columns(let names): columns += names
      case .constant: break
      }
    }
    return Set(columns.map(Spelling.init))
  }
}

extension RowTable {
  /// The key that the heading of a column holds.
  ///
  /// - Throws: ``Failure`` (`badData`) for a heading of another form than the job states.
  fileprivate func code(in column: Int, of job: HeadingJob) throws -> String {
    let heading = header[column]
    guard let match = job.match else { return heading }
    let code = try match.code(in: heading)
    guard job.isStrict else { return code ?? heading }
    if let code, !code.isEmpty { return code }
    throw Failure(
      .badData, at: headingPlace(column),
      "the heading \"\(heading)\" has no \(job.role.rawValue) as in '\(match.text)'",
      expected: "a heading of that form in every column that `columns` names",
      advice:
        "Narrow `columns`, such as [\"*: *\"], so that other columns are left out, or change the pattern"
    )
  }
}
