/// The byte order mark of UTF-8 (U+FEFF).
enum ByteOrderMark {
  /// Bytes of the marks with which a text begins; files that were joined may bring several.
  @inline(__always)
  static func length(in text: UnsafePointer<UInt8>, count: Int) -> Int {
    count > 0 && text[0] == 0xef ? lengthOfMarks(in: text, count: count) : 0
  }

  // Apart, so that fields without a mark cost one comparison.
  @inline(never)
  private static func lengthOfMarks(in text: UnsafePointer<UInt8>, count: Int) -> Int {
    var length = 0
    while length + 3 <= count, text[length] == 0xef, text[length + 1] == 0xbb,
      text[length + 2] == 0xbf
    { length += 3 }
    return length
  }

  /// Whether a text of so few bytes may be the beginning of a mark.
  @inline(__always)
  static func mayBegin(_ text: UnsafePointer<UInt8>, count: Int) -> Bool {
    count > 0 && count < 3 && text[0] == 0xef && (count == 1 || text[1] == 0xbb)
  }
}
