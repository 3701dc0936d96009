import Mismatch

/// The rows of one sheet of a workbook that hold anything, as records whose line is the sheet's row.
///
/// Cells behind the last one with a value are left out; those before it that have none are empty. As a key, the
/// lower part of merged cells has the text of the first one; as a figure it has none.
final class SheetRecords: RecordStream {
  /// The file and the sheet, for messages: `file.xlsx[Sheet]`.
  let path: String
  private let markup: Markup
  private let cells: SheetCells
  private let input: any RecordInput

  private var merged: MergedKeys

  /// - Parameter mergedRanges: of the sheet, as ``MergedKeys`` asks for them.
  init(
    _ part: ArchiveMember, cells: SheetCells, input: any RecordInput,
    mergedRanges: @escaping () throws -> [CellRange]
  ) throws {
    path = cells.place.file
    self.cells = cells
    self.input = input
    merged = MergedKeys(mergedRanges)
    markup = try Markup(part, handler: cells)
  }

  var byteCount: Int { input.byteCount }

  func next() throws -> RawRecord? {
    guard try markup.read() else { return nil }
    var record = cells.takeRecord()
    try merged.fill(&record)
    return record
  }

  func finishDigest() throws -> String { try input.finishDigest() }
}

/// Makes one record after another out of a sheet's XML.
final class SheetCells: MarkupHandler {
  /// Longest record, in bytes of text.
  static let recordLimit = DelimitedScanner.recordLimit

  let place: Place
  private let strings: SharedStrings
  private let formats: CellFormats
  private let epoch: DateEpoch

  private var isInData = false
  private var row = 0
  /// The row says its own number; otherwise its first cell may.
  private var isRowNamed = false
  private var previousRow = 0
  private var record: [String] = []
  private var shown: [ShownCell] = []
  private var recordLength = 0
  private var column = 0
  private var type = ""
  private var style = -1
  private var content: [UInt8] = []
  /// Whether the cell has a formula, and no result so far.
  private var lacksResult = false
  private var isCollecting = false
  private var phoneticDepth = 0

  init(place: Place, strings: SharedStrings, formats: CellFormats, epoch: DateEpoch) {
    self.place = place
    self.strings = strings
    self.formats = formats
    self.epoch = epoch
  }

  /// The record of the row that has just ended.
  func takeRecord() -> RawRecord {
    defer {
      // Rows of a sheet are about as long as each other.
      let count = record.count
      record = []
      record.reserveCapacity(count)
    }
    return RawRecord(line: row, cells: record, shown: shown)
  }

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws {
    guard isInData else {
      isInData = name == "sheetData"
      return
    }
    switch name {
    case "row": try beginRow(attributes["r"])
    case "c": try beginCell(attributes)
    case "v", "t":
      isCollecting = phoneticDepth == 0
      // A text may be empty; a number may not.
      if type == "str" { lacksResult = false }
    case "f": lacksResult = true
    case "rPh": phoneticDepth += 1
    default: break
    }
  }

  package func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard isCollecting else { return }
    guard recordLength + content.count + bytes.count <= SheetCells.recordLimit else {
      throw tooLong()
    }
    content.append(contentsOf: bytes)
    lacksResult = false
  }

  func end(_ name: MarkupName) throws -> MarkupStep {
    guard isInData else { return .goOn }
    switch name {
    case "v", "t": isCollecting = false
    case "rPh": phoneticDepth -= 1
    case "c": try endCell()
    case "row":
      previousRow = row
      return record.isEmpty ? .goOn : .pause
    case "sheetData": isInData = false
    default: break
    }
    return .goOn
  }
}

// MARK: Rows and cells

extension SheetCells {
  private func beginRow(_ number: String?) throws {
    record.removeAll(keepingCapacity: true)
    shown.removeAll(keepingCapacity: true)
    recordLength = 0
    column = 0
    isRowNamed = number != nil
    row = previousRow + 1
    guard let number else { return try checkRow() }
    guard let named = Int(number) else { throw damaged("a row is numbered \"\(number)\"") }
    row = named
    try checkRow()
  }

