import Mismatch

/// What the words around the figures of a table say of them: their unit, and whether they are rates.
package struct FigureWording: Sendable, Equatable {
  /// Headings of the columns that are read.
  package let headings: [String]
  /// Texts of which a filter keeps the rows, such as a measure or a unit.
  package let choices: [String]
  /// Titles and keys above the headings.
  package let titles: [String]
  /// Notes below the table.
  package let notes: [String]

  package init(
    headings: [String], choices: [String] = [], titles: [String] = [], notes: [String] = []
  ) {
    self.headings = headings
    self.choices = choices
    self.titles = titles
    self.notes = notes
  }

  /// The wording of a table whose rows were read.
  ///
  /// - Parameters:
  ///   - columns: those that are read.
  ///   - units: texts of columns of units.
  package init(
    _ rows: borrowing RowTable, columns: [Int], filters: [FilterJob], units: Set<String>
  ) {
    let header = rows.header
    let kept = filters.filter { !$0.isExclusion }.flatMap { Codebook.sorted($0.texts) }
    self.init(
      headings: columns.map { header[$0] }, choices: kept + Codebook.sorted(units),
      blocks: rows.blocks)
  }

  init(headings: [String], choices: [String] = [], blocks: [TableBlock]) {
    self.init(
      headings: headings, choices: choices, titles: blocks.flatMap(\.words),
      notes: blocks.flatMap(\.footnotes))
  }

  /// The words of this table and of another one, each once.
  package func joined(with other: FigureWording) -> FigureWording {
    func joined(_ texts: KeyPath<FigureWording, [String]>) -> [String] {
      let own = self[keyPath: texts]
      return own + other[keyPath: texts].filter { text in !own.contains { $0.isSpelt(as: text) } }
    }
    return FigureWording(
      headings: joined(\.headings), choices: joined(\.choices), titles: joined(\.titles),
      notes: joined(\.notes))
  }

  /// The unit that words name and the text that does, of headings before titles and of those before notes; nil
  /// where none does.
  package var unit: (unit: CountUnit, text: String)? {
    for (texts, areNotes) in [(headings + choices, false), (titles, false), (notes, true)] {
      for text in texts {
        if let unit = UnitWords(text).unit(inNote: areNotes) { return (unit, text) }
      }
    }
    return nil
  }

  /// The words by which figures are rates, percentages, averages or money and the text that has them; nil for
  /// counts.
  ///
  /// Words that may be part of a category's name must be in the headings of all columns, and titles count only where
  /// no text says that there are numbers too.
  package var rate: (word: String, text: String)? {
    for text in headings + choices {
      if let word = RateWords.certain(in: text) { return (word, text) }
    }
    for choice in choices {
      if let word = RateWords.any(in: choice) { return (word, choice) }
    }
    let words = headings.map(RateWords.any)
    if let first = words.first, let word = first, words.allSatisfy({ $0 != nil }) {
      return (word, headings[0])
    }
    guard !headings.contains(where: RateWords.namesCounts),
      !titles.contains(where: RateWords.saysCounts)
    else { return nil }
    for title in titles {
      if let word = RateWords.ofTitle(title) { return (word, title) }
    }
    return nil
  }
}

/// The words of one text, of which some may name the unit of figures.
private struct UnitWords {
  private let text: String
  private let words: [String]

  init(_ text: String) {
    self.text = text.lowercased().replacing("’", with: "'").replacing("‘", with: "'")
    words = self.text.split { $0.isWhitespace || "()[]{}|:;/\"_".contains($0) }.map { word in
      var word = word
      while let last = word.last, ",.".contains(last) { word.removeLast() }
      return String(word)
    }
  }

  private static let sizes: [(unit: CountUnit, words: Set<String>)] = [
    (
      CountUnit(size: 1000),
      [
        "thousands", "thousand", "000", "'000", "000s", "'000s", "000's", "£000", "£'000", "£000s",
        "£k", "£thousand", "£thousands",
      ]
    ),
    (
      CountUnit(size: 1_000_000),
      ["millions", "million", "£m", "£mn", "£million", "£millions"]
    ),
    (CountUnit(size: 100), ["hundreds", "hundred"]),
  ]

