import Mismatch

/// An Arrow stream (IPC) as delimited text: a line of the columns' names, and one for each row.
///
/// A stream is a schema, batches of rows and of the texts of dictionaries, and a mark at its end. A file of the
/// same format (Feather) is such a stream between `ARROW1` and a list of its parts. All that the stream says of itself is checked
/// before it is used, and a stream without its end is refused.
final class ArrowText {
  private let path: String
  private var input: ArrowInput
  private let isFile: Bool
  private var rows = ArrowRows()
  private var givenCount = 0
  private var fields: [ArrowField] = []
  private var dictionaries: [Int64: ArrowDictionary] = [:]
  private var batch: (columns: [ArrowColumn], rowCount: Int, held: [AnyObject])?
  private var row = 0
  /// Rows that were written so far.
  private var rowCount = 0
  private var isAtEnd = false

  /// Marks with which streams and files begin.
  static let streamMark: [UInt8] = [0xff, 0xff, 0xff, 0xff]
  static let fileMark = Array("ARROW1".utf8)

  /// The text of a stream of which `head` was read.
  ///
  /// - Parameter bring: brings the bytes behind it.
  /// - Throws: ``Failure`` (`badData`) where no schema follows that can be read.
  init(path: String, after head: ArraySlice<UInt8>, _ bring: ArrowInput.Bring) throws {
    self.path = path
    isFile = head.starts(with: ArrowText.fileMark)
    input = ArrowInput(after: isFile ? head.dropFirst(8) : head)
    try explaining { try readSchema(bring) }
  }

  /// Why columns cannot be read, by their place.
  private(set) var refusals: [Int: Failure] = [:]

  /// Brings the next bytes of text; 0 behind the end.
  ///
  /// - Throws: ``Failure`` (`badData`) where the stream is damaged, or ends without its end.
  func read(into output: UnsafeMutableRawBufferPointer, _ bring: ArrowInput.Bring) throws -> Int {
    while givenCount == rows.count {
      rows.removeAll()
      givenCount = 0
      guard try explaining({ try writeRows(bring) }) else { return 0 }
    }
    let count = min(output.count, rows.count - givenCount)
    output.copyMemory(from: UnsafeRawBufferPointer(start: rows.bytes + givenCount, count: count))
    givenCount += count
    return count
  }

  /// Bytes of a message without its body.
  private static let messageLimit = 1 << 24
  /// Bytes of text that are made at once.
  private static let portion = 1 << 16

  /// Writes rows of the current batch, or goes to the next one; false at the end.
  private func writeRows(_ bring: ArrowInput.Bring) throws -> Bool {
    guard let batch, row < batch.rowCount else {
      self.batch = nil
      return try !isAtEnd && readMessage(bring)
    }
    let first = row
    defer { rowCount += row - first }
    try batch.columns.withUnsafeBufferPointer {
      try ArrowText.write($0, &row, to: batch.rowCount, in: &rows)
    }
    return true
  }

  /// Writes rows until there are enough for now.
  private static func write(
    _ columns: UnsafeBufferPointer<ArrowColumn>, _ row: inout Int, to end: Int,
    in rows: inout ArrowRows
  ) throws {
    while row < end, rows.count < portion {
      for place in columns.indices {
        if place > 0 { rows.append(byte: 44) }
        try columns[place].write(row, to: &rows)
      }
      rows.append(byte: 10)
      row += 1
    }
  }

  private func explaining<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let fault as ArrowFault {
      throw Failure(
        .badData, at: Place(file: path, line: fields.isEmpty ? nil : rowCount + 1), fault.found,
        expected: "an Arrow stream (IPC) that is whole", advice: fault.advice)
    }
  }
}

// MARK: Messages

extension ArrowText {
  /// What a message holds, by its number.
  private enum Content: UInt8 { case schema = 1, dictionary, rows }

  private func readSchema(_ bring: ArrowInput.Bring) throws {
    guard let message = try nextMessage(bring)?.0, let schema = try message.table(2),
      try message.number(1, default: UInt8(0)) == Content.schema.rawValue
    else { throw ArrowFault("the Arrow stream does not begin with a schema") }
    fields = try ArrowField.columns(of: schema)
    for (place, field) in fields.enumerated() {
      if place > 0 { rows.append(byte: 44) }
      var name = field.name
      name.withUTF8 { rows.append(field: UnsafeRawBufferPointer($0)) }
      guard case .other(let name, let advice) = field.kind else { continue }
      refusals[place] = Failure(
        .badData, at: Place(file: path, column: place + 1),
        "the column \"\(field.name)\" is of the type \(name)", expected: "texts, numbers or dates",
        advice: "Where the stream is made, \(advice)")
    }
    rows.append(byte: 10)
  }

