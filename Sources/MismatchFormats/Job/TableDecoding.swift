import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keys that every part of a job that reads a file understands.
let tableKeys = ["file", "member", "sheet", "reader", "header", "where", "trim", "delimiter"]

extension JobNode {
  /// What is read: `file`, `member`, `sheet`, `reader`, `header`, `where`, `trim`, `delimiter`.
  func table(_ keys: [String: JobNode], folder: String) throws -> TableJob {
    let file = try keys.required("file", of: self)
    let headerLines = try keys["header"]?.headerLines(besides: keys["reader"]) ?? []
    return TableJob(
      files: try file.someItems().flatMap { try $0.inputFiles(folder: folder) },
      delimiter: try keys["delimiter"]?.delimiter(),
      readerName: headerLines.isEmpty
        ? try keys["reader"]?.readerName() : Reader.titledTable.name,
      sheets: try keys["sheet"]?.texts() ?? [],
      member: try keys["member"]?.text(),
      headerLines: headerLines,
      trimsFields: try keys["trim"]?.boolean() ?? false,
      filters: try keys["where"]?.filters() ?? [])
  }

  /// A code's origin: a column, `{ column:, match: }`, or `{ constant: }`.
  ///
  /// - Parameter mayHaveName: whether `name` may stand beside `column`.
  func key(mayHaveName: Bool = false) throws -> KeyJob {
    guard isMapping else { return .column(try text(), match: nil) }
    let keys = try keyed(["column", "match", "constant"] + (mayHaveName ? ["name"] : []))
    if let constant = keys["constant"] {
      guard keys.count == 1 else { throw wrong(expected: "either `column` or `constant`") }
      return .constant(try constant.text())
    }
    return .column(
      try keys.required("column", of: self).text(), match: try keys["match"]?.pattern())
  }

  /// The column of names beside that of a code; nil where the job says none.
  func nameOfKey() throws -> String? {
    guard isMapping else { return nil }
    return try keyed(["column", "match", "constant", "name"])["name"]?.text()
  }

  func pattern() throws -> TextPattern {
    try TextPattern(try text(), at: place)
  }

  /// One line number, or several that follow one another: for the reader of titled tables only.
  private func headerLines(besides reader: JobNode?) throws -> [Int] {
    let titledTable = Reader.titledTable.name
    if let reader, try reader.readerName() != titledTable {
      throw reader.wrong(expected: "\(titledTable), or no `reader`, where `header` is given")
    }
    let expected = "a line number counted from 1, or a list of lines that follow one another"
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

  private func readerName() throws -> String {
    let name = try text()
    guard Reader.names.contains(name) else {
      throw Failure.unknown("reader", name, known: Reader.names, at: place)
    }
    return name
  }

  private func delimiter() throws -> UInt8 {
    switch try text() {
    case "comma": 44
    case "tab": 9
    default: throw wrong(expected: "comma or tab")
    }
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

  /// The file of that name, or the files that a pattern with `*`, `?` or `[` matches, by name.
  private func inputFiles(folder: String) throws -> [InputFile] {
    let name = try text()
    let path = name.asPath(in: folder)
    guard name.contains(where: { "*?[".contains($0) }), access(path, F_OK) != 0 else {
      return [InputFile(name: name, path: path)]
    }
    let parts = name.split(separator: "/")
    let firstPattern = parts.firstIndex { $0.contains { "*?[".contains($0) } } ?? parts.endIndex
    // Down and up again, a search could go on for ever.
    guard !parts[firstPattern...].contains("..") else {
      throw wrong(expected: "a pattern without `..` behind its first `*`, `?` or `[`")
    }
    var found = glob_t()
    defer { globfree(&found) }
    let escaped = folder.map { "*?[\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    guard glob(name.asPath(in: escaped), 0, nil, &found) == 0, let paths = found.gl_pathv else {
      throw Failure(.inputOutput, at: place, "no file matches \"\(name)\"")
    }
    let prefix = path.dropLast(name.count)
    let matches = (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
    return Codebook.sorted(matches).map {
      InputFile(name: String($0.dropFirst(prefix.count)), path: $0)
    }
  }
}