  private func checkRow() throws {
    guard row > previousRow, row <= CellReference.rowLimit else {
      throw damaged(
        row > previousRow
          ? "the sheet goes beyond row \(CellReference.rowLimit)"
          : "row \(row) follows row \(previousRow)")
    }
  }

  private func beginCell(_ attributes: MarkupAttributes) throws {
    content.removeAll(keepingCapacity: true)
    lacksResult = false
    type = attributes["t"] ?? "n"
    style = attributes.bytes("s").flatMap(CellText.count) ?? -1
    guard let reference = attributes.bytes("r") else {
      column += 1
      guard column <= CellReference.columnLimit else {
        throw damaged("the row goes beyond column \(CellReference.columnLimit)")
      }
      return
    }
    guard let cell = CellReference(spelt: reference) else {
      throw damaged("a cell is named \"\(String(decoding: reference, as: UTF8.self))\"")
    }
    column = cell.column
    if !isRowNamed {
      isRowNamed = true
      row = cell.row
      try checkRow()
    }
  }

  private func endCell() throws {
    // Not an empty cell: what it shows is known only once a spreadsheet has calculated it.
    if lacksResult { content = [61] }
    guard !content.isEmpty else { return }
    guard column > 0 else { throw damaged("a row begins inside a cell") }
    let text = try value()
    guard !text.isEmpty else { return }
    recordLength += text.utf8.count
    guard recordLength <= SheetCells.recordLimit else { throw tooLong() }
    while record.count < column { record.append("") }
    guard record[column - 1].isEmpty else { throw damaged("the cell is duplicated") }
    record[column - 1] = text
  }

  /// The cell's text by its type.
  private func value() throws -> String {
    if lacksResult { return plain() }
    switch type {
    case "n": return try number()
    case "s":
      guard let string = sharedNumber.flatMap({ strings[$0] }) else {
        throw damaged("shared text \(plain()) of \(strings.count)")
      }
      return string
    case "b": return content == [49] ? "TRUE" : content == [48] ? "FALSE" : plain()
    case "inlineStr", "str":
      EscapedText.unescape(&content, from: 0)
      return plain()
    case "e", "d": return plain()
    default: throw damaged("a cell of type \"\(type)\"")
    }
  }

  private var sharedNumber: Int? {
    content.withUnsafeBufferPointer(CellText.count) ?? Int(plain().trimmed())
  }

  private func plain() -> String { String(decoding: content, as: UTF8.self) }

  private func number() throws -> String {
    let text = try storedNumber()
    guard !formats.showsDate(style) else { return text }
    guard let format = formats.number(style) else {
      let shown = CellText.withoutNoise(text)
      if shown.utf8.count < text.utf8.count { note(.text(shown)) }
      return text
    }
    switch format.shown(CellText.withoutNoise(text)) {
    case .stored: break
    case .text(let shown): note(.text(shown))
    case .otherwise: note(.otherwise(format: format.code))
    }
    return text
  }

  private func note(_ key: ShownCell.Key) { shown.append(ShownCell(cell: column - 1, key: key)) }

  private func storedNumber() throws -> String {
    let showsDate = formats.showsDate(style)
    if !showsDate, content.withUnsafeBufferPointer(CellText.isShortest) { return plain() }
    let text = plain().trimmed()
    guard let value = Double(text), value.isFinite else {
      throw damaged("a number is \"\(text)\"")
    }
    if showsDate, let date = CellText.date(value, from: epoch) { return date }
    return CellText.number(value)
  }

  private func damaged(_ what: String) -> Failure {
    Failure(
      .badData, at: Place(file: place.file, line: row, column: column > 0 ? column : nil), what,
      expected: "the cells of a sheet as Excel writes them",
      advice: "Fetch the file again, or save it again in Excel")
  }

  private func tooLong() -> Failure {
    Failure(
      .badData, at: Place(file: place.file, line: row, column: column),
      "a record is longer than \(SheetCells.recordLimit >> 20) MiB", expected: "rows of a table",
      advice: "Do not trust this file")
  }
}
