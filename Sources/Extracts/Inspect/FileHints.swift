/// What the texts of a file say of its classifications and boundaries, for all of its columns.
struct FileHints {
  /// Whether SIC 2007 is named.
  private(set) var namesSIC2007 = false
  /// What is said of the boundaries of districts, by the first text that says something.
  private(set) var boundaries: String?
  private var years: Set<String> = []

  /// Looks at each text once.
  ///
  /// - Parameter texts: titles, keys, headings, and texts of columns that have few.
  init(_ texts: some Sequence<String>) {
    for text in texts {
      boundaries = boundaries ?? AreaNames.vintage(in: text)
      // Every name of a classification with its year has a 0.
      guard text.utf8.count >= 5, text.utf8.contains(48) else { continue }
      text.squeezedCapitals().withUnsafeBufferPointer { note($0) }
    }
  }

  /// The only year of SOC that is named, as in `SOC 2020`; nil for none or several.
  var occupations: String? { years.count == 1 ? years.first.map { "SOC \($0)" } : nil }

  private mutating func note(_ text: UnsafeBufferPointer<UInt8>) {
    if text.holds("SOC2010") { years.insert("2010") }
    if text.holds("SOC2020") { years.insert("2020") }
    namesSIC2007 =
      namesSIC2007 || text.holds("SIC2007") || text.holds("SIC07")
      || text.holds("CLASSIFICATION(2007)") || text.holds("CLASSIFICATION2007")
  }
}
