/// What the texts of a file say of its classifications and boundaries, each text looked at once.
struct FileHints {
  /// The only year of SOC that is named, as in `SOC 2020`; nil for none or several.
  let occupations: String?
  /// Whether SIC 2007 is named.
  let namesSIC2007: Bool
  /// What is said of the boundaries of districts.
  let boundaries: String?

  /// - Parameter texts: titles, keys, headings, and texts of columns that have few.
  init(_ texts: [String]) {
    occupations = FileHints.occupations(in: texts)
    namesSIC2007 = texts.contains { text in
      FileHints.mayName(text) { squeezed in
        squeezed.holds("SIC2007") || squeezed.holds("SIC07")
          || squeezed.holds("CLASSIFICATION(2007)") || squeezed.holds("CLASSIFICATION2007")
      }
    }
    boundaries = texts.lazy.compactMap(AreaVintage.told).first
  }

  /// The only year of SOC that the texts name.
  static func occupations(in texts: [String]) -> String? {
    let years: [(year: String, name: StaticString)] = [("2010", "SOC2010"), ("2020", "SOC2020")]
    let named = years.filter { _, name in
      texts.contains { text in FileHints.mayName(text) { $0.holds(name) } }
    }
    return named.count == 1 ? "SOC \(named[0].year)" : nil
  }

  /// Whether a text passes a search for a classification with its year, in capitals and without spaces.
  private static func mayName(
    _ text: String, _ search: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    // Most texts are short or have no digit 0.
    guard text.utf8.count >= 5, text.utf8.contains(48) else { return false }
    return text.squeezedCapitals().withUnsafeBufferPointer(search)
  }
}
