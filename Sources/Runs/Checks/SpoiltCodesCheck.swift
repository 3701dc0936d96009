import Extracts
import Jobs
import Mismatch

extension Check {
  /// Codes that a spreadsheet changed when it opened or filled a column.
  static let spoiltCodes = Check(
    "spoilt-codes",
    looksFor:
      "codes that a spreadsheet made of others: dates, powers of ten, lost leading zeros, counted up by filling",
    guidance:
      "Take the codes from their source again and import the column as text: 1.1 may have become 01-Jan, 01 "
      + "became 1"
  ) { outcome in
    let findings = [Dimension.area, .category].flatMap { dimension in
      [dates(outcome, dimension), lostZeros(outcome, dimension), filled(outcome, dimension)]
        .compactMap { $0 }
    }
    return findings.isEmpty
      ? [Finding(.pass, "no code has the form that spreadsheets give to others")] : findings
  }

  // MARK: Dates and powers of ten

  /// Dates and powers of ten among other codes; a column of dates alone may be meant.
  private static func dates(_ outcome: Outcome, _ dimension: Dimension) -> Finding? {
    let role = TextRole.code(dimension)
    let isSpoilt = { (text: String) in KeyText.isDate(text) || KeyText.isScientific(text) }
    let found = outcome.notedTexts.places.filter {
      $0.key.role == role && isSpoilt($0.key.spelling.text)
    }
    guard let first = found.min(by: { $0.key.spelling < $1.key.spelling }) else { return nil }
    let others = Set(
      outcome.comparedTexts.filter { $0.0 == role && !isSpoilt($0.1) }.map { Spelling($0.1) })
    let areNumbered = others.contains { code in
      code.text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
    }
    guard areNumbered || others.count >= found.count else { return nil }
    return Finding(
      .fail,
      "\(Finding.counted(found.count, role.words)) \(found.count == 1 ? "has" : "have") the form of a date or of a "
        + "power of ten among codes of other forms: "
        + Failure.examples(found.keys.map(\.spelling.text).sorted(by: Codebook.precedes)),
      place: first.value.description, count: Double(found.count))
  }

  // MARK: Leading zeros

  /// Codes of digits that are the same number with and without leading zeros, among those that are matched with
  /// one another: a side's own and those of its register or map, and both sides' where neither has a map.
  private static func lostZeros(_ outcome: Outcome, _ dimension: Dimension) -> Finding? {
    let what = dimension == .area ? KeyRole.area : .category
    var groups = outcome.allEvidence.map { $0.codes(what) }
    let haveMaps = outcome.allEvidence.contains { side in
      !(dimension == .area ? side.background.areaLinks : side.background.categoryLinks).isEmpty
    }
    if !haveMaps { groups = [Set(groups.joined())] }
    let pairs = groups.flatMap { codes in
      codes.compactMap { code -> (short: Spelling, long: Spelling)? in
        guard let number = code.text.withoutLeadingZeros, !number.isSpelt(as: code.text),
          codes.contains(Spelling(number))
        else { return nil }
        return (Spelling(number), code)
      }
    }
    guard let first = pairs.min(by: { ($0.short, $0.long) < ($1.short, $1.long) }) else {
      return nil
    }
    let count = Set(pairs.map(\.short)).count
    return Finding(
      .fail,
      "\(Finding.counted(count, TextRole.code(dimension).words)) \(count == 1 ? "occurs" : "occur") with and without "
        + "leading zeros, such as \"\(first.short)\" and \"\(first.long)\"",
      count: Double(count))
  }

  // MARK: Filled columns

  /// How many codes in a row have one name before they are taken for counted up.
  private static let runLength = 3

  /// Codes that follow one another and have the same name.
  private static func filled(_ outcome: Outcome, _ dimension: Dimension) -> Finding? {
    let codebook = dimension == .area ? outcome.areas : outcome.sectors
    var named = zip(codebook.codes, codebook.names).map { (Spelling($0), Spelling($1)) }
    named += outcome.notedTexts.names.filter { $0.key.role == .code(dimension) }
      .map { ($0.key.spelling, $0.value) }
    let byName = Dictionary(grouping: named, by: \.1).filter {
      $0.value.count >= runLength && !$0.key.text.trimmed().isEmpty
        && !KeyText.isMissing($0.key.text)
    }
    let runs = byName.compactMap { name, codes in
      CountedCode.longestRun(of: Set(codes.map(\.0))).map { (name: name, codes: $0) }
    }.filter { $0.codes.count >= runLength }
    guard let first = runs.min(by: { $0.name < $1.name }) else { return nil }
    return Finding(
      .fail,
      "\(Finding.counted(runs.count, "name")) \(runs.count == 1 ? "stands" : "stand") beside codes that count up, as "
        + "filling down a column makes them: \"\(first.name)\" beside "
        + Failure.examples(first.codes, limit: 3),
      count: Double(runs.count))
  }
}

/// A code that ends with digits.
private struct CountedCode {
  let text: Spelling
  let start: Substring
  let number: Int

  init?(_ text: Spelling) {
    let digits = text.text.reversed().prefix { $0.isASCII && $0.isNumber }.count
    guard digits > 0, let number = Int(text.text.suffix(min(digits, 15))) else { return nil }
    self.text = text
    start = text.text.dropLast(digits)
    self.number = number
  }

  /// The most codes that follow one another by their last digits; nil where none do.
  static func longestRun(of codes: Set<Spelling>) -> [String]? {
    let counted = codes.compactMap(CountedCode.init)
    let runs = Dictionary(grouping: counted, by: \.start).values.flatMap { codes in
      codes.sorted { ($0.number, $0.text) < ($1.number, $1.text) }
        .reduce(into: [[CountedCode]]()) { runs, code in
          if let last = runs.last?.last, code.number == last.number + 1 {
            runs[runs.count - 1].append(code)
          } else {
            runs.append([code])
          }
        }
    }
    return runs.max { ($0.count, $1[0].text) < ($1.count, $0[0].text) }?.map(\.text.text)
  }
}

extension SideEvidence {
  /// Every code of the side and of what it is matched with.
  fileprivate func codes(_ what: KeyRole) -> Set<Spelling> {
    Set(texts.filter { $0.what == what }.map { Spelling($0.text) })
  }
}

extension String {
  /// The digits without zeros before them; nil for what is no whole number.
  fileprivate var withoutLeadingZeros: String? {
    guard !isEmpty, utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let rest = drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }
}
