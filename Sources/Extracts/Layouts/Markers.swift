import Mismatch

/// Texts that stand where a number would, and what the conventions say they mean.
package enum Markers {
  /// Bytes of the longest mark in its brackets.
  private static let longest =
    2
    + (Array(Shorthand.meanings.keys) + Shorthand.nomis.keys + Shorthand.unexplained).reduce(0) {
      max($0, $1.utf8.count)
    }

  /// What markers that look alike share: their letters in lower case, without spaces.
  package static func shape(of text: String) -> String {
    String(text.lowercased().filter { !$0.isWhitespace })
  }

  /// Whether a text is one of the marks that a value column may hold.
  static func isMark(_ text: String) -> Bool {
    let text = text.trimmed()
    guard text.utf8.count <= longest else { return false }
    // `[X]` and `LOW` are marks in another spelling; a capital alone may be a code.
    let bare = bare(text)
    return Shorthand.meanings[text.utf8.count > 1 ? bare.lowercased() : bare] != nil
      || Shorthand.nomis[text] != nil || Shorthand.unexplained.contains(text)
  }

  /// What a mark stands for, in a column that also has these other marks.
  static func meaning(of text: String, among others: Set<String>) -> String {
    let trimmed = text.trimmed()
    let spaces = trimmed == text ? "" : ", with a space: needs `trim: true`"
    if let meaning = Shorthand.meanings[bare(trimmed)] {
      return meaning + spaces
    }
    let isNomis = isOfNomis(others)
    switch trimmed {
    case "~" where !isNomis: return "low (older DfE symbol)" + spaces
    case "-" where !isNomis: return "missing, or a count below half the unit: not stated" + spaces
    case "..": return "not available (older symbol), reason not stated" + spaces
    default: break
    }
    if let meaning = Shorthand.nomis[trimmed] { return meaning + spaces }
    return Shorthand.unexplained.contains(trimmed)
      ? "withheld or absent: not stated" + spaces : "not explained by any convention" + spaces
  }

  /// What a job says of a mark; nil for one that it knows by itself.
  static func jobText(of text: String, among others: Set<String>, rounding: String?) -> String? {
    switch text {
    case "*": return "u"
    case "~": return isOfNomis(others) ? "0..499" : lowBounds(rounding) ?? "0.."
    default: break
    }
    switch bare(text) {
    case "low", "k": return lowBounds(rounding) == nil ? "0.." : nil
    case "c", "x", "z", "w": return nil
    case let mark: return Status.marks[mark] == nil ? "x" : "0.."
    }
  }

  /// Whether a convention says what the mark stands for.
  static func isExplained(_ text: String, among others: Set<String>) -> Bool {
    let meaning = meaning(of: text, among: others)
    return !meaning.contains("not stated") && !meaning.hasPrefix("not explained")
  }

  /// Whether marks that stand beside each other are those of Nomis.
  private static func isOfNomis(_ others: Set<String>) -> Bool {
    others.contains("!") || others.contains("*")
  }

  private static func lowBounds(_ rounding: String?) -> String? {
    guard let rounding, rounding.hasPrefix("nearest "), let unit = Int(rounding.dropFirst(8)),
      unit >= 3
    else { return nil }
    return "1..\((unit - 1) / 2)"
  }

  private static func bare(_ text: String) -> String {
    text.hasPrefix("[") && text.hasSuffix("]") && text.count > 2
      ? String(text.dropFirst().dropLast()) : text
  }
}
