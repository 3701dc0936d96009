import Mismatch

/// Texts that stand where a number would, and what the conventions say they mean.
enum Markers {
  private static let meanings = [
    "low": "above 0, rounds to 0", "k": "above 0, rounds to 0", "c": "confidential",
    "x": "not available", "z": "not applicable", "u": "low reliability", "w": "none recorded",
    "e": "estimated", "p": "provisional", "r": "revised", "b": "break in series",
    "f": "forecast", ":": "not available (older symbol)",
  ]
  private static let nomis = [
    "!": "not available: sample of 0 to 2 (Nomis)",
    "*": "unreliable or disclosive: sample of 3 to 9 (Nomis)",
    "~": "less than 500 (Nomis)", "-": "missing (Nomis)",
  ]
  private static let unexplained: Set<String> = ["NA", "N/A", "NULL", "..", ".", "n/a", "#N/A"]

  /// Bytes of the longest mark in its brackets.
  private static let longest =
    2 + (Array(meanings.keys) + nomis.keys + unexplained).reduce(0) { max($0, $1.utf8.count) }

  /// Whether a text is one of the marks that a value column may hold.
  static func isMark(_ text: String) -> Bool {
    let text = text.trimmingSpaces()
    guard text.utf8.count <= longest else { return false }
    return meanings[bare(text)] != nil || nomis[text] != nil || unexplained.contains(text)
  }

  /// What a mark stands for, in a column that also has these other marks.
  static func meaning(of text: String, among others: Set<String>) -> String {
    let trimmed = text.trimmingSpaces()
    let spaces = trimmed == text ? "" : ", with a space: needs `trim: true`"
    if let meaning = meanings[bare(trimmed)] {
      return meaning + (trimmed.hasPrefix("[") && bare(trimmed) == "x" ? "" : "") + spaces
    }
    let isNomis = others.contains("!") || others.contains("*")
    switch trimmed {
    case "~" where !isNomis: return "low (older DfE symbol)" + spaces
    case "-" where !isNomis: return "missing, or a count below half the unit: not told" + spaces
    case "..": return "not available (older symbol), reason not told" + spaces
    default: break
    }
    if let meaning = nomis[trimmed] { return meaning + spaces }
    return unexplained.contains(trimmed)
      ? "withheld or absent: not told" + spaces : "not explained by any convention" + spaces
  }

  /// What a job says of a mark; nil for one that it knows by itself, or that nothing is known of.
  static func jobText(of text: String, among others: Set<String>, rounding: String?) -> String? {
    let text = text.trimmingSpaces()
    let isNomis = others.contains("!") || others.contains("*")
    switch text {
    case "!", "-", ":": return "x"
    case "*": return "u"
    case "~": return isNomis ? "0..499" : lowBounds(rounding)
    case "low", "k", "[low]", "[k]": return lowBounds(rounding) == nil ? "0.." : nil
    default:
      return Status.marks[bare(text)] != nil && !["c", "x", "z", "w"].contains(bare(text))
        ? "0.." : nil
    }
  }

  /// Whether a job knows the mark without being told.
  static func isConventional(_ text: String) -> Bool {
    ["c", "x", "z", "w", "low", "k"].contains(bare(text.trimmingSpaces()))
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
