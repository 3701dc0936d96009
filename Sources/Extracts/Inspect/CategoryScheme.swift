import Mismatch

/// Recognises classifications of subjects, occupations and industries by their labels and codes.
enum CategoryScheme {
  /// Labels that are no category of any classification.
  private static let residual: Set<String> = [
    "total", "unknown", "notapplicablenotknown", "notapplicable", "notknown", "na",
  ]

  /// The classification of a column; nil where its labels tell none.
  ///
  /// - Parameters:
  ///   - heading: the column's name, which only confirms what labels say.
  ///   - labels: its distinct texts.
  ///   - hints: what texts elsewhere in the file say.
  static func name(heading: String, labels: [String], hints: FileHints) -> String? {
    var kept: [String] = []
    var names: [String] = []
    for label in labels where !label.isEmpty {
      // A column of figures has a hundred thousand labels without a letter, which are no names.
      let name = label.utf8.contains { $0 > 57 } ? label.lettersAndDigits() : nil
      if let name, residual.contains(name) { continue }
      kept.append(label)
      if let name { names.append(name) }
    }
    guard kept.count >= 2 else { return nil }
    return subjects(names, of: kept.count) ?? professions(heading)
      ?? occupations(heading, kept, hints) ?? industries(kept, hints)
      ?? unitedStates(heading, kept)
  }

  /// - Parameters:
  ///   - names: letters and digits of the labels that have letters.
  ///   - count: how many labels there are.
  private static func subjects(_ names: [String], of count: Int) -> String? {
    let numbers = names.compactMap { SubjectAreas.number(plainName: $0) }
    let second = numbers.count { $0.tier2 != nil }
    let first = numbers.count - second
    if first >= 3, first * 10 >= count * 8 { return "SSA tier 1" }
    if second >= 5, second * 10 >= count * 8 { return "SSA tier 2" }
    if second > first, (first + second) * 10 >= count * 8 { return "SSA tier 2, including tier 1" }
    if first >= 8, first * 2 >= count {
      return "like SSA tier 1: \(first) of \(count) labels are its names"
    }
    if first >= 8 { return "mixed: \(first) of \(count) labels are SSA tier 1" }
    return nil
  }

  private static func professions(_ heading: String) -> String? {
    ["Summary Profession Category", "Detailed Profession Category"].contains(heading)
      ? "own (Textkernel professions)" : nil
  }

  /// SOC by labels with its code or name in them, or by columns of codes that name a level.
  private static func occupations(_ heading: String, _ labels: [String], _ hints: FileHints)
    -> String?
  {
    let named = labels.count { $0.holds("(SOC20") }
    if named * 10 >= labels.count * 8 {
      return FileHints(labels).occupations ?? "SOC, year not stated"
    }
    let coded = labels.count(where: hasOccupationCode)
    if coded >= 5, coded * 10 >= labels.count * 8 {
      return hints.occupations ?? "SOC by its form, year not stated"
    }
    if coded >= 20, coded * 2 >= labels.count, let year = hints.occupations {
      return "mixed: \(coded) of \(labels.count) labels are \(year)"
    }
    return groups(heading, labels, hints)
  }

  /// Whether one to four digits, not 0 first, stand before a dash: `1115 - Chief executives`.
  private static func hasOccupationCode(_ label: String) -> Bool {
    let digits = label.utf8.prefix { (48...57).contains($0) }
    return (1...4).contains(digits.count) && digits.first != 48
      && label.utf8.dropFirst(digits.count).starts(with: " - ".utf8)
  }

  /// Columns such as `unit_group` or `SOC 2020 Unit Group`.
  private static func groups(_ heading: String, _ labels: [String], _ hints: FileHints) -> String? {
    let name = heading.normalisedName()
    guard let (_, length) = Classification.occupationLevels.first(where: { name.hasSuffix($0.0) })
    else { return nil }
    let codes = labels.filter {
      $0.utf8.count == length && $0.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard codes.count >= 5, codes.count * 10 >= labels.count * 8 else { return nil }
    if let year = FileHints([heading]).occupations { return year }
    return Classification.occupationYear(ofUnitGroups: codes) ?? hints.occupations
      ?? "SOC, year not stated"
  }

  /// Section letters, alone, before a colon, or after the name.
  private static func industries(_ labels: [String], _ hints: FileHints) -> String? {
    let letters = labels.count { label in
      guard label.utf8.first.map(Classification.isSection) == true else { return false }
      let rest = label.utf8.dropFirst()
      return rest.isEmpty || rest.starts(with: " : ".utf8) || rest.starts(with: " - ".utf8)
    }
    let trailing = labels.count { label in
      guard label.utf8.contains(124) else { return false }
      let parts = label.components(separatedBy: " | ")
      return parts.count > 1
        && parts.contains { $0.utf8.count == 1 && $0.utf8.allSatisfy(Classification.isSection) }
    }
    let found = max(letters, trailing)
    guard found >= 8 else { return nil }
    // Sections A to U came with SIC 2007; SIC 2003 ended with Q.
    let reachesPast =
      labels.contains { $0.first == "S" || $0.first == "R" } && letters == found
    let scheme =
      hints.namesSIC2007 || reachesPast ? "SIC 2007 sections" : "SIC sections, year not stated"
    return found * 10 >= labels.count * 8
      ? scheme : "mixed: \(found) of \(labels.count) labels are \(scheme)"
  }

  private static func unitedStates(_ heading: String, _ labels: [String]) -> String? {
    let codes = labels.compactMap(Classification.unitedStates)
    guard codes.count * 10 >= labels.count * 9, let scheme = codes.first,
      codes.count(where: { $0 == scheme }) * 10 >= labels.count * 9
    else { return nil }
    let year = heading.firstMatch(of: /20\d\d/).map { " " + $0.output } ?? ", year not stated"
    return scheme + year + " (United States)"
  }
}

extension String {
  /// The parts of the text between the separators.
  package func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
