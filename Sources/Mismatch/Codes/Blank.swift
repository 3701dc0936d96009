/// A character that shows nothing, in UTF-8: a space of any kind (Unicode's White_Space), or one without width.
///
/// Without width are the soft hyphen, zero-width spaces and joiners, marks of direction and the byte order mark.
package struct Blank: Sendable, Equatable {
  /// Bytes that it takes.
  package let length: Int
  package let hasWidth: Bool

  /// The blank that begins at a place of the bytes; nil where another character does.
  package init?(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) {
    let first = bytes[place]
    guard first <= 32 || first >= 0xc2 else { return nil }
    func byte(_ distance: Int) -> UInt8 {
      place + distance < bytes.count ? bytes[place + distance] : 0
    }
    switch (first, byte(1), byte(2)) {
    case (9...13, _, _), (32, _, _): self.init(length: 1, hasWidth: true)
    case (0xc2, 0x85, _), (0xc2, 0xa0, _): self.init(length: 2, hasWidth: true)
    case (0xc2, 0xad, _): self.init(length: 2, hasWidth: false)
    case (0xe1, 0x9a, 0x80), (0xe3, 0x80, 0x80), (0xe2, 0x81, 0x9f),
      (0xe2, 0x80, 0x80...0x8a), (0xe2, 0x80, 0xa8...0xa9), (0xe2, 0x80, 0xaf):
      self.init(length: 3, hasWidth: true)
    case (0xe1, 0xa0, 0x8e), (0xef, 0xbb, 0xbf), (0xe2, 0x80, 0x8b...0x8f),
      (0xe2, 0x80, 0xaa...0xae), (0xe2, 0x81, 0xa0...0xa9):
      self.init(length: 3, hasWidth: false)
    default: return nil
    }
  }

  private init(length: Int, hasWidth: Bool) {
    self.length = length
    self.hasWidth = hasWidth
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without blanks at their ends.
  @inline(__always)
  package func trimmed() -> UnsafeBufferPointer<UInt8> {
    guard let first, let last = self.last, !isPlain(first) || !isPlain(last) else { return self }
    return withoutBlanksAround()
  }

  /// Whether a byte is of visible ASCII, and so of no blank.
  @inline(__always)
  private func isPlain(_ byte: UInt8) -> Bool { byte > 32 && byte < 0x80 }

  private func withoutBlanksAround() -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, count)
    while start < end, let blank = Blank(in: self, at: start) { start += blank.length }
    while let length = (1...3).first(where: { length in
      end - length >= start && Blank(in: self, at: end - length)?.length == length
    }) { end -= length }
    return UnsafeBufferPointer(rebasing: self[start..<end])
  }
}

extension String {
  /// The text without blanks at its ends.
  package func trimmed() -> String {
    guard let first = utf8.first, let last = utf8.last,
      first <= 32 || last <= 32 || first >= 0x80 || last >= 0x80
    else { return self }
    var text = self
    return text.withUTF8 { bytes in
      let rest = bytes.trimmed()
      return rest.count == bytes.count ? nil : String(decoding: rest, as: UTF8.self)
    } ?? self
  }

  /// The text as it looks: without characters that have no width, with one space for each run of spaces, and
  /// without any at its ends.
  package var withPlainSpaces: String {
    guard mayHoldBlanks else { return self }
    var text = self
    return text.withUTF8 { bytes in
      var plain: [UInt8] = []
      var place = 0
      while place < bytes.count {
        if let blank = Blank(in: bytes, at: place) {
          if blank.hasWidth, let last = plain.last, last != 32 { plain.append(32) }
          place += blank.length
        } else {
          plain.append(bytes[place])
          place += 1
        }
      }
      if plain.last == 32 { plain.removeLast() }
      return String(decoding: plain, as: UTF8.self)
    }
  }

  /// The text with `\u00A0` in the place of every blank that is no plain space, as YAML and messages write it.
  package var withVisibleBlanks: String {
    guard !isASCII else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      guard !scalar.isASCII, scalar.blank != nil else {
        text.unicodeScalars.append(scalar)
        return
      }
      text += "\\u" + scalar.hexadecimalDigits
    }
  }

  /// Whether any character has no width.
  package var holdsBlanksWithoutWidth: Bool {
    !isASCII && unicodeScalars.contains { $0.blank?.hasWidth == false }
  }

  /// Whether any character may be a blank.
  package var mayHoldBlanks: Bool { utf8.contains { $0 <= 32 || $0 >= 0x80 } }
}

extension Unicode.Scalar {
  /// The digits of the code point, at least four: "00A0".
  package var hexadecimalDigits: String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  fileprivate var blank: Blank? {
    var text = String(self)
    return text.withUTF8 { Blank(in: $0, at: 0) }
  }
}
