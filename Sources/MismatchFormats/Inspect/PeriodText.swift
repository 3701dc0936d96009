/// How a period is written.
enum PeriodText: String, Sendable, CaseIterable {
  case twoYears = "academic or financial year (2021/22)"
  case sixDigits = "academic or financial year (202122)"
  case academicYear = "academic year (AY23/24)"
  case partYear = "part of an academic or financial year"
  case year = "calendar year"
  case month = "month"
  case quarter = "quarter"
  case threeMonths = "rolling three months"
  case months = "range of months"

  private static let names = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// The kind of a label; nil for a text that is no period.
  ///
  /// A mark of revision at its end, such as `(p)`, does not count. Four and six digits are periods by
  /// their form alone: whether they are meant as such, the column's name must tell.
  init?(_ label: String) {
    var text = label.trimmed()
    for mark in ["(p)", "(r)", "[p]", "[r]"] where text.hasSuffix(mark) {
      text = String(text.dropLast(3)).trimmed()
    }
    guard text.utf8.count >= 4, text.utf8.count <= 40 else { return nil }
    guard let kind = PeriodText.digits(text) ?? PeriodText.years(text) ?? PeriodText.months(text)
    else { return nil }
    self = kind
  }

  /// Whether labels of this kind could as well be plain numbers.
  var looksLikeNumber: Bool { self == .year || self == .sixDigits }

  private static func isYear(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 4 && Int(text).map { (1900...2100).contains($0) } == true
  }

  /// The month's number, from 0, of its name or the first three letters of it.
  private static func month(_ text: some StringProtocol) -> Int? {
    let word = text.trimmingSpaces().lowercased()
    guard word.count >= 3, let number = names.firstIndex(of: String(word.prefix(3))) else {
      return nil
    }
    let full = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    return word.count == 3 || full[number] == word || word == "sept" ? number : nil
  }

  private static func digits(_ text: String) -> PeriodText? {
    if isYear(text) { return .year }
    guard text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }),
      isYear(text.prefix(4)), let first = Int(text.prefix(4)), let next = Int(text.suffix(2))
    else { return nil }
    return (first + 1) % 100 == next ? .sixDigits : nil
  }

  private static func years(_ text: String) -> PeriodText? {
    let isNamed = text.hasPrefix("AY")
    let plain = isNamed ? text.dropFirst(2).trimmingSpaces() : text
    guard let slash = plain.firstIndex(where: { "/-".contains($0) }) else { return quarter(text) }
    let first = plain[..<slash]
    let rest = plain[plain.index(after: slash)...]
    let second = rest.prefix { $0.isNumber }
    guard (first.count == 4 && isYear(first)) || (first.count == 2 && isNamed),
      second.count == 2 || second.count == 4,
      let start = Int(first), let end = Int(second), (start + 1) % 100 == end % 100
    else { return nil }
    let more = rest.dropFirst(second.count).trimmingSpaces()
    if more.isEmpty { return isNamed ? .academicYear : .twoYears }
    return more.hasPrefix("(") && more.hasSuffix(")") ? .partYear : nil
  }

  private static func quarter(_ text: String) -> PeriodText? {
    let parts = text.split(separator: " ")
    guard parts.count == 2 else { return nil }
    let isQuarter: (Substring) -> Bool = {
      $0.count == 2 && $0.first == "Q" && "1234".contains($0.last ?? " ")
    }
    return (isYear(parts[0]) && isQuarter(parts[1])) || (isYear(parts[1]) && isQuarter(parts[0]))
      ? .quarter : nil
  }

  private static func months(_ text: String) -> PeriodText? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 2, isYear(parts[0]), parts[1].count == 2, let number = Int(parts[1]),
      (1...12).contains(number)
    {
      return .month
    }
    guard parts.count == 2 else { return parts.count == 1 ? singleMonth(text) : nil }
    if let first = month(parts[0]) {
      if isYearWord(parts[1]) { return .month }
      guard let (last, _) = monthAndYear(parts[1]) else { return nil }
      return (first + 2) % 12 == last ? .threeMonths : .months
    }
    guard let (first, start) = monthAndYear(parts[0]), let (last, end) = monthAndYear(parts[1])
    else { return nil }
    let length = (end * 12 + last) - (start * 12 + first) + 1
    return length == 3 ? .threeMonths : length > 0 ? .months : nil
  }

  private static func isYearWord(_ text: some StringProtocol) -> Bool {
    let word = text.trimmingSpaces()
    return isYear(word) || (word.count == 2 && Int(word) != nil)
  }

  private static func singleMonth(_ text: String) -> PeriodText? {
    monthAndYear(text) == nil ? nil : .month
  }

  private static func monthAndYear(_ text: some StringProtocol) -> (Int, Int)? {
    let words = text.split(separator: " ")
    guard words.count == 2, let number = month(words[0]), isYearWord(words[1]),
      let year = Int(words[1])
    else { return nil }
    return (number, year)
  }
}

extension StringProtocol {
  /// The text without spaces and line breaks at its ends.
  func trimmingSpaces() -> String {
    // Most texts need no trimming, and looking at two bytes is faster than at all characters.
    let plain: (UInt8?) -> Bool = { $0.map { $0 > 32 && $0 < 127 } ?? true }
    if plain(utf8.first), plain(utf8.dropFirst(Swift.max(0, utf8.count - 1)).first) {
      return String(self)
    }
    return trimmingCharacters()
  }

  private func trimmingCharacters() -> String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
