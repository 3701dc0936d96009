import Mismatch

extension Reader {
  /// Tables with a title block above and notes below, as in workbooks of ONS and DfE.
  static let titledTable = Reader(
    name: "titled-table",
    summary: "a table with titles above its headings and notes below it",
    recognises: { records in
      let records = records.filter { !$0.isBlank }
      guard let first = records.first, let place = TitledTable.headerIndex(in: records), place > 0
      else { return false }
      let count = first.filled.count
      let hasBlanks = count < first.cells.count
      return count == 1
        || (count == 2 && hasBlanks && records[place].filled.count > 2 * count)
    },
    open: { records, job in try TitledTable(records, headerLines: job.headerLines) })
}

/// The rows between a table's headings and its notes.
final class TitledTable: LaidOutTable {
  /// How many records may stand above the headings.
  private static let titleLimit = 200

  private(set) var header: [String] = []
  private(set) var headerLine = 1
  private let window: RecordWindow
  private var headingCount = 0
  private var hasRows = false
  /// How many cells the last row or the last heading has.
  private var lastCount = 0
  /// The line of the record that ended the table.
  private var endLine: Int?

  init(_ records: any RecordStream, headerLines: [Int]) throws {
    window = RecordWindow(records)
    let headings = try headerLines.isEmpty ? foundHeadings() : headings(at: headerLines)
    headerLine = headings.first?.line ?? 1
    lastCount = headings.last?.cells.count ?? 0
    let width = headings.map { ($0.filled.last ?? 0) + 1 }.max() ?? 0
    let names = (0..<width).map { cell in
      headings.map { $0.cell(cell).asHeading }.filter { !$0.isEmpty }.joined(separator: " | ")
    }
    header = names
    headingCount = names.filter { !$0.isEmpty }.count
  }

  // MARK: Headings

  /// Which of these records, blank ones left out, is the first that equally placed ones follow.
  static func headerIndex(in records: [RawRecord]) -> Int? {
    let places = records.map(\.filled)
    return places.indices.first { index in
      isHeader(
        places[index], index + 1 < places.count ? places[index + 1] : nil,
        index + 2 < places.count ? places[index + 2] : nil)
    }
  }

  private static func isHeader(_ places: [Int], _ next: [Int]?, _ second: [Int]?) -> Bool {
    guard places.count > 1, let next, isPlaced(next, as: places) else { return false }
    guard let second, second.count > 1 else { return true }
    return isPlaced(second, as: places)
  }

  /// Whether cells stand where headings do; labels may have none.
  private static func isPlaced(_ places: [Int], as headings: [Int]) -> Bool {
    places.count > 1 && 2 * places.count >= headings.count
      && Set(places).isSubset(of: Set(headings).union([0]))
  }

  private func foundHeadings() throws -> [RawRecord] {
    for _ in 0..<TitledTable.titleLimit {
      guard let record = try window.next() else { break }
      if TitledTable.isHeader(
        record.filled, try window.peek()?.filled, try window.peek(1)?.filled)
      {
        return [record]
      }
    }
    throw Failure(
      .badData, at: Place(file: window.path), "no row of headings was found",
      expected: "a row with two or more texts, and below it rows filled in the same places",
      advice: "Name its line: `header: 5`")
  }

  private func headings(at lines: [Int]) throws -> [RawRecord] {
    var headings: [RawRecord] = []
    while let record = try window.peek(), record.line <= lines[lines.count - 1] {
      if lines.contains(record.line) { headings.append(record) }
      _ = try window.next()
    }
    let missing = lines.filter { line in !headings.contains { $0.line == line } }
    if let line = missing.first {
      throw Failure(
        .badData, at: Place(file: window.path, line: line),
        "no row of headings begins on line \(line)",
        expected: "a row that is not blank, as the job's `header` says",
        advice: "A field with line breaks covers several lines: name the first one")
    }
    return headings
  }

  // MARK: Rows

  func next() throws -> LaidOutRow? {
    while true {
      let isApart = try window.isNextApart()
      guard let record = try window.next() else { return nil }
      let places = record.filled
      if let endLine {
        if isFull(places) { throw rowsFollow(record, endLine) }
        continue
      }
      guard places.count > 1, !isApart || isFull(places) || !hasRows else {
        if places != [0] || hasRows { endLine = record.line }
        continue
      }
      hasRows = true
      try window.verifyWhole(record, besides: lastCount)
      lastCount = record.cells.count
      return try row(record, places)
    }
  }

  /// Whether a record fills as many cells as a row of the table would.
  private func isFull(_ places: [Int]) -> Bool {
    places.count > 1 && 2 * places.count >= headingCount
  }

  private func row(_ record: RawRecord, _ places: [Int]) throws -> LaidOutRow {
    if let last = places.last, last >= header.count {
      throw Failure(
        .badData, at: window.place(record, last),
        "\"\(record.text(last))\" stands under no heading",
        expected: "\(header.count) cells at most, as in the headings on line \(headerLine)",
        advice: "Look for an unquoted delimiter, or name the headings' line: `header: N`")
    }
    return LaidOutRow(
      line: record.line, column: nil,
      fields: header.indices.map { record.cell($0).withoutNoteMarkers })
  }

  private func rowsFollow(_ record: RawRecord, _ endLine: Int) -> Failure {
    Failure(
      .badData, at: window.place(record),
      "rows follow below the table, which ends at line \(endLine)",
      expected: "notes, or nothing; the headings are on line \(headerLine)",
      advice: "If the headings are others, name their lines (`header: [4, 5]`); if a second table "
        + "begins here, save it in a file of its own")
  }
}

extension RawRecord {
  /// A cell's text as it stands, empty past the last cell.
  fileprivate func cell(_ index: Int) -> String { index < cells.count ? cells[index] : "" }
}

extension String {
  /// A heading without `[note 1]`, line breaks and spaces around it.
  fileprivate var asHeading: String {
    var text = ""
    for part in withoutNoteMarkers.split(whereSeparator: \.isNewline) {
      let words = String(part).trimmed()
      if !words.isEmpty { text += (text.isEmpty ? "" : " ") + words }
    }
    return text
  }

  /// The text without markers such as `[note 1]` and `[Note 2, 3]`, and without spaces before them.
  fileprivate var withoutNoteMarkers: String {
    guard utf8.contains(91) else { return self }
    var rest = self[...]
    var text = ""
    while let open = rest.firstIndex(of: "[") {
      text += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "]") else { break }
      let marker = rest[open...close].lowercased()
      if marker.hasPrefix("[note ") || marker.hasPrefix("[notes ") {
        while text.last == " " { text.removeLast() }
      } else {
        text += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }
}
