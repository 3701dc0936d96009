import Mismatch

// Texts are looked at by the hundred thousand, and characters take a hundred times what bytes do.

extension String {
  /// Whether the text holds some ASCII characters.
  package func holds(_ part: StaticString) -> Bool {
    var text = self
    return text.withUTF8 { $0.holds(part) }
  }

  /// A column's name in lower case, with `_` for everything that is no letter or digit.
  func normalisedName() -> String { trimmed().inLowerCase(gap: "_") }

  /// The bytes of the text in upper case, without spaces and line breaks.
  func squeezedCapitals() -> [UInt8] {
    guard utf8.allSatisfy({ $0 < 128 }) else {
      return Array(filter { !$0.isWhitespace }.uppercased().utf8)
    }
    return utf8.compactMap { byte in
      switch byte {
      case 9...13, 32: nil
      case 97...122: byte - 32
      default: byte
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether some ASCII characters stand among the bytes, one behind the other.
  package func holds(_ part: StaticString) -> Bool {
    let length = part.utf8CodeUnitCount
    guard count >= length else { return false }
    return (0...count - length).contains { place in
      (0..<length).allSatisfy { self[place + $0] == part.utf8Start[$0] }
    }
  }
}
