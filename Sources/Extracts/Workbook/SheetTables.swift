import Mismatch

/// Sheets of one workbook as one table, one after another, with the sheet's name in a last column.
final class SheetTables: LaidOutTable {
  /// The last column's name.
  static let sheetColumn = "[sheet]"

  let header: [String]
  private let open: (String) throws -> any LaidOutTable
  private var current: (name: String, table: any LaidOutTable)
  private var rest: ArraySlice<String>
  private let workbook: Workbook

  /// The table of these sheets.
  ///
  /// - Parameters:
  ///   - sheets: at least one.
  ///   - open: the table of one sheet.
  init(
    _ workbook: Workbook, sheets: [String], open: @escaping (String) throws -> any LaidOutTable
  ) throws {
    guard let first = sheets.first else {
      throw Failure(.badData, at: Place(file: workbook.path), "the workbook has no sheets")
    }
    self.workbook = workbook
    self.open = open
    let table = try open(first)
    current = (first, table)
    header = table.header + [SheetTables.sheetColumn]
    rest = sheets.dropFirst()
  }

  /// Those of the sheets that were read to their end.
  private var earlierBlocks: [TableBlock] = []

  var blocks: [TableBlock] { earlierBlocks + current.table.blocks }

  var path: String? { workbook.place(of: current.name).file }

  /// The next row of the current sheet or of one of those behind it.
  ///
  /// - Throws: ``Failure`` (`badData`) where a sheet's columns are not the first sheet's.
  func next() throws -> LaidOutRow? {
    while true {
      if let row = try current.table.next() {
        return LaidOutRow(
          line: row.line, column: row.column, fields: row.fields + [current.name], shown: row.shown)
      }
      guard let name = rest.popFirst() else { return nil }
      let table = try open(name)
      try compare(table.header, of: name)
      earlierBlocks += current.table.blocks
      current = (name, table)
    }
  }

  private func compare(_ other: [String], of name: String) throws {
    let known = Array(header.dropLast())
    guard !known.areSpelt(as: other) else { return }
    let column =
      zip(known, other).enumerated().first { !$1.0.isSpelt(as: $1.1) }?.offset
      ?? min(known.count, other.count)
    let found = column < other.count ? "\"\(other[column])\"" : "missing"
    throw Failure(
      .badData, at: workbook.place(of: name), "column \(column + 1) is \(found)",
      expected: column < known.count
        ? "\"\(known[column])\", as in the first sheet that is read"
        : "none, as in the first sheet",
      advice: "Read sheets of the same layout together, and others separately: `sheet:`")
  }
}

/// A plain table in a sheet: its header is the first record that is not blank.
final class PlainSheetTable: LaidOutTable {
  let header: [String]
  private(set) var blocks: [TableBlock]
  private let records: any RecordStream
  /// A record behind the header that was looked at.
  private var waiting: RawRecord?

  /// The table in the records.
  ///
  /// - Throws: ``Failure`` (`badData`) where the sheet is empty, or holds one text alone.
  init(_ records: any RecordStream) throws {
    while let record = try records.next() {
      guard record.isBlank else {
        let text = record.filled.first.map { record.text($0) } ?? ""
        if record.filled.count == 1, text.contains(" ") {
          waiting = try records.next()
          guard waiting != nil else {
            throw TextKind.message.refusal(
              quoting: text, at: Place(file: records.path, line: record.line))
          }
        }
        header = record.keys
        blocks = [TableBlock(headerLines: [record.line])]
        self.records = records
        return
      }
    }
    throw Failure(
      .badData, at: Place(file: records.path), "the sheet is empty",
      expected: "a header row and rows")
  }

  /// The next row that is not blank, with empty fields where it ends early.
  ///
  /// - Throws: ``Failure`` (`badData`) for a row with more cells than the header.
  func next() throws -> LaidOutRow? {
    while let record = try waiting ?? records.next() {
      waiting = nil
      guard !record.isBlank else { continue }
      if header.count > 2, record.filled == [0], NoteText.isNote(record.text(0)) {
        blocks[0].note(below: record)
        continue
      }
      guard record.cells.count <= header.count else {
        throw Failure(
          .badData, at: Place(file: records.path, line: record.line, column: header.count + 1),
          "the row has \(record.cells.count) cells", expected: "\(header.count), as in the header",
          advice: "Look for a title above the header, or for notes next to the table")
      }
      blocks[0].count(record.line)
      let missing = Array(repeating: "", count: header.count - record.cells.count)
      return LaidOutRow(
        line: record.line, column: nil, fields: record.cells + missing, shown: record.shown)
    }
    return nil
  }
}

extension Workbook {
  /// The sheets that a job's names and patterns name, in the order of the workbook; without any, the
  /// only visible one.
  ///
  /// A pattern finds visible sheets only; a name finds a hidden one too.
  ///
  /// - Throws: ``Failure`` (`badData`) that lists the sheets, where none or too many are left.
  func chosenSheets(_ patterns: [String]) throws -> [String] {
    guard patterns.isEmpty else {
      for pattern in patterns where !sheets.contains(where: { $0.isNamed(by: pattern) }) {
        throw Failure(
          .badData, at: Place(file: path), "no sheet is named \"\(pattern)\"",
          expected: "one of \(listing)")
      }
      return sheets.filter { sheet in patterns.contains { sheet.isNamed(by: $0) } }.map(\.name)
    }
    let visible = sheets.filter { !$0.isHidden }
    guard visible.count == 1 else {
      throw Failure(
        .badData, at: Place(file: path), "the workbook has \(visible.count) sheets: \(listing)",
        expected: "one", advice: "State which: `sheet: \(visible.first?.name ?? "...")`")
    }
    return visible.map(\.name)
  }

  private var listing: String {
    Failure.examples(sheets.map { $0.isHidden ? "\($0.name) (hidden)" : $0.name }, limit: 40)
  }
}

extension SheetName {
  fileprivate func isNamed(by pattern: String) -> Bool {
    name.isSpelt(as: pattern)
      || (!isHidden && pattern.contains("*") && name.matches(wildcard: pattern))
  }
}
