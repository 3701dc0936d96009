/// Statistical classifications whose codes say which is a part of which: SOC, SIC and CIP.
package enum Classification {
  /// The sections of SIC 2007 with the divisions that each holds (ONS, UK Standard Industrial Classification).
  private static let sections: [(letter: Character, divisions: ClosedRange<Int>)] = [
    ("A", 1...3), ("B", 5...9), ("C", 10...33), ("D", 35...35), ("E", 36...39), ("F", 41...43),
    ("G", 45...47), ("H", 49...53), ("I", 55...56), ("J", 58...63), ("K", 64...66), ("L", 68...68),
    ("M", 69...75), ("N", 77...82), ("O", 84...84), ("P", 85...85), ("Q", 86...88), ("R", 90...93),
    ("S", 94...96), ("T", 97...98), ("U", 99...99),
  ]

  /// The section of a division; nil for a number that no division has.
  package static func section(ofDivision number: Int) -> Character? {
    sections.first { $0.divisions.contains(number) }?.letter
  }

  /// Groups of neighbouring sections, such as `B-E`, that hold a section or a group of them; the smallest first.
  static func groups(ofSections text: String) -> [String] {
    guard let first = text.first, let last = text.last else { return [] }
    let letters = sections.map(\.letter)
    return letters.flatMap { from in letters.map { (from, $0) } }
      .filter { $0 <= first && $1 >= last && $0 < $1 && "\($0)-\($1)" != text }
      .map { "\($0)-\($1)" }
      .sorted { groupSize($0) < groupSize($1) }
  }

  private static func groupSize(_ group: String) -> Int {
    Int(group.last?.asciiValue ?? 0) - Int(group.first?.asciiValue ?? 0)
  }

  /// Whether the byte is the letter of a section.
  package static func isSection(_ byte: UInt8) -> Bool { (65...85).contains(byte) }

  /// How many digits the codes of a level of SOC have, by how the names of their columns end.
  package static let occupationLevels = [
    ("sub_major_group", 2), ("major_group", 1), ("minor_group", 3), ("unit_group", 4),
  ]

  /// Which SOC unit groups are of: both years share most codes.
  package static func occupationYear(ofUnitGroups codes: some Collection<String>) -> String? {
    if codes.contains("1115") && codes.contains("1116") && !codes.contains("1112") {
      return "SOC 2010"
    }
    return codes.contains("1111") && codes.contains("1112") ? "SOC 2020" : nil
  }

  /// Forms of codes of the United States, with 0 for any digit.
  package static func unitedStates(_ code: String) -> String? {
    if code.hasForm("00.0000") { return "CIP" }
    return code.hasForm("00-0000") ? "SOC" : nil
  }
}

extension String {
  /// Whether the text has the form, in which 0 stands for any digit.
  fileprivate func hasForm(_ form: StaticString) -> Bool {
    guard utf8.count == form.utf8CodeUnitCount else { return false }
    return zip(utf8, 0...).allSatisfy { byte, place in
      let wanted = form.utf8Start[place]
      return wanted == 48 ? (48...57).contains(byte) : byte == wanted
    }
  }
}

/// Labels that stand for all others of their column, whatever it lists.
package enum TotalName {
  /// Such as "Total", "All industries", "Grand total", "England: total", "Total services | G-T"; not "All other
  /// industries".
  package static func isTotal(_ label: String) -> Bool {
    guard mayBeTotal(label) else { return false }
    let name = label.prefix { $0 != "|" }
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    guard let first = words.first, let last = words.last else { return false }
    if first == "total" || first == "totals" || first == "overall" && words.count == 1 {
      return true
    }
    if ["grandtotal", "alltotal", "overalltotal"].contains(words.joined()) { return true }
    if last == "total", label.contains(":") { return true }
    return first == "all" && words.count <= 3 && words.dropFirst().first != "other"
  }

  /// Whether a label has "total" in it, or begins as "all" and "overall" do: what bytes tell of most labels.
  private static func mayBeTotal(_ label: String) -> Bool {
    var isFirst = true
    var matched = 0
    for byte in label.utf8 {
      let letter = byte | 32
      guard (97...122).contains(letter) || (48...57).contains(byte) else {
        matched = 0
        continue
      }
      if isFirst, letter == UInt8(ascii: "a") || letter == UInt8(ascii: "o") { return true }
      isFirst = false
      matched = letter == total[matched] ? matched + 1 : letter == total[0] ? 1 : 0
      if matched == total.count { return true }
    }
    return false
  }

  private static let total = Array("total".utf8)
}
