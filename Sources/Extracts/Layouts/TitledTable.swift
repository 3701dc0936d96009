import Mismatch

extension Reader {
  /// Tables with a title block above and notes below, as in workbooks of ONS and DfE.
  package static let titledTable = Reader(
    name: "titled-table",
    summary: "a table with titles above its headings and notes below it",
    recognises: { records in
      let records = records.filter { !$0.isBlank }
      guard let first = records.first else { return false }
      let count = first.filled.count
      guard count == 1 || (count == 2 && count < first.cells.count) else { return false }
      let place = records.indices.first { place in
        TitledTable.headingCount { distance in
          place + distance < records.count ? records[place + distance] : nil
        } != nil
      }
      guard let place, place > 0 else { return false }
      return count == 1 || records[place].filled.count > 2 * count
    },
    open: { records, job in try TitledTable(records, headerLines: job.headerLines) })
}

/// The rows between a table's headings and its notes.
final class TitledTable: LaidOutTable {
  /// How many records may stand above the headings.
  private static let titleLimit = 200

  private(set) var header: [String] = []
  private var block = TableBlock()
  private let window: RecordWindow
  private var headingCount = 0
  /// How many cells the last row or the last heading has.
  private var lastCount = 0
  /// The line of the record that ended the table.
  private var endLine: Int?

  init(_ records: any RecordStream, headerLines: [Int]) throws {
    window = RecordWindow(records)
    let headings = try headerLines.isEmpty ? foundHeadings() : headings(at: headerLines)
    block.headerLines = headings.map(\.line)
    lastCount = headings.last?.cells.count ?? 0
    let width = headings.map { ($0.filled.last ?? 0) + 1 }.max() ?? 0
    let names = (0..<width).map { cell in
      headings.map { $0.heading(cell).asHeading }.filter { !$0.isEmpty }.joined(separator: " | ")
    }
    header = names
    headingCount = names.filter { !$0.isEmpty }.count
  }

  var blocks: [TableBlock] { [block] }

  // MARK: Headings

  /// How many records of headings begin here; nil where none do.
  ///
  /// Headings are texts, or a lone year, that equally placed cells follow. Further records of texts belong to
  /// them where figures come after; a label may stand alone between headings and rows.
  ///
  /// - Parameter peek: the record at a distance, blank ones left out; nil past the end.
  static func headingCount(_ peek: (Int) throws -> RawRecord?) rethrows -> Int? {
    guard let places = try peek(0)?.filled, let last = places.last, last > 0 else { return nil }
    var below: [RawRecord] = []
    for distance in 1...5 {
      guard let record = try peek(distance) else { break }
      below.append(record)
    }
    let rows = below.first?.filled == [0] ? below.dropFirst() : below[...]
    guard let next = rows.first, isPlaced(next.filled, as: places) else { return nil }
    if places.count == 1 {
      let isYear = try peek(0).map { Period($0.text(last))?.kind == .calendarYear } ?? false
      return isYear && FigureText.isNumber(next.text(last)) ? 1 : nil
    }
    if let second = rows.dropFirst().first?.filled, second.count > 1, !isPlaced(second, as: places)
    {
      return nil
    }
    return 1 + furtherCount(below, under: try peek(0))
  }

  /// How many of the records below the first headings are headings too.
  ///
  /// They hold texts above the figures, and only one of all headings names the labels: a first row whose
  /// count is withheld has a label of its own.
  private static func furtherCount(_ below: [RawRecord], under first: RawRecord?) -> Int {
    var hasLabel = first?.text(0).isEmpty == false || first?.hasFigures == true
    let further = below.prefix { record in
      guard record.filled.count > 1, !record.hasFigures, !hasLabel || record.text(0).isEmpty else {
        return false
      }
      hasLabel = hasLabel || !record.text(0).isEmpty
      return true
    }
    let rows = below[further.count...].drop { $0.filled == [0] }.prefix(2)
    guard let row = rows.first, rows.allSatisfy(\.hasFigures) else { return 0 }
    let figures = row.filled.filter { $0 > 0 && FigureText.isNumber(row.text($0)) }
    return further.prefix { Set($0.filled).intersection(figures).count * 2 >= figures.count }.count
  }

  /// Whether cells stand where headings do; labels, in the cells before the second heading, may have none.
  private static func isPlaced(_ places: [Int], as headings: [Int]) -> Bool {
    let figures = places.filter { $0 > 0 && $0 >= headings[0] }
    return places.count > 1 && 2 * places.count >= headings.count && !figures.isEmpty
      && Set(figures).isSubset(of: headings)
  }

  private func foundHeadings() throws -> [RawRecord] {
    for _ in 0..<TitledTable.titleLimit {
      if let count = try TitledTable.headingCount({ try window.peek($0) }) {
        return try (0..<count).compactMap { _ in try window.next() }
      }
      guard let record = try window.next() else { break }
      block.note(above: record)
    }
    throw Failure(
      .badData, at: Place(file: window.path), "no row of headings was found",
      expected: "a row with two or more texts, and below it rows filled in the same columns",
      advice: "Give its line: `header: 5`")
  }

  private func headings(at lines: [Int]) throws -> [RawRecord] {
    var headings: [RawRecord] = []
    while let record = try window.peek(), record.line <= lines[lines.count - 1] {
      if lines.contains(record.line) { headings.append(record) } else { block.note(above: record) }
      _ = try window.next()
    }
    let missing = lines.filter { line in !headings.contains { $0.line == line } }
    if let line = missing.first {
      throw Failure(
        .badData, at: Place(file: window.path, line: line),
        "no row of headings begins on line \(line)",
        expected: "a row that is not blank, as the job's `header` says",
        advice: "A field with line breaks covers several lines: give the first one")
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
        block.note(below: record)
        continue
      }
      let hasRows = block.rowCount > 0
      guard places.count > 1, !isApart || isFull(places) || !hasRows else {
        if places == [0], !hasRows {
          block.note(above: record)
        } else {
          endLine = record.line
          block.note(below: record)
        }
        continue
      }
      block.count(record.line)
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
        "\"\(record.text(last))\" has no heading",
        expected: "\(header.count) cells at most, as in the headings on line \(headerLine)",
        advice: "Look for an unquoted delimiter, or give the line of the headings: `header: N`")
    }
    return LaidOutRow(
      line: record.line, column: nil,
      fields: header.indices.map { record.cell($0).withoutNoteMarkers }, shown: record.shown)
  }

  private func rowsFollow(_ record: RawRecord, _ endLine: Int) -> Failure {
    Failure(
      .badData, at: window.place(record),
      "rows follow below the table, which ends at line \(endLine)",
      expected: "notes, or nothing; the headings are on line \(headerLine)",
      advice: "If the headings are elsewhere, give their lines "
        + "(`header: [4, 5]`); if a second table "
        + "begins here, save it in a separate file")
  }
}

extension RawRecord {
  /// Whether numbers and marks fill at least half of the cells that are filled behind the first.
  fileprivate var hasFigures: Bool {
    let texts = cells.indices.dropFirst().map { text($0) }.filter { !$0.isEmpty }
    let count = texts.count { FigureText.isNumber($0) || Markers.isMark($0) }
    return count > 0 && count * 2 >= texts.count
  }

  /// A cell's text as a heading shows it.
  fileprivate func heading(_ index: Int) -> String {
    let texts = keys
    return index < texts.count ? texts[index] : ""
  }

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
