/// Spaces around a field, as `trim: true` takes them off: those of ASCII, no-break and other typographic spaces.
enum FieldSpaces {
  /// The bytes between the spaces at both ends.
  @inline(__always)
  static func inner(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end {
      let length = leading(bytes, start..<end)
      guard length > 0 else { break }
      start += length
    }
    while start < end {
      let length = trailing(bytes, start..<end)
      guard length > 0 else { break }
      end -= length
    }
    return start..<end
  }

  /// How many bytes the space at the beginning has; 0 where there is none.
  @inline(__always)
  private static func leading(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int {
    let first = bytes[range.lowerBound]
    if first == 32 || (9...13).contains(first) { return 1 }
    guard first >= 0xc2 else { return 0 }
    return wide(bytes, range.lowerBound, range.upperBound)
  }

  /// How many bytes the space at the end has; 0 where there is none.
  @inline(__always)
  private static func trailing(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int {
    let last = bytes[range.upperBound - 1]
    if last == 32 || (9...13).contains(last) { return 1 }
    guard last >= 0x80 else { return 0 }
    for length in 2...3 where range.count >= length {
      if wide(bytes, range.upperBound - length, range.upperBound) == length { return length }
    }
    return 0
  }

  /// The length of a space beyond ASCII that begins at a byte: U+00A0, U+2000 to U+200A, U+202F, U+3000 and the
  /// byte order mark; 0 for anything else.
  private static func wide(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    if end - start >= 2, bytes[start] == 0xc2, bytes[start + 1] == 0xa0 { return 2 }
    guard end - start >= 3 else { return 0 }
    switch (bytes[start], bytes[start + 1], bytes[start + 2]) {
    case (0xe2, 0x80, 0x80...0x8a), (0xe2, 0x80, 0xaf), (0xe3, 0x80, 0x80), (0xef, 0xbb, 0xbf):
      return 3
    default: return 0
    }
  }
}

extension String {
  /// The text without spaces at its ends.
  package func trimmed() -> String {
    guard let first = utf8.first, let last = utf8.last,
      first <= 32 || first >= 0xc2 || last <= 32 || last >= 0x80
    else { return self }
    var text = self
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return "" }
      let range = FieldSpaces.inner(start, 0..<bytes.count)
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
  }
}
