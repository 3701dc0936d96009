import Extracts
import Mismatch

/// Keys that every part of a job that reads a file understands.
package let tableKeys = [
  "file", "source", "member", "sheet", "reader", "header", "where", "trim", "delimiter",
  "decimal", "rows",
]

extension JobNode {
  /// What is read: `file`, `source`, `member`, `sheet`, `reader`, `header`, `where`, `trim`, `delimiter`,
  /// `decimal`, `rows`.
  package func table(_ keys: [String: JobNode], folder: String) throws -> TableJob {
    let file = try keys.required("file", of: self)
    let files = try file.someItems().flatMap {
      try InputFile.named(try $0.text(), in: folder, at: $0.place)
    }
    if let rows = keys["rows"], files.count > 1 {
      throw rows.wrong(expected: "one file, or no `rows`: several files have a number each")
    }
    if let source = keys["source"], files.count != 1 || !files[0].isOnePath {
      throw source.wrong(expected: "one `file` beside it, which is where the extract goes")
    }
    let headerLines = try keys["header"]?.headerLines(besides: keys["reader"]) ?? []
    return TableJob(
      files: files,
      delimiter: try keys["delimiter"]?.delimiter(),
      decimal: try keys["decimal"]?.decimal() ?? .point,
      readerName: headerLines.isEmpty
        ? try keys["reader"]?.readerName() : Reader.titledTable.name,
      sheets: try keys["sheet"]?.texts() ?? [],
      member: try keys["member"]?.text(),
      headerLines: headerLines,
      trimsFields: try keys["trim"]?.boolean() ?? false,
      filters: try keys["where"]?.filters() ?? [],
      announcedRowCount: try keys["rows"]?.rowCount(),
      source: try keys["source"]?.fileSource())
  }

  /// A code's origin: a column, `{ column:, match: }`, or `{ constant: }`.
  ///
  /// - Parameter mayHaveName: whether `name` may stand beside `column`.
  package func key(mayHaveName: Bool = false) throws -> KeyJob {
    guard isMapping else { return .column(try text(), match: nil) }
    let keys = try keyed(["column", "match", "constant"] + (mayHaveName ? ["name"] : []))
    if let constant = keys["constant"] {
      guard keys.count == 1 else { throw wrong(expected: "either `column` or `constant`") }
      let code = try constant.text()
      guard !code.trimmed().isEmpty else { throw constant.wrong(expected: "a code") }
      return .constant(code)
    }
    return .column(
      try keys.required("column", of: self).text(), match: try keys["match"]?.pattern())
  }

  /// A period's origin: as ``key(mayHaveName:)``, or `{ columns: [a year, a part of it] }`.
  package func period() throws -> KeyJob {
    guard isMapping, let columns = try keyed(["column", "match", "constant", "columns"])["columns"]
    else { return try key() }
    let names = try columns.texts()
    guard try pairs().count == 1, names.count > 1 else {
      throw columns.wrong(expected: "two columns or more, and no other key of `\(path)`")
    }
    return .columns(names)
  }

  /// The column of names beside that of a code; nil where the job says none.
  package func nameOfKey() throws -> String? {
    guard isMapping else { return nil }
    return try keyed(["column", "match", "constant", "name"])["name"]?.text()
  }

  package func pattern() throws -> TextPattern {
    try TextPattern(try text(), at: place)
  }

  /// One line number, or several that follow one another: for the reader of titled tables only.
  private func headerLines(besides reader: JobNode?) throws -> [Int] {
    let titledTable = Reader.titledTable.name
    if let reader, try reader.readerName() != titledTable {
      throw reader.wrong(expected: "\(titledTable), or no `reader`, where `header` is given")
    }
    let expected = "a line number counted from 1, or a list of consecutive lines"
    let lines = try items().map { item in
      guard let line = Int(try item.text()), (1..<1 << 32).contains(line) else {
        throw item.wrong(expected: expected)
      }
      return line
    }
    guard let first = lines.first, lines == Array(first..<first + lines.count) else {
      throw wrong(expected: expected)
    }
    return lines
  }

  private func rowCount() throws -> Int {
    guard let count = Int(try text()), count >= 0 else {
      throw wrong(expected: "the number of rows that the program wrote")
    }
    return count
  }

  private func readerName() throws -> String {
    let name = try text()
    guard Reader.names.contains(name) else {
      throw Failure.unknown("reader", name, known: Reader.names, at: place)
    }
    return name
  }

  private func delimiter() throws -> Delimiter {
    guard let delimiter = Delimiter(named: try text()) else {
      throw wrong(expected: "comma, tab, semicolon or pipe")
    }
    return delimiter
  }

  private func decimal() throws -> DecimalMark {
    guard let mark = DecimalMark(named: try text()) else { throw wrong(expected: "point or comma") }
    return mark
  }

  /// `{ column: text }`, `{ column: [texts] }` or `{ column: { not: texts } }`.
  private func filters() throws -> [FilterJob] {
    try pairs().map { column, value in
      if value.isMapping {
        let excluded = try value.keyed(["not"]).required("not", of: value)
        return FilterJob(column: column, texts: try excluded.spellings(), isExclusion: true)
      }
      return FilterJob(column: column, texts: try value.spellings(), isExclusion: false)
    }
  }
}
