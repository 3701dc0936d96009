/// The encoding that older Windows programs write where UTF-8 is expected.
enum Windows1252 {
  /// The characters from 0x80 to 0x9f; those that the encoding leaves open stay as they are.
  private static let upper: [Unicode.Scalar] = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".unicodeScalars)

  /// The text that the bytes spell.
  package static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      text.unicodeScalars.append(
        (0x80..<0xa0).contains(byte) ? upper[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return text
  }
}
