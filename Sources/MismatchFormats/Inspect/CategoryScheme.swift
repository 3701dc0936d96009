/// Recognises classifications of subjects, occupations and industries by their labels and codes.
enum CategoryScheme {
  private static let subjects1: Set<String> = Set(
    [
      "Health, Public Services and Care", "Science and Mathematics",
      "Agriculture, Horticulture and Animal Care", "Engineering and Manufacturing Technologies",
      "Construction, Planning and the Built Environment",
      "Information and Communication Technology", "Digital Technology",
      "Retail and Commercial Enterprise", "Leisure, Travel and Tourism",
      "Arts, Media and Publishing", "History, Philosophy and Theology", "Social Sciences",
      "Languages, Literature and Culture", "Education and Training",
      "Preparation for Life and Work", "Business, Administration and Law",
    ].map(plain))

  private static let subjects2: Set<String> = Set(
    [
      "Medicine and Dentistry", "Nursing and Subjects and Vocations Allied to Medicine",
      "Health and Social Care", "Public Services", "Child Development and Well Being", "Science",
      "Mathematics and Statistics", "Agriculture", "Horticulture and Forestry",
      "Animal Care and Veterinary Science", "Environmental Conservation", "Engineering",
      "Manufacturing Technologies", "Transportation Operations and Maintenance", "Architecture",
      "Building and Construction", "Urban, Rural and Regional Planning", "ICT Practitioners",
      "ICT for Users", "Digital technology (practitioners)", "Digital technology (users)",
      "Retailing and Wholesaling", "Warehousing and Distribution", "Service Enterprises",
      "Hospitality and Catering", "Sport, Leisure and Recreation", "Travel and Tourism",
      "Performing Arts", "Crafts, Creative Arts and Design", "Media and Communication",
      "Publishing and Information Services", "History",
      "Archaeology and Archaeological Sciences", "Philosophy", "Theology and Religious Studies",
      "Geography", "Sociology and Social Policy", "Politics", "Economics", "Anthropology",
      "Languages, Literature and Culture of the British Isles",
      "Other Languages, Literature and Culture", "Linguistics", "Teaching and Lecturing",
      "Direct Learning Support", "Foundations for Learning and Life", "Preparation for Work",
      "Accounting and Finance", "Administration", "Business Management", "Marketing and Sales",
      "Law and Legal Services",
    ].map(plain))

