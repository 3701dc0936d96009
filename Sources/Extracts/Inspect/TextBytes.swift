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

  /// The letters and digits of the text in lower case, and nothing else.
  func lettersAndDigits() -> String { inLowerCase(gap: nil) }

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

  /// Letters and digits, with a `gap` for what stands before and between them.
  private func inLowerCase(gap: Unicode.Scalar?) -> String {
    guard utf8.allSatisfy({ $0 < 128 }) else { return charactersInLowerCase(gap: gap) }
    let gap = gap.map { UInt8(ascii: $0) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    for byte in utf8 {
      switch byte {
      case 48...57, 97...122: bytes.append(byte)
      case 65...90: bytes.append(byte + 32)
      default: if let gap, bytes.last != gap { bytes.append(gap) }
      }
    }
    if let gap, bytes.last == gap { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func charactersInLowerCase(gap: Unicode.Scalar?) -> String {
    let gap = gap.map { Character($0) }
    var result = ""
    for character in lowercased() {
      if character.isLetter || character.isNumber {
        result.append(character)
      } else if let gap, result.last != gap {
        result.append(gap)
      }
    }
    if let gap, result.last == gap { result.removeLast() }
    return result
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
