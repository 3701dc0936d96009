extension String {
  /// The letters and digits of the text in lower case, and nothing else.
  package func lettersAndDigits() -> String { inLowerCase(gap: nil) }

  /// Letters and digits, with a `gap` for what stands before and between them.
  package func inLowerCase(gap: Unicode.Scalar?) -> String {
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
