import Mismatch

/// A CSV file that is written row by row: UTF-8, LF, quotes only where RFC 4180 needs them.
///
/// One thread at a time writes to it, and another may take it over when that has ended.
final class CSVFile: @unchecked Sendable {
  private let file: FileDescriptor
  private let running: Digest
  /// How many bytes were flushed.
  @exclusivity(unchecked) private(set) var byteCount = 0
  // Checking every access of a class's property took a tenth of the time of writing.
  @exclusivity(unchecked) private var buffer: [UInt8] = []
  @exclusivity(unchecked) private var isAtLineStart = true

  private static let flushSize = 1 << 16

  init(_ path: String) throws {
    file = try FileDescriptor(creating: path)
    running = try Digest()
    buffer.reserveCapacity(CSVFile.flushSize + 1 << 12)
  }

  /// Adds a text field to the row.
  func text(_ text: String) {
    separate()
    var text = text
    text.withUTF8 { bytes in
      let needsQuotes = bytes.contains { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }
      guard needsQuotes else { return buffer.append(contentsOf: bytes) }
      buffer.append(34)
      for byte in bytes {
        if byte == 34 { buffer.append(34) }
        buffer.append(byte)
      }
      buffer.append(34)
    }
  }

  /// Adds a number to the row, as the shortest text that reads back to it; nothing for NaN.
  func number(_ value: Double) {
    separate()
    if value >= 0, value < 1e15, let whole = Int(exactly: value) { return append(whole) }
    var text = NumberText.text(of: value)
    text.withUTF8 { buffer.append(contentsOf: $0) }
  }

  /// Adds the digits of a whole number at or above 0.
  private func append(_ whole: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var first = digits.count
      var rest = whole
      repeat {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        first -= 1
        digits[first] = 48 + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest > 0
      buffer.append(contentsOf: digits[first...])
    }
  }

  /// Adds value, bounds and status to the row.
  func figure(_ figure: Figure) {
    let first = buffer.count + (isAtLineStart ? 0 : 1)
    number(figure.value)
    let value = first..<buffer.count
    for bound in [figure.lower, figure.upper] {
      guard bound == figure.value else {
        number(bound)
        continue
      }
      separate()
      for index in value { buffer.append(buffer[index]) }
    }
    text(figure.status.text)
  }

  /// Ends the row.
  func endRow() throws {
    buffer.append(10)
    isAtLineStart = true
    if buffer.count >= CSVFile.flushSize { try flush() }
  }

  /// A whole row of texts.
  func row(_ texts: [String]) throws {
    for field in texts { text(field) }
    try endRow()
  }

  /// Adds text that is no row, as it is.
  func bytes(_ bytes: [UInt8]) { buffer += bytes }

  /// The SHA-256 of all that was flushed; asked for once.
  func digest() -> String { running.finish() }

  /// Brings what was flushed onto the disk.
  func synchronise() throws { try file.synchronise() }

  /// Writes what is left.
  func flush() throws {
    try buffer.withUnsafeBytes { bytes in
      try file.write(bytes)
      running.update(bytes)
    }
    byteCount += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  private func separate() {
    if !isAtLineStart { buffer.append(44) }
    isAtLineStart = false
  }
}

extension NumberText {
  /// The shortest decimal text that reads back to the same double: "12", "0.1", "1e-05", "Inf", and an
  /// empty text for NaN.
  static func text(of value: Double) -> String {
    if value.isNaN { return "" }
    if value.isInfinite { return value > 0 ? "Inf" : "-Inf" }
    if value == value.rounded(), abs(value) <= 0x1p53 { return String(Int(value)) }
    return value.description
  }
}

/// The headings of a figure's four fields.
func figureHeadings(_ name: String) -> [String] {
  [name, "\(name)_lower", "\(name)_upper", "\(name)_status"]
}
