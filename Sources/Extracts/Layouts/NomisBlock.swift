import Mismatch

/// One of the tables that a Nomis download stacks: what stands above it, and its headings.
struct NomisBlock {
  /// Lines of one text above the table, from its title on.
  let title: [String]
  /// Keys and texts above the table, keys without their padding.
  var pairs: [(key: String, text: String)] = []
  /// One or two records of headings.
  let headings: [RawRecord]

  var line: Int { headings.first?.line ?? 1 }

  /// The block without its rows.
  var account: TableBlock {
    TableBlock(
      title: title, keys: pairs.map { KeyValue(key: $0.key, value: $0.text) },
      labels: headings.map { $0.text(0) }.first { !$0.isEmpty }, headerLines: headings.map(\.line))
  }

  /// The text beside the first key that `matches`.
  package func text(_ matches: (String) -> Bool) -> String? {
    pairs.first { matches($0.key) }?.text
  }

  /// Goes past titles, keys and notes to the next table's first row; nil where none is left.
  ///
  /// - Parameter notes: takes up what stands below the table before.
  /// - Throws: ``Failure`` (`badData`) for a row of figures that no heading stands above.
  static func next(in window: RecordWindow, notes: inout [RawRecord]) throws -> NomisBlock? {
    var pairs: [(key: String, text: String)] = []
    var start = 0
    while let record = try window.peek() {
      let filled = record.filled
      if filled.count == 1 {
        if record.text(filled[0]).hasPrefix(NomisNames.copyright) {
          pairs = []
          start = max(0, notes.count - 1)
        }
        notes.append(record)
      } else if filled == [0, 1], try isPair(record, window) {
        pairs.append((NomisNames.key(record.text(0)), record.text(1)))
      } else if let count = try headingCount(record, window) {
        var headings: [RawRecord] = []
        for _ in 0..<count { headings += try [window.next()].compactMap { $0 } }
        let title = notes[start...].map { $0.text($0.filled[0]) }
        notes.removeSubrange(start...)
        return NomisBlock(title: title, pairs: pairs, headings: headings)
      } else if isLoose(record) {
        throw Failure(
          .badData, at: window.place(record), "a row of figures has no heading",
          expected: "notes, or the title, keys and headings of another table",
          advice: "An empty row or a note splits the table above it")
      }
      _ = try window.next()
    }
    return nil
  }

  /// Whether a record with two texts is a key and its text rather than a heading over figures.
  private static func isPair(_ record: RawRecord, _ window: RecordWindow) throws -> Bool {
    if record.text(0).hasSuffix(":") { return true }
    if try !window.isNextApart() { return true }
    var figureCount = 0
    for distance in 1...3 {
      guard let next = try window.peek(distance), next.filled.count > 1 else { break }
      if next.filled != [0, 1] || !FigureText.isFigure(next.text(1)) { return true }
      figureCount += 1
    }
    return figureCount == 0
  }

  /// How many records of headings begin here; nil where no figures follow them.
  private static func headingCount(_ record: RawRecord, _ window: RecordWindow) throws -> Int? {
    guard !isLoose(record), let second = try window.peek(1) else { return nil }
    if second.isFigures {
      return record.text(0).isEmpty && !isMatrix(record, over: second) ? nil : 1
    }
    guard record.text(0).isEmpty != second.text(0).isEmpty, let third = try window.peek(2),
      third.isFigures
    else { return nil }
    return 2
  }

  /// Whether a heading with an empty corner names the label of the row below it: areas stand down and across.
  static func isMatrix(_ heading: RawRecord, over row: RawRecord) -> Bool {
    heading.text(0).isEmpty
      && heading.filled.contains { heading.text($0).isSpelt(as: row.text(0)) }
  }

  /// Whether a record holds figures that are no periods, so that it is no heading.
  private static func isLoose(_ record: RawRecord) -> Bool {
    record.filled.dropFirst().contains { cell in
      let text = record.text(cell)
      return FigureText.isNumber(text) && !NomisNames.isPeriod(text)
    }
  }
}

