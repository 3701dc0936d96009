extension StringProtocol {
  /// The text without spaces and line breaks at its ends.
  func trimmingSpaces() -> String {
    // Most texts need no trimming, and looking at two bytes is faster than at all characters.
    let plain: (UInt8?) -> Bool = { $0.map { $0 > 32 && $0 < 127 } ?? true }
    if plain(utf8.first), plain(utf8.dropFirst(Swift.max(0, utf8.count - 1)).first) {
      return String(self)
    }
    return trimmingCharacters()
  }

  private func trimmingCharacters() -> String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
