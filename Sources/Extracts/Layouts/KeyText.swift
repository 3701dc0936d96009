import Mismatch

/// What the text of a key may be in the place of a code.
package enum KeyText {
  /// Whether a text is an error of a spreadsheet: `#N/A`, `#REF!`, `Err:502`.
  package static func isSpreadsheetError(_ text: String) -> Bool {
    guard let first = text.trimmed().utf8.first, [35, 69, 101].contains(first) else { return false }
    let text = text.trimmed().uppercased()
    if text.hasPrefix("ERR:") {
      return text.count > 4 && text.dropFirst(4).allSatisfy(\.isNumber)
    }
    if text == "#N/A" || text == "#GETTING_DATA" { return true }
    let name = text.dropFirst().dropLast()
    return first == 35 && (text.hasSuffix("!") || text.hasSuffix("?")) && !name.isEmpty
      && name.utf8.allSatisfy {
        (65...90).contains($0) || (48...57).contains($0) || $0 == 47 || $0 == 95
      }
  }

  /// Texts that programs write for a missing value, as they write them: "none" in small letters is a word.
  private static let missing: Set<String> = [
    "NA", "N/A", "n/a", "<NA>", "NaN", "nan", "NAN", "NULL", "null", "Null", "None",
  ]

  /// Whether a text is what a program writes for a missing value.
  package static func isMissing(_ text: String) -> Bool {
    guard text.utf8.count <= 8 else { return false }
    return missing.contains(text.trimmed())
  }

  private static let months: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
  ]

  /// Whether a text is a date as spreadsheets write what they take for one: `01-Jan`, `Jan-01`, `01/01/2001`,
  /// `2001-01-01 00:00:00`.
  package static func isDate(_ text: String) -> Bool {
    guard (5...23).contains(text.utf8.count), text.utf8.contains(where: { $0 == 45 || $0 == 47 })
    else { return false }
    let date = text.utf8.contains(58) ? text.prefix { $0 != " " && $0 != "T" } : text[...]
    let parts = date.split(
      omittingEmptySubsequences: false, whereSeparator: { "-/".contains($0) })
    let names = parts.filter { months.contains($0.lowercased()) }
    let numbers = parts.filter { part in
      (1...4).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard names.count + numbers.count == parts.count else { return false }
    if names.count == 1 { return parts.count == 2 || parts.count == 3 }
    return names.isEmpty && parts.count == 3
      && (parts[0].utf8.count == 4 || parts[2].utf8.count == 4)
  }

  /// Whether a text is a number as spreadsheets write those with many digits: `1.10E+01`.
  package static func isScientific(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let mark = bytes.firstIndex(where: { $0 == 69 || $0 == 101 }), mark > 0,
      bytes.count > mark + 2, bytes[mark + 1] == 43 || bytes[mark + 1] == 45
    else { return false }
    let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
    return isDigit(bytes[0]) && bytes[..<mark].allSatisfy { isDigit($0) || $0 == 46 }
      && bytes[(mark + 2)...].allSatisfy(isDigit)
  }

  /// Whether a text may be a code that a program changed or lost.
  static func isDoubtful(_ text: String) -> Bool {
    isMissing(text) || isDate(text) || isScientific(text)
  }
}