/// How the rows of one block are brought into columns.
protocol NomisLayout {
  var header: [String] { get }
  init(_ block: NomisBlock, in window: RecordWindow) throws
  /// The rows that a record of figures makes.
  func rows(of record: RawRecord, at place: (Int?) -> Place) throws -> [LaidOutRow]
}

/// The rows of all blocks of a Nomis download, with the texts of each block's keys.
final class NomisStack<Layout: NomisLayout>: LaidOutTable {
  let header: [String]
  private(set) var blocks: [TableBlock]
  private let window: RecordWindow
  private var block: NomisBlock
  private var layout: Layout
  private var rows: [LaidOutRow] = []
  private var nextRow = 0
  /// How many cells the last row or the last heading has.
  private var lastCount = 0

  init(_ records: any RecordStream) throws {
    window = RecordWindow(records)
    var notes: [RawRecord] = []
    guard let block = try NomisBlock.next(in: window, notes: &notes) else {
      throw Failure(
        .badData, at: Place(file: window.path), "no table was found",
        expected: "a row of headings with rows of figures below it",
        advice: "The download may be empty; for another layout set `reader`")
    }
    self.block = block
    layout = try Layout(block, in: window)
    let own = layout.header
    let names = Set(own.map(Spelling.init))
    header =
      own
      + block.pairs.map { names.contains(Spelling($0.key)) ? "\($0.key) (preamble)" : $0.key }
    blocks = [block.account]
    lastCount = block.headings.last?.cells.count ?? 0
  }

  func next() throws -> LaidOutRow? {
    while nextRow == rows.count {
      nextRow = 0
      guard let record = try window.peek() else { return nil }
      if try isPastTable(record) {
        rows = []
        guard try goToNextBlock() else { return nil }
      } else {
        _ = try window.next()
        rows = try layout.rows(of: record) { window.place(record, $0) }
        try window.verifyWhole(record, besides: lastCount)
        lastCount = record.cells.count
        blocks[blocks.count - 1].count(record.line)
      }
    }
    nextRow += 1
    let row = rows[nextRow - 1]
    return LaidOutRow(
      line: row.line, column: row.column, fields: row.fields + block.pairs.map(\.text))
  }

  /// Whether a record is a note or, behind an empty line, a key of the next table.
  private func isPastTable(_ record: RawRecord) throws -> Bool {
    if record.text(0).isEmpty || record.filled.count == 1 { return true }
    return try window.isNextApart() && record.filled == [0, 1] && record.cells.count < lastCount
  }

  /// Goes to the next block, whose columns must be those of the first one.
  private func goToNextBlock() throws -> Bool {
    var notes: [RawRecord] = []
    let found = try NomisBlock.next(in: window, notes: &notes)
    for note in notes { blocks[blocks.count - 1].note(below: note) }
    guard var next = found else { return false }
    let place = Place(file: window.path, line: next.line)
    let keys = block.pairs.map(\.key)
    guard Codebook.sorted(next.pairs.map(\.key)).areSpelt(as: Codebook.sorted(keys)) else {
      throw Failure(
        .badData, at: place, "the table has the keys " + Failure.examples(next.pairs.map(\.key)),
        expected: "those of the table above: " + Failure.examples(keys),
        advice: "Save the two tables in separate files")
    }
    let order = Dictionary(zip(keys.map(Spelling.init), keys.indices)) { first, _ in first }
    next.pairs.sort { order[$0.key] ?? 0 < order[$1.key] ?? 0 }
    layout = try Layout(next, in: window)
    guard layout.header.areSpelt(as: Array(header.prefix(layout.header.count))),
      header.count == layout.header.count + keys.count
    else {
      throw Failure(
        .badData, at: place, "the columns of the table differ from those of the first one",
        expected: "the same kinds of columns", advice: "Save the two tables in separate files")
    }
    block = next
    blocks.append(next.account)
    lastCount = next.headings.last?.cells.count ?? 0
    return true
  }
}
