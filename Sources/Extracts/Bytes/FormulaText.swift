import Mismatch

/// Texts that a spreadsheet carries out as formulas when it opens a file (CWE-1236,
/// https://cwe.mitre.org/data/definitions/1236.html).
package enum FormulaText {
  /// The bytes that a formula in ASCII begins with: an operator, or a blank that a spreadsheet may pass over.
  static let beginnings = Array("=+-@\t\r\n".utf8)

  /// The same operators in full width, which some spreadsheets take for the plain ones.
  private static let wideBeginnings: [Unicode.Scalar] = [
    "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}",
  ]

  /// Whether a spreadsheet may carry a text out.
  ///
  /// One character alone, such as the "-" of many tables, is nothing to carry out, and a number with a
  /// sign, such as the code "-5", is shown as the number that it is; "-5-3" would be calculated.
  package static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first,
      text.utf8.first.map(beginnings.contains) == true || wideBeginnings.contains(first),
      !text.unicodeScalars.dropFirst().isEmpty
    else { return false }
    var text = text
    return text.withUTF8 { NumberText.value(of: $0) } == nil
  }
}
