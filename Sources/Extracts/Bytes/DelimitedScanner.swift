import Mismatch

/// Cuts delimited text (RFC 4180) into records and fields, in one pass over a stream.
///
/// Byte order marks before a record are skipped: files that were joined have one within. Records end in LF or CRLF, the last one with or without; quoted fields
/// may hold delimiters, line breaks and doubled quotes. Empty lines are no records. Memory is a window
/// of the stream: a record may be at most ``recordLimit`` bytes long.
struct DelimitedScanner: ~Copyable {
  /// Longest record, in bytes.
  static let recordLimit = 1 << 24

  /// A field of the current record: bytes of the window.
  private struct Field {
    let start: Int
    let count: Int
    /// Holds doubled quotes.
    let isEscaped: Bool
  }

  private enum Step { case record, more, end }

  let source: ByteSource
  let delimiter: UInt8
  /// No byte above it means anything: quotes, line feeds, commas and tabs are below 45.
  private let highest: UInt8
  private var window: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// Whether the window is a block that someone else holds.
  private var isLent = false
  private var nextLine: Int
  /// Whether lines are counted as records behind the first one, whatever line breaks they hold.
  private let countsRows: Bool
  private var fields: [Field] = []
  private var scratch: UnsafeMutablePointer<UInt8>
  private var scratchCapacity = 1 << 12

  /// The line on which the current record begins, counted from 1; of an Arrow stream the row.
  private(set) var line = 0
  /// Whether the text ends within or right behind the current record, without a line break.
  private(set) var isUnended = false

  /// A scanner at the beginning of the text.
  init(_ source: ByteSource, delimiter: UInt8) throws {
    self.source = source
    self.delimiter = delimiter
    highest = max(44, delimiter)
    countsRows = source.isArrow
    nextLine = countsRows ? 0 : 1
    capacity = source.windowSize
    window = .allocate(capacity: capacity)
    scratch = .allocate(capacity: scratchCapacity)
    repeat { try fill() } while end < 2 && !isAtEnd
    if end >= 2, (window[0], window[1]) == (0xff, 0xfe) || (window[0], window[1]) == (0xfe, 0xff) {
      throw Failure(
        .badData, at: Place(file: source.path, line: 1), "the text is UTF-16", expected: "UTF-8",
        advice: "Convert it: iconv -f UTF-16 -t UTF-8")
    }
  }

  deinit {
    if !isLent { window.deallocate() }
    scratch.deallocate()
  }

  var fieldCount: Int { fields.count }

  /// Goes to the next record; false at the end of the text.
  ///
  /// - Throws: ``Failure`` (`badData`) with line and field for a quote that is not closed, that stands
  ///   inside an unquoted field, or that is followed by text, and for a record that is too long.
  mutating func next() throws -> Bool {
    while true {
      switch try scan() {
      case .record:
        if fields.count == 1, fields[0].count == 0 { continue }
        return true
      case .more: try fill()
      case .end: return false
      }
    }
  }

  /// Goes to the next record: its first line and the number of its fields; nil at the end of the text.
  ///
  /// Throws as ``next()`` does.
  mutating func nextRecord() throws -> (line: Int, fieldCount: Int)? {
    try next() ? (line, fields.count) : nil
  }

  /// The text behind the current record, which the scanner gives up: what it holds of it, and the line on
  /// which it begins; the rest is the source's.
  mutating func giveUpRest() -> (held: [UInt8], line: Int) {
    defer { start = end }
    return (Array(UnsafeBufferPointer(start: window + start, count: end - start)), nextLine)
  }

  /// Goes on with records in bytes that the caller holds for as long as they are scanned.
  ///
  /// - Parameters:
  ///   - records: text that begins with a record.
  ///   - line: the line of that record.
  ///   - isWhole: whether the last record ends with the bytes; if not, it is known to be too long.
  mutating func scan(_ records: UnsafeMutableBufferPointer<UInt8>, line: Int, isWhole: Bool) {
    guard let base = records.baseAddress else { return }
    if !isLent { window.deallocate() }
    (window, isLent) = (base, true)
    (start, end, isAtEnd, nextLine) = (0, records.count, isWhole, line)
  }

