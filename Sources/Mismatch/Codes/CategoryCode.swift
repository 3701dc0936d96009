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
    let label = CategoryCode.codePart(of: label[...])
    guard let first = label.utf8.first else { return nil }
    if Classification.isSection(first) {
      guard let letters = CategoryCode.sections(label) else { return nil }
      (form, text, leadingCount) = (.section, letters, 1)
      return
    }
    if label.utf8.allSatisfy(CategoryCode.isDigit) {
      guard label.utf8.count <= 8 else { return nil }
      (form, text, leadingCount) = (.plain, String(label), label.utf8.count)
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

  /// The part of a label such as `Retail | 47` that may begin with a code, without spaces before it.
  private static func codePart(of label: Substring) -> Substring {
    guard label.utf8.contains(UInt8(ascii: "|")) else { return label.drop { $0 == " " } }
    let parts = label.split(separator: "|").map { $0.drop { $0 == " " } }
    let coded = parts.dropFirst().first { part in
      let code = part.split(separator: " ").joined()
      return code.utf8.count <= 3 && (Int(code) != nil || sections(code[...]) != nil)
    }
    return coded ?? label.drop { $0 == " " }
  }

  /// The letters of the sections with which a text begins: `A : Agriculture`, `B-E`; nil for other words.
  private static func sections(_ text: Substring) -> String? {
    let letters = text.prefix { ("A"..."U").contains($0) || $0 == "-" }
    let rest = text.dropFirst(letters.count)
    let separators = [":", " :", " - ", ". ", " "]
    let ends = letters.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.allSatisfy({ $0.count == 1 }), ends.count < 3, ends[0] <= ends[ends.count - 1],
      rest.allSatisfy({ $0 == " " })
        || separators.prefix(ends.count == 1 ? 4 : 5).contains(where: rest.hasPrefix)
    else { return nil }
    return String(letters)
  }

  /// Whether a code may end before the rest of a label.
  private static func ends(_ rest: Substring.UTF8View.SubSequence) -> Bool {
    guard let next = rest.first else { return true }
    let isLetter = (65...90).contains(next & 0xdf) || next >= 128
    return !isLetter && ![37, 43, 44].contains(next)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
