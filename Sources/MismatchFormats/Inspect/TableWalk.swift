import Mismatch

/// Walks over the records of an input and tells table from what stands around it: titles, keys,
/// headers, footnotes, and the same again for every further block.
struct TableWalk {
  /// Header cells of the table, one list per header row.
  private(set) var header: [[String]] = []
  private(set) var blocks: [BlockAccount] = []
  private(set) var raggedCount = 0
  private(set) var firstRaggedLines: [Int] = []
  /// The line of a further table with another header, whose rows are not looked at.
  private(set) var otherTableLine: Int?
  private(set) var hasTable = false

  private let records: any RecordStream
  private var ahead: [RecordShape] = []
  private var isPlain = false
  private var width = 0
  private var headerToSkip = 0
  /// Records since the last row, until it is known whether they are notes or the next preamble.
  private var tail: [RecordShape] = []
  private var hasPeriodRows = true
  private var isAfterGap = false

  private let countsRagged: Bool

  private static let tailLimit = 40

  /// Reads the first records and finds the table in them.
  ///
  /// - Parameter countsRagged: whether records of another width than the header are told, as in text;
  ///   a sheet has no width of its own.
  init(_ records: any RecordStream, countsRagged: Bool) throws {
    self.records = records
    self.countsRagged = countsRagged
    while ahead.count < TableSearch.windowLength, let record = try records.next() {
      ahead.append(RecordShape(record))
    }
    guard let found = TableSearch(ahead) else {
      blocks = [TableWalk.preamble(ahead)]
      return
    }
    hasTable = true
    isPlain = found.isPlain
    header = found.header.map { ahead[$0].record.cells }
    let above = found.header.first ?? found.firstRow
    var block = TableWalk.preamble(ahead[..<above].filter { !$0.isBlank })
    let between = (found.header.last ?? above)..<found.firstRow
    block.title += between.dropFirst().map { ahead[$0] }.filter { !$0.isBlank }.map(\.firstText)
    block.headerLines = found.header.map { ahead[$0].record.line }
    blocks = [block]
    width = max(ahead[found.firstRow < ahead.count ? found.firstRow : above].width, headerWidth)
    ahead.removeFirst(min(ahead.count, found.firstRow))
    ahead.reverse()
  }

  private var headerWidth: Int { header.map { TableWalk.width($0) }.max() ?? 0 }

  private static func width(_ cells: [String]) -> Int {
    (cells.lastIndex { !$0.trimmingSpaces().isEmpty } ?? -1) + 1
  }

  /// The next row of the table; nil at the end of the input.
  mutating func next() throws -> RawRecord? {
    guard hasTable else {
      while try records.next() != nil { continue }
      return nil
    }
    while true {
      if isPlain, ahead.isEmpty, tail.isEmpty {
        guard let record = try records.next() else { return nil }
        if record.cells.count == header.first?.count, !record.isBlank { return count(record) }
        ahead.append(RecordShape(record))
      }
      guard let shape = try nextShape() else { break }
      if otherTableLine != nil { continue }
      if headerToSkip > 0, header.contains(shape.record.cells) {
        blocks[blocks.count - 1].headerLines.append(shape.record.line)
        headerToSkip -= 1
        continue
      }
      if isRow(shape) { return take(shape) }
      try pass(shape)
    }
    closeTail()
    return nil
  }

  private mutating func nextShape() throws -> RecordShape? {
    if let shape = ahead.popLast() { return shape }
    return try records.next().map { RecordShape($0) }
  }

  private mutating func take(_ shape: RecordShape) -> RawRecord {
    if isPlain {
      for notes in tail where !notes.isBlank { noteRagged(notes.record) }
    }
    if tail.contains(where: { !$0.isBlank }), !isPlain { closeTail() }
    tail.removeAll()
    isAfterGap = false
    return count(shape.record)
  }