  /// The bytes of a field, unquoted.
  ///
  /// Valid until the next call of any method.
  @inline(__always)
  mutating func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    let place = fields[field]
    if place.isEscaped { return unescaped(place) }
    return UnsafeBufferPointer(start: window + place.start, count: place.count)
  }

  /// Scans one record from `start`; `more` where the window ends before it does.
  private mutating func scan() throws -> Step {
    guard start < end else { return isAtEnd ? .end : .more }
    fields.removeAll(keepingCapacity: true)
    line = nextLine
    var position = start + ByteOrderMark.length(in: window + start, count: end - start)
    if position == end || ByteOrderMark.mayBegin(window + position, count: end - position) {
      guard isAtEnd else { return .more }
      if position == end { return .end }
    }
    var lineBreaks = 0
    while true {
      let fieldStart = position
      if position < end, window[position] == 34 {
        guard let close = try closingQuote(from: position, lineBreaks: &lineBreaks) else {
          return .more
        }
        fields.append(close.field)
        position = close.next
      } else {
        position = try endOfPlainField(from: position)
        if position == end && !isAtEnd { return .more }
        let isBeforeBreak = position == end || window[position] == 10
        let hasReturn = isBeforeBreak && position > fieldStart && window[position - 1] == 13
        fields.append(
          Field(
            start: fieldStart, count: position - fieldStart - (hasReturn ? 1 : 0), isEscaped: false)
        )
      }
      if position < end, window[position] == delimiter {
        position += 1
        continue
      }
      start = min(end, position + 1)
      isUnended = position == end
      nextLine = line + (countsRows ? 0 : lineBreaks) + (position < end ? 1 : 0)
      return .record
    }
  }

  /// The end of an unquoted field: a delimiter, a line feed, or the end of the window.
  @inline(__always)
  private func endOfPlainField(from first: Int) throws -> Int {
    var position = first
    while position < end {
      let byte = window[position]
      if byte > highest {
        position += 1
        continue
      }
      if byte == delimiter || byte == 10 { return position }
      if byte == 34 {
        throw broken(
          "a quote inside an unquoted field",
          advice: "Quote the whole field and double the quotes in it")
      }
      position += 1
    }
    return position
  }

  /// The quoted field that begins at `first` and the place of the delimiter, line feed or end behind
  /// it; nil where the window ends first.
  private func closingQuote(
    from first: Int, lineBreaks: inout Int
  ) throws -> (field: Field, next: Int)? {
    var position = first + 1
    var isEscaped = false
    while true {
      while position < end, window[position] != 34 {
        if window[position] == 10 { lineBreaks += 1 }
        position += 1
      }
      guard position < end else {
        guard isAtEnd else { return nil }
        throw broken(
          "a quote is not closed", advice: "Close it, or double it if it is part of the text")
      }
      guard position + 1 < end else {
        if !isAtEnd { return nil }
        break
      }
      guard window[position + 1] == 34 else { break }
      isEscaped = true
      position += 2
    }
    let field = Field(start: first + 1, count: position - first - 1, isEscaped: isEscaped)
    var next = position + 1
    if next < end, window[next] == 13 {
      if next + 1 == end && !isAtEnd { return nil }
      if next + 1 == end || window[next + 1] == 10 { next += 1 }
    }
    guard next >= end || window[next] == delimiter || window[next] == 10 else {
      throw broken(
        "text follows a closing quote", advice: "Double the quotes that are part of the field")
    }
    return (field, next)
  }

  private func broken(_ what: String, advice: String) -> Failure {
    Failure(
      .badData, at: Place(file: source.path, line: line, column: fields.count + 1), what,
      advice: advice)
  }

  private func tooLong() -> Failure {
    Failure(
      .badData, at: Place(file: source.path, line: nextLine),
      "a record is longer than \(DelimitedScanner.recordLimit >> 20) MiB",
      expected: "rows of a table",
      advice: "Look for an unclosed quote, or for missing line breaks")
  }

  /// Brings more of the stream behind what is unread, which moves to the front.
  private mutating func fill() throws {
    if isLent { throw tooLong() }
    if start > 0 {
      window.update(from: window + start, count: end - start)
      end -= start
      start = 0
    }
    if end == capacity {
      guard capacity < DelimitedScanner.recordLimit else { throw tooLong() }
      let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
      grown.update(from: window, count: end)
      window.deallocate()
      window = grown
      capacity *= 2
    }
    let free = UnsafeMutableRawBufferPointer(start: window + end, count: capacity - end)
    let count = try source.read(into: free)
    end += count
    isAtEnd = count == 0
  }

  private mutating func unescaped(_ field: Field) -> UnsafeBufferPointer<UInt8> {
    if field.count > scratchCapacity {
      scratch.deallocate()
      scratchCapacity = field.count
      scratch = .allocate(capacity: scratchCapacity)
    }
    var count = 0
    var position = field.start
    while position < field.start + field.count {
      scratch[count] = window[position]
      position += window[position] == 34 ? 2 : 1
      count += 1
    }
    return UnsafeBufferPointer(start: scratch, count: count)
  }
}
