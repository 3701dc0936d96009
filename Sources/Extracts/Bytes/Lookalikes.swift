import Mismatch

extension String {
  /// The code points of the letters in which the text differs from one that looks the same:
  /// "U+0065 U+0301"; of the first three such letters.
  package func codePoints(unlike other: String) -> String {
    let letters = zip(self, other).filter { !String($0).isSpelt(as: String($1)) }.map { letter, _ in
      letter.unicodeScalars.map { "U+" + $0.hexadecimalDigits }.joined(separator: " ")
    }
    return letters.prefix(3).joined(separator: ", ") + (letters.count > 3 ? " ..." : "")
  }
}

extension Failure {
  /// What to say of a text that is none of these and looks the same as one of them; nil where none does.
  package static func lookalike(of text: String, among known: some Sequence<String>) -> String? {
    // By Swift's own comparison, which takes texts that look the same for the same.
    guard let twin = known.first(where: { $0 == text }) else {
      let plain = text.withPlainSpaces
      return known.first { $0.withPlainSpaces == plain }.map {
        "\"\($0.withVisibleBlanks)\" differs from \"\(text.withVisibleBlanks)\" only in spaces; "
          + "`trim: true` takes those at the ends away"
      }
    }
    guard !twin.isSpelt(as: text) else { return nil }
    return
      "\"\(twin)\" looks the same but is a different text: it has \(twin.codePoints(unlike: text)) in "
      + "place of \(text.codePoints(unlike: twin))"
  }
}