  /// Takes up the next message; false at the end of the stream.
  private func readMessage(_ bring: ArrowInput.Bring) throws -> Bool {
    guard let (message, body, count) = try nextMessage(bring) else {
      isAtEnd = true
      try readBehindEnd(bring)
      return false
    }
    guard let content = try message.table(2) else { throw ArrowFault.damaged }
    switch Content(rawValue: try message.number(1, default: UInt8(0))) {
    case .rows:
      try open(ArrowBatch(content, body, count: count, at: Place(file: path, line: rowCount + 1)))
    case .dictionary: try readDictionary(content, body, count)
    default: throw ArrowFault("a message of the Arrow stream holds no rows")
    }
    return true
  }

  private func open(_ batch: ArrowBatch) throws {
    var batch = batch
    var columns: [ArrowColumn] = []
    for field in fields {
      columns.append(try ArrowColumn(field, of: &batch, dictionary: dictionary(of: field)))
    }
    guard batch.isAtEnd else { throw ArrowFault.damaged }
    self.batch = (columns, batch.rowCount, batch.held)
    row = 0
  }

  private func dictionary(of field: ArrowField) throws -> ArrowDictionary? {
    guard let id = field.dictionary?.id, field.holdsValues else { return nil }
    guard let dictionary = dictionaries[id] else {
      throw ArrowFault("the dictionary of the column \"\(field.name)\" is missing")
    }
    return dictionary
  }

  private func readDictionary(_ content: FlatTable, _ body: ArrowBody, _ count: Int) throws {
    let id = try content.number(0, default: Int64(0))
    guard let field = fields.first(where: { $0.dictionary?.id == id && $0.holdsValues }),
      let table = try content.table(1)
    else { return }
    var batch = try ArrowBatch(table, body, count: count, at: Place(file: path))
    let column = try ArrowColumn(field.kind, of: &batch)
    guard batch.isAtEnd, field.kind != .null || batch.rowCount == 0 else {
      throw ArrowFault.damaged
    }
    let isMore = try content.isTrue(2)
    let dictionary = (isMore ? dictionaries[id] : nil) ?? ArrowDictionary()
    try dictionary.append(column, rowCount: batch.rowCount)
    dictionaries[id] = dictionary
    withExtendedLifetime(batch) {}
  }

  /// The next message with the bytes behind it; nil for the mark at the end.
  private func nextMessage(_ bring: ArrowInput.Bring) throws -> (FlatTable, ArrowBody, count: Int)?
  {
    let (mark, markCount) = try input.take(8, bring)
    guard markCount > 0 else {
      throw ArrowFault(
        "the Arrow stream ends without its end-of-stream mark, so it was cut",
        advice: "Look at what the program that writes it reports, and write it again")
    }
    let isMark = mark.bytes.prefix(4).elementsEqual(ArrowText.streamMark)
    guard markCount == 8 else { throw cut }
    guard isMark else {
      throw isFile
        ? ArrowFault(
          "the parts of the Arrow file do not follow one another",
          advice: "Write it as a stream: `new_stream`, `write_ipc_stream`") : ArrowFault.damaged
    }
    let length = Int(
      Int32(littleEndian: mark.bytes.loadUnaligned(fromByteOffset: 4, as: Int32.self)))
    guard length != 0 else { return nil }
    guard length > 0 else { throw ArrowFault.damaged }
    guard length <= ArrowText.messageLimit else {
      throw ArrowFault("the Arrow stream has more columns than can be read")
    }
    let (head, headCount) = try input.take(length, bring)
    guard headCount == length else { throw cut }
    let message = try FlatTable(rootOf: Array(head.bytes.prefix(headCount)))
    guard try message.number(0, default: Int16(0)) >= 3 else {
      throw ArrowFault("the Arrow stream is of a version before 1.0")
    }
    let bodyLength = Int(try message.number(3, default: Int64(0)))
    guard bodyLength >= 0 else { throw ArrowFault.damaged }
    let (body, count) = try input.take(bodyLength, bring)
    guard count == bodyLength else { throw cut }
    return (message, body, count)
  }

  private var cut: ArrowFault {
    ArrowFault(
      "the Arrow stream ends within a message, so it was cut",
      advice: "Look at what the program that writes it reports, and write it again")
  }

  /// Makes sure that nothing follows a stream, and that a file is whole.
  private func readBehindEnd(_ bring: ArrowInput.Bring) throws {
    let (rest, count) = try input.take(isFile ? 1 << 28 : 1, bring)
    guard isFile else {
      guard count == 0 else {
        throw ArrowFault(
          "bytes follow the end of the Arrow stream", advice: "Write several streams apart")
      }
      return
    }
    let mark = rest.bytes.prefix(count).suffix(ArrowText.fileMark.count)
    guard mark.elementsEqual(ArrowText.fileMark) else { throw cut }
  }
}
