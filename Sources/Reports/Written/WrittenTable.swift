import Extracts
import Foundation
import Jobs
import Mismatch
import Runs

/// A table of a finished run: what `columns.json` says of it, and the rows of its file.
package struct WrittenTable: Sendable {
  /// The name of its file, `.gz` aside.
  package let name: String
  /// What a row stands for, as one sentence.
  package let description: String
  package let columns: [ColumnRecord]
  private let file: InputFile

  fileprivate init(_ record: WrittenTables.TableRecord, file: InputFile) {
    (name, description, columns) = (record.file, record.row, record.columns)
    self.file = file
  }

  /// A table that `columns.json` does not describe: its columns are texts, whatever they hold.
  init(undescribed name: String, file: InputFile) throws {
    (self.name, self.file, description) = (name, file, "")
    let rows = try WrittenTable.open(file)
    columns = rows.header.map {
      ColumnRecord(name: $0, kind: .text, unit: nil, description: "")
    }
  }

  /// Whether the table has a column of this name.
  package func has(_ column: String) -> Bool { columns.contains { $0.name == column } }

  /// Visits the rows in the order of the file, with their texts in these columns, `""` for an empty field.
  ///
  /// - Throws: ``Failure`` (`badData`) where the file lacks one of them or is no table.
  package func eachRow(
    _ names: [String], _ visit: (_ texts: [String]) throws -> Void
  ) throws {
    var rows = try open()
    var places: [Int] = []
    for name in names { places.append(try rows.column(name)) }
    var texts = [String](repeating: "", count: places.count)
    while try rows.next() {
      for (number, place) in places.enumerated() { texts[number] = try rows.text(place) }
      try visit(texts)
    }
  }

  /// Visits the rows with the texts of all columns, by their places: two of a matrix may have one name.
  func eachWholeRow(_ visit: (_ texts: [String]) throws -> Void) throws {
    var rows = try open()
    var texts = [String](repeating: "", count: rows.header.count)
    while try rows.next() {
      for place in texts.indices { texts[place] = try rows.text(place) }
      try visit(texts)
    }
  }

  /// The texts of the first row in these columns; nil where there is none.
  package func firstRow(_ names: [String]) throws -> [String]? {
    var rows = try open()
    let places = try names.map { try rows.column($0) }
    guard try rows.next() else { return nil }
    return try places.map { try rows.text($0) }
  }

  /// How many rows the table has; nil for more than `limit`.
  func rowCount(upTo limit: Int) throws -> Int? {
    var rows = try open()
    var count = 0
    while try rows.next() {
      guard count < limit else { return nil }
      count += 1
    }
    return count
  }

  /// The rows, from the first one on.
  func open() throws -> RowTable { try WrittenTable.open(file) }

  private static func open(_ file: InputFile) throws -> RowTable {
    try RowTable(
      file, of: TableJob(files: [file]),
      scanning: ByteSource(path: file.path, member: nil, onRead: { _ in }), delimiter: 44)
  }
}

/// What `columns.json` of a finished run says.
package struct WrittenTables: Decodable, Sendable {
  struct TableRecord: Decodable {
    let file: String
    let row: String
    let columns: [ColumnRecord]
  }

  package struct StatusRecord: Decodable, Sendable {
    package let code: String
    package let meaning: String
  }

  let tables: [TableRecord]
  /// What each code of a status means.
  package let statuses: [StatusRecord]

  static let none = WrittenTables(tables: [], statuses: [])
}

extension FinishedRun {
  /// What `columns.json` says of the run's tables; nothing where the run did not write it.
  ///
  /// - Throws: ``Failure`` (`badData`) where the file is no such description.
  package func writtenTables() throws -> WrittenTables {
    let path = "\(folder)/\(ColumnsFile.name)"
    guard TextFile.isRegular(path) else { return .none }
    let data = Data(try TextFile.read(path).utf8)
    guard let found = try? JSONDecoder().decode(WrittenTables.self, from: data) else {
      throw Failure(
        .badData, at: Place(file: path), "is not a description of tables by this version",
        advice: "Run the job again")
    }
    return found
  }

  /// A table of the run; nil where it did not write one of this name.
  ///
  /// - Throws: ``Failure`` as ``writtenTables()`` does.
  package func table(_ name: String) throws -> WrittenTable? {
    try tables().first { $0.name == name }
  }

  /// The tables of the run that `columns.json` describes, in its order.
  ///
  /// - Throws: ``Failure`` as ``writtenTables()`` does.
  package func tables() throws -> [WrittenTable] {
    try writtenTables().tables.compactMap { record in
      file(ofTable: record.file).map { WrittenTable(record, file: $0) }
    }
  }

  /// The file of a table, compressed or not; nil where the run wrote none.
  func file(ofTable table: String) -> InputFile? {
    let written = TableFiles.names(ofTable: table).first { name in
      outputs.contains { $0.name == name } && TextFile.isRegular("\(folder)/\(name)")
    }
    return written.map { InputFile(name: $0, path: "\(folder)/\($0)") }
  }
}
