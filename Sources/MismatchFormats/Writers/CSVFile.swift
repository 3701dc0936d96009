import Mismatch

/// A CSV file that is written row by row: UTF-8, LF, quotes only where RFC 4180 needs them.
///
/// One thread at a time writes to it, and another may take it over when that has ended.
final class CSVFile: @unchecked Sendable {
  private let file: FileDescriptor
  private var buffer: [UInt8] = []
  private var isAtLineStart = true

  private static let flushSize = 1 << 20

  init(_ path: String) throws {
    file = try FileDescriptor(creating: path)
    buffer.reserveCapacity(CSVFile.flushSize + 1 << 12)
  }

  /// Adds a text field to the row.
  func text(_ text: String) {
    separate()
    let needsQuotes = text.utf8.contains { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }
    guard needsQuotes else { return buffer.append(contentsOf: text.utf8) }
    buffer.append(34)
    for byte in text.utf8 {
      if byte == 34 { buffer.append(34) }
      buffer.append(byte)
    }
    buffer.append(34)
  }

  /// Adds a number to the row, as the shortest text that reads back to it; nothing for NaN.
  func number(_ value: Double) {
    separate()
    buffer.append(contentsOf: NumberText.text(of: value).utf8)
  }

  /// Adds value, bounds and status to the row.
  func figure(_ figure: Figure) {
    number(figure.value)
    number(figure.lower)
    number(figure.upper)
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

  /// Brings what was flushed onto the disk.
  func synchronise() throws { try file.synchronise() }

  /// Writes what is left.
  func flush() throws {
    try Interruption.check()
    try buffer.withUnsafeBytes { try file.write($0) }
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
