/// The code with which a category's label begins: digits with or without points, or the letter of a section.
///
/// What is read: `05`, `051 : Mining`, `05.1`, `1.1 Medicine`, `13.93/1`, `01.0101` (CIP), `11-1011` (SOC of the
/// United States), `A : Agriculture`. Numbers of other things are none: `16-24`, `1,000 or more`, `2021/22`.
struct CategoryCode: Equatable {
  enum Form { case section, plain, pointed, hyphenated }

  let form: Form
  /// Its digits, or the letter; without the zeros at the end that a hyphenated code has for "all".
  let text: String
  /// How many of the digits stand before the point.
  let leadingCount: Int

  /// Nil for a label without such a code.
  init?(_ label: String) {
    let label = label.drop { $0 == " " }
    guard let first = label.utf8.first else { return nil }
    if Classification.isSection(first) {
      let rest = label.utf8.dropFirst()
      let isAlone =
        rest.isEmpty || [" : ", ": ", " - ", ". "].contains { rest.starts(with: $0.utf8) }
      guard isAlone else { return nil }
      (form, text, leadingCount) = (.section, String(label.prefix(1)), 1)
      return
    }
    let run = label.utf8.prefix { CategoryCode.isDigit($0) || (45...47).contains($0) }
    var written = String(Substring(run))
    let isCIPOrSOC = Classification.unitedStates(written)
    while let last = written.last, "-./".contains(last) { written.removeLast() }
    let parts = written.split(separator: ".", omittingEmptySubsequences: false)
    let digits = written.filter(\.isNumber)
    guard CategoryCode.ends(label.utf8.dropFirst(run.count)), !parts.contains(""),
      (1...8).contains(digits.count)
    else { return nil }
    if isCIPOrSOC == "SOC" {
      let zeros = digits.dropFirst(2).reversed().prefix { $0 == "0" }.count
      (form, text, leadingCount) = (.hyphenated, String(digits.dropLast(zeros)), 2)
      return
    }
    guard !written.contains("-"), parts.count < 4, parts.count > 1 || !written.contains("/"),
      parts.count == 1 || parts[0].count < 3
    else { return nil }
    (form, text, leadingCount) = (parts.count > 1 ? .pointed : .plain, digits, parts[0].count)
  }

  /// Whether a code may end before the rest of a label.
  private static func ends(_ rest: Substring.UTF8View.SubSequence) -> Bool {
    guard let next = rest.first else { return true }
    let isLetter = (65...90).contains(next & 0xdf) || next >= 128
    return !isLetter && ![37, 43, 44].contains(next)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
