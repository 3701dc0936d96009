/// Notes that stand below a table in its first column, with empty fields behind them.
enum NoteText {
  private static let beginnings = [
    "note", "source", "footnote", "contact", "crown copyright", "©", "*", "(", "[", "\u{2020}",
  ]

  /// Whether a text is a note rather than a code or a label whose figures are missing.
  static func isNote(_ text: String) -> Bool {
    let lowered = text.trimmed().lowercased()
    let words = lowered.split(separator: " ")
    guard words.count > 1 else { return lowered.hasSuffix(":") }
    if beginnings.contains(where: lowered.hasPrefix) || ".:".contains(lowered.suffix(1)) {
      return true
    }
    // A number and a mark behind it: "1. Rounded to the nearest 10".
    let number = words[0].prefix(while: \.isNumber)
    return words.count > 8
      || !number.isEmpty && number.count < 3 && words[0].count == number.count + 1
  }
}
