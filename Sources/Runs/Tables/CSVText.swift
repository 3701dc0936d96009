import Extracts
import Jobs

/// Rows of CSV: UTF-8, LF, quotes only where RFC 4180 needs them.
package struct CSVText {
  package private(set) var bytes: [UInt8] = []
  private var isAtLineStart = true
  /// The number that was written last and where it stands: bounds of exact figures are their value again.
  private var last: (value: Double, place: Range<Int>) = (.nan, 0..<0)

  /// A whole row of texts.
  package init(_ texts: [String] = []) {
    guard !texts.isEmpty else { return }
    for field in texts { text(field) }
    endRow()
  }

  /// Adds a text field to the row.
  package mutating func text(_ text: String) {
    separate()
    var text = text
    text.withUTF8 { field in
      let needsQuotes = field.contains { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }
      guard needsQuotes else { return bytes.append(contentsOf: field) }
      bytes.append(34)
      for byte in field {
        if byte == 34 { bytes.append(34) }
        bytes.append(byte)
      }
      bytes.append(34)
    }
  }

  /// Adds a number to the row, as the shortest text that reads back to it; nothing where it is not finite.
  package mutating func number(_ value: Double) {
    separate()
    guard value.isFinite else { return }
    guard value != last.value else { return repeatLast() }
    let start = bytes.count
    if value >= 0, value < 1e15, let whole = Int(exactly: value) {
      append(whole)
    } else {
      NumberText.write(value, to: &self)
    }
    last = (value, start..<bytes.count)
  }

  private mutating func repeatLast() {
    let (start, place) = (bytes.count, last.place)
    bytes.append(contentsOf: repeatElement(0, count: place.count))
    bytes.withUnsafeMutableBytes {
      UnsafeMutableRawBufferPointer(rebasing: $0[start...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: $0[place]))
    }
  }

  /// Takes all rows away and keeps their room.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    last = (.nan, 0..<0)
  }

  /// Ends the row.
  package mutating func endRow() {
    bytes.append(10)
    isAtLineStart = true
  }

  /// Adds the digits of a whole number at or above 0.
  private mutating func append(_ whole: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var first = digits.count
      var rest = whole
      repeat {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        first -= 1
        digits[first] = 48 + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest > 0
      bytes.append(contentsOf: digits[first...])
    }
  }

  private mutating func separate() {
    if !isAtLineStart { bytes.append(44) }
    isAtLineStart = false
  }
}

extension CSVText: TextOutputStream {
  package mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Numbers come here without a string, where the standard library knows of it.
  package mutating func _writeASCII(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
  }
}