  /// The unit that the text names; nil where it names none.
  ///
  /// "Thousands" names it, "10 thousand", "nearest thousand", "per thousand" and "hundreds of thousands" do not.
  ///
  /// - Parameter inNote: whether the text is a sentence, which must say that figures are in the unit.
  func unit(inNote: Bool) -> CountUnit? {
    for (place, word) in words.enumerated() {
      guard let size = UnitWords.sizes.first(where: { $0.words.contains(word) }) else { continue }
      if names(place, inNote: inNote) { return size.unit }
    }
    return nil
  }

  private static let others: Set<String> = [
    "nearest", "per", "of", "several", "few", "a", "one", "two", "three", "ten", "hundred",
    "hundreds", "each", "every", "to",
  ]

  private func names(_ place: Int, inNote: Bool) -> Bool {
    let word = words[place]
    let before = place > 0 ? words[place - 1] : ""
    if text.contains("(\(word))") || text.contains("[\(word)]") || words.count == 1 { return true }
    let isAmount = before.last?.isNumber == true && text.contains("\(before) \(word)")
    if isAmount || UnitWords.others.contains(before) { return false }
    if words[..<place].contains(where: { $0.hasPrefix("round") }) { return false }
    // "Hundreds of thousands" is a way of speaking.
    let isSpoken =
      place + 2 < words.count && words[place + 1] == "of"
      && UnitWords.sizes.contains { $0.words.contains(words[place + 2]) }
    if isSpoken { return false }
    let isMark = word.hasPrefix("£") || word.hasPrefix("'") || word.hasPrefix("000")
    let isStated = ["in", "are", "unit", "units", "£"].contains(before)
    if isMark || isStated { return true }
    return !inNote && word.hasSuffix("s")
  }
}

/// Words by which figures are no counts.
private enum RateWords {
  private static let certain: Set<String> = [
    "percent", "percentage", "percentages", "perc", "pct", "pcent", "%", "£",
  ]
  private static let likely: Set<String> = [
    "rate", "rates", "ratio", "ratios", "proportion", "proportions", "share", "shares", "index",
    "average", "avg", "mean", "median", "score", "scores",
  ]
  private static let ofTitles: Set<String> = [
    "percentage", "percentages", "percent", "%", "rate", "rates", "ratio", "ratios", "proportion",
    "proportions",
  ]
  private static let counts: Set<String> = [
    "number", "numbers", "count", "counts", "level", "levels", "thousands", "total", "totals",
    "volume", "volumes",
  ]
  private static let counted: Set<String> = [
    "starts", "achievements", "vacancies", "adverts", "jobs", "people", "learners", "enrolments",
    "employment", "aims", "openings",
  ]
  /// What may follow "per" in a rate.
  private static let bases: Set<String> = ["cent", "head", "capita", "hundred", "thousand", "1"]

  /// A word that says so by itself: a percentage, money, or so many per something.
  static func certain(in text: String) -> String? {
    let words = words(text)
    if let word = words.first(where: certain.contains) { return word }
    let base = zip(words, words.dropFirst()).first { $0 == "per" && bases.contains($1) }?.1
    return base.map { "per \($0)" }
  }

  static func any(in text: String) -> String? {
    certain(in: text) ?? words(text).first(where: likely.contains)
  }

  static func ofTitle(_ text: String) -> String? {
    words(text).first(where: ofTitles.contains)
      ?? certain(in: text).flatMap { $0 == "£" ? nil : $0 }
  }

  static func saysCounts(_ text: String) -> Bool { words(text).contains(where: counts.contains) }

  /// Whether a heading names what is counted.
  static func namesCounts(_ text: String) -> Bool {
    saysCounts(text) || words(text).contains(where: counted.contains)
  }

  /// The words in lower case, also those joined as in `employment_rate` and `employmentRate`, signs, and 1 for any
  /// number.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var last: Character?
    for character in text {
      let begins = character.isUppercase && last?.isLowercase == true
      if !character.isLetter || begins {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if character.isLetter { word.append(character) }
      if "%£".contains(character) { words.append(String(character)) }
      if character.isNumber, last?.isNumber != true { words.append("1") }
      last = character
    }
    return word.isEmpty ? words : words + [word.lowercased()]
  }
}
