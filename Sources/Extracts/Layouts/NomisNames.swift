/// What the headings and labels of Nomis downloads say.
enum NomisNames {
  /// The words of a line that only Nomis writes.
  static let copyright = "ONS Crown Copyright Reserved"

  /// The role of a column, as far as its heading tells it.
  enum Heading: Equatable {
    case blank
    case flag
    case confidence
    /// A second label of each row, such as the code of its area.
    case label
    case name(String)
  }

  static func heading(_ text: String) -> Heading {
    switch text.lowercased() {
    case "": .blank
    case "flag", "flags": .flag
    case "conf", "confidence": .confidence
    case "mnemonic", "code", "area code", "geography code": .label
    default: .name(text)
    }
  }

  /// A key of the preamble without its padding: `Units      :` is `Units`.
  static func key(_ text: String) -> String {
    let trimmed = text.trimmed()
    return trimmed.hasSuffix(":") ? String(trimmed.dropLast()).trimmed() : trimmed
  }

  /// An area's type and name, from `lep:Black Country`; nil for a text without a type.
  ///
  /// `A : Agriculture` and `T09a:1 (All people)` are categories: a type is followed by a name at once,
  /// and a name begins with a letter.
  static func area(_ text: String) -> (type: String, name: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let type = text[..<colon]
    let name = text[text.index(after: colon)...]
    guard let first = type.first, first.isLetter, type.last != " ", name.first?.isLetter == true
    else { return nil }
    return (String(type), String(name))
  }

  private static let geographyWords: Set<String> = [
    "area", "areas", "authority", "authorities", "region", "regions", "country", "countries",
    "county", "counties", "district", "districts", "ward", "wards", "constituency",
    "constituencies", "nuts", "itl", "lep", "leps", "lsip", "lsips", "partnership", "partnerships",
    "geography", "lad", "ltla", "utla", "msoa", "lsoa", "parish", "parishes",
  ]

  private static let timeWords: Set<String> = ["date", "time", "period", "year", "time period"]

  /// Whether the heading of the row labels says that rows are areas.
  static func namesAreas(_ heading: String) -> Bool {
    words(heading).contains { geographyWords.contains($0) }
  }

  /// Whether a heading or a key says that its texts are periods.
  static func namesPeriods(_ heading: String) -> Bool {
    timeWords.contains(key(heading).lowercased())
  }

  /// Whether a key of the preamble names the one area of the table.
  static func namesOneArea(_ key: String) -> Bool {
    ["area", "area name", "geography", "location"].contains(key.lowercased())
  }

  private static let periodWords: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "q", "quarter", "to", "and", "year", "ending", "months", "mid",
  ]

  /// Whether a heading is a period: `2011`, `Jan 2017-Dec 2017`, `2018/19`, `April 2019`.
  static func isPeriod(_ text: String) -> Bool {
    var hasYear = false
    for word in words(text) {
      if let number = Int(word) {
        hasYear = hasYear || (word.count == 4 && (1800...2199).contains(number))
      } else if !periodWords.contains(word.filter(\.isLetter)) {
        return false
      }
    }
    return hasYear
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