  private static func plain(_ label: String) -> String {
    String(label.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// Labels that are no category of any classification.
  private static let residual: Set<String> = [
    "total", "unknown", "notapplicablenotknown", "notapplicable", "notknown", "na",
  ]

  /// The classification of a column; nil where its labels tell none.
  ///
  /// - Parameters:
  ///   - heading: the column's name, which only confirms what labels say.
  ///   - labels: its distinct texts.
  ///   - words: texts elsewhere in the file that may name a classification and its year.
  static func name(heading: String, labels: [String], words: [String]) -> String? {
    let kept = labels.filter { !residual.contains(plain($0)) && !$0.isEmpty }
    guard kept.count >= 2 else { return nil }
    return subjects(kept) ?? professions(heading) ?? occupations(heading, kept, words)
      ?? industries(heading, kept, words) ?? unitedStates(heading, kept)
  }

  private static func subjects(_ labels: [String]) -> String? {
    let first = labels.count { subjects1.contains(plain($0)) }
    let second = labels.count { subjects2.contains(plain($0)) }
    if first >= 3, first * 10 >= labels.count * 8 { return "SSA tier 1" }
    if second >= 5, second * 10 >= labels.count * 8 { return "SSA tier 2" }
    if first >= 8, first * 2 >= labels.count {
      return "like SSA tier 1: \(first) of \(labels.count) labels are its names"
    }
    if first >= 8 { return "mixed: \(first) of \(labels.count) labels are SSA tier 1" }
    return nil
  }

  private static func professions(_ heading: String) -> String? {
    ["Summary Profession Category", "Detailed Profession Category"].contains(heading)
      ? "own (Textkernel professions)" : nil
  }

  /// SOC by labels with its code or name in them, or by columns of codes that name a level.
  private static func occupations(_ heading: String, _ labels: [String], _ words: [String])
    -> String?
  {
    let named = labels.count { $0.contains("(SOC20") }
    if named * 10 >= labels.count * 8 { return year(in: labels) ?? "SOC, year not told" }
    let coded = labels.filter { label in
      guard let dash = label.firstRange(of: " - ") else { return false }
      let code = label[..<dash.lowerBound]
      return (1...4).contains(code.count) && code.allSatisfy(\.isNumber) && code.first != "0"
    }
    let numbersSchemes = year(in: words)
    if coded.count >= 5, coded.count * 10 >= labels.count * 8 {
      return numbersSchemes ?? "SOC by its form, year not told"
    }
    if coded.count >= 20, coded.count * 2 >= labels.count, let year = numbersSchemes {
      return "mixed: \(coded.count) of \(labels.count) labels are \(year)"
    }
    return groups(heading, labels, words)
  }

  /// Columns such as `unit_group` or `SOC 2020 Unit Group`.
  private static func groups(_ heading: String, _ labels: [String], _ words: [String]) -> String? {
    let name = heading.normalisedName()
    let levels = ["sub_major_group": 2, "major_group": 1, "minor_group": 3, "unit_group": 4]
    guard
      let level = levels.filter({ name.hasSuffix($0.key) }).max(by: { $0.key.count < $1.key.count })
    else { return nil }
    let codes = labels.filter { $0.count == level.value && $0.allSatisfy(\.isNumber) }
    guard codes.count >= 5, codes.count * 10 >= labels.count * 8 else { return nil }
    if let year = year(in: [heading]) { return year }
    if codes.contains("1115") && codes.contains("1116") && !codes.contains("1112") {
      return "SOC 2010"
    }
    if codes.contains("1111") && codes.contains("1112") { return "SOC 2020" }
    return year(in: words) ?? "SOC, year not told"
  }

  /// The only year of SOC that the texts name.
  private static func year(in texts: [String]) -> String? {
    var years: Set<String> = []
    for text in texts {
      let squeezed = text.filter { !$0.isWhitespace }.uppercased()
      for year in ["2010", "2020"] where squeezed.contains("SOC\(year)") { years.insert(year) }
    }
    return years.count == 1 ? years.first.map { "SOC \($0)" } : nil
  }

  /// Section letters, alone, before a colon, or after the name.
  private static func industries(_ heading: String, _ labels: [String], _ words: [String])
    -> String?
  {
    let letters = labels.filter { label in
      guard let letter = label.first, "ABCDEFGHIJKLMNOPQRSTU".contains(letter) else { return false }
      return label.count == 1 || label.dropFirst().hasPrefix(" : ")
        || label.dropFirst().hasPrefix(" - ")
    }
    let trailing = labels.filter { label in
      let parts = label.components(separatedBy: " | ")
      return parts.count > 1
        && parts.contains { $0.count == 1 && "ABCDEFGHIJKLMNOPQRSTU".contains($0) }
    }
    let found = max(letters.count, trailing.count)
    guard found >= 8 else { return nil }
    let saysYear = words.contains { word in
      let squeezed = word.filter { !$0.isWhitespace }.uppercased()
      return squeezed.contains("SIC2007") || squeezed.contains("SIC07")
        || squeezed.contains("CLASSIFICATION(2007)") || squeezed.contains("CLASSIFICATION2007")
    }
    // Sections A to U came with SIC 2007; SIC 2003 ended with Q.
    let reachesPast =
      labels.contains { $0.first == "S" || $0.first == "R" } && letters.count == found
    let scheme = saysYear || reachesPast ? "SIC 2007 sections" : "SIC sections, year not told"
    return found * 10 >= labels.count * 8
      ? scheme : "mixed: \(found) of \(labels.count) labels are \(scheme)"
  }

  private static func unitedStates(_ heading: String, _ labels: [String]) -> String? {
    func share(_ form: String) -> Bool {
      labels.count { matches($0, form) } * 10 >= labels.count * 9
    }
    let year = heading.firstMatch(of: /20\d\d/).map { " " + $0.output } ?? ", year not told"
    if share("00.0000") { return "CIP" + year + " (United States)" }
    if share("00-0000") { return "SOC" + year + " (United States)" }
    return nil
  }

  private static func matches(_ text: String, _ form: String) -> Bool {
    text.count == form.count
      && zip(text, form).allSatisfy { $1 == "0" ? $0.isNumber : $0 == $1 }
  }
}

extension String {
  /// The parts of the text between the separators.
  func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