  /// Counts a row of the table.
  private mutating func count(_ record: RawRecord) -> RawRecord {
    let last = blocks.count - 1
    blocks[last].firstRowLine = blocks[last].firstRowLine ?? record.line
    blocks[last].lastRowLine = record.line
    blocks[last].rowCount += 1
    hasPeriodRows =
      hasPeriodRows && !isPlain && record.cells.first.map { Period($0) != nil } == true
    if isPlain, let count = header.first?.count, record.cells.count != count { noteRagged(record) }
    return record
  }

  private mutating func noteRagged(_ record: RawRecord) {
    guard countsRagged else { return }
    raggedCount += 1
    if firstRaggedLines.count < 5 { firstRaggedLines.append(record.line) }
  }

  /// Whether something stands, or is left free, between the last row and a record.
  private func isApart(_ shape: RecordShape) -> Bool {
    isAfterGap
      || blocks.last?.lastRowLine.map { shape.record.line > $0 + 1 } == true && !isPlain
  }

  private func isRow(_ shape: RecordShape) -> Bool {
    guard !shape.isBlank else { return false }
    if isPlain {
      return shape.filledCount > 1 || shape.record.cells.count == header.first?.count ?? width
    }
    let hasFirst = shape.record.cells.first?.trimmingSpaces().isEmpty == false
    guard hasFirst, shape.filledCount >= 2, !shape.isKeyValue else { return false }
    if width > 2, shape.width <= 2 { return false }
    if let first = header.first, shape.record.cells == first { return false }
    let isApart = isApart(shape)
    if isApart, hasPeriodRows, Period(shape.record.cells.first ?? "") == nil { return false }
    return !isApart || shape.hasFigures || width <= 2
  }

  /// Takes up a record that is no row.
  private mutating func pass(_ shape: RecordShape) throws {
    isAfterGap = true
    if let first = header.first, !shape.isBlank, shape.record.cells == first, !isPlain {
      return startBlock(shape)
    }
    let isOtherHeader =
      !isPlain && width > 2 && shape.filledCount * 2 >= width && !shape.hasFigures
      && tail.contains { !$0.isBlank && $0.filledCount <= 2 } && !hasPeriodRows
    if isOtherHeader {
      otherTableLine = shape.record.line
      return
    }
    guard !shape.isBlank || tail.last?.isBlank == false else { return }
    tail.append(shape)
    if tail.count > TableWalk.tailLimit { closeTail() }
  }

  /// The header again: what stands above it, from the first block's title on, is its preamble.
  private mutating func startBlock(_ shape: RecordShape) {
    let title = blocks.first?.title.first
    let start = tail.firstIndex { $0.firstText == title } ?? tail.endIndex
    let preamble = TableWalk.preamble(Array(tail[start...]))
    tail.removeSubrange(start...)
    closeTail()
    blocks.append(preamble)
    blocks[blocks.count - 1].headerLines = [shape.record.line]
    headerToSkip = header.count - 1
  }

  private mutating func closeTail() {
    let last = blocks.count - 1
    for shape in tail where !shape.isBlank {
      if shape.hasFigures, shape.filledCount > 2 {
        blocks[last].summaryRowCount += 1
      } else if blocks[last].footnotes.count < TableWalk.tailLimit {
        blocks[last].footnotes.append(
          shape.record.cells.map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
            .joined(separator: " | "))
      }
    }
    tail.removeAll()
  }

  /// Titles and key/value lines.
  private static func preamble(_ shapes: [RecordShape]) -> BlockAccount {
    var block = BlockAccount()
    for shape in shapes where !shape.isBlank {
      let texts = shape.record.cells.map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
      if texts.count == 2, shape.width == 2 {
        block.keys.append(KeyValue(key: keyName(texts[0]), value: texts[1]))
      } else {
        block.title.append(texts.joined(separator: " | "))
      }
    }
    return block
  }

  private static func keyName(_ text: String) -> String {
    (text.hasSuffix(":") ? String(text.dropLast()) : text).trimmingSpaces()
  }
}
