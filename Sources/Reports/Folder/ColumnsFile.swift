import Extracts
import Jobs
import Runs
import Mismatch

/// `columns.json`: what every column of every table of a run holds, and what every status code means.
struct ColumnsFile: Encodable {
  static let name = OutputCatalogue.columnsName

  private struct TableRecord: Encodable {
    let file: String
    let row: String
    let columns: [ColumnRecord]
  }

  private struct StatusRecord: Encodable {
    let code: String
    let meaning: String
  }

  private let tables: [TableRecord]
  private let statuses: [StatusRecord]

  init(_ tables: [RunTable]) {
    self.tables = tables.map {
      TableRecord(file: $0.name, row: $0.description, columns: $0.records)
    }
    statuses = Status.codes.map { StatusRecord(code: $0.code, meaning: $0.meaning) }
  }
}
