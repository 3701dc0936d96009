import Mismatch

/// Says what a column is for, by its texts first and its name second; `unknown` where neither tells.
struct ColumnJudge {
  /// Whether values stand across, so that columns of figures need no name that says so.
  let isWide: Bool
  private let hints: FileHints
  private let firstName: String?
  /// Whether there are columns `origin` and `destination`.
  private let hasFlows: Bool
  /// Whether there is a column `code`.
  private let hasCodes: Bool

  /// - Parameters:
  ///   - words: titles, keys and headings of the file, which may name a classification.
  ///   - names: those of all columns.
  init(words: [String], names: [String], isWide: Bool) {
    self.isWide = isWide
    hints = FileHints(words)
    firstName = names.first
    hasFlows = names.contains("origin") && names.contains("destination")
    hasCodes = names.contains { $0.normalisedName() == "code" }
  }

  func account(_ name: String, position: Int, _ tally: ColumnTally) -> ColumnAccount {
    var account = ColumnAccount(
      name: name, position: position, role: .unknown, distinctCount: tally.texts.count,
      isDistinctCapped: tally.isCapped, blankCount: tally.blankCount,
      examples: tally.commonest.map { String($0.prefix(60)) })
    account.role = role(name, tally)
    account.isSpaced =
      tally.isSpaced
      || account.role == .areaCode
        && tally.texts.contains { $0.trimmed().utf8.count < $0.utf8.count }
    account.oddTexts = OddTexts(tally, name, account.role).sentences
    switch account.role {
    case .areaCode, .areaName: account.area = area(name, tally, role: account.role)
    case .period: account.periods = ColumnJudge.periods(tally.texts)
    case .value, .confidence: account.describe(tally)
    case .categoryCode, .categoryLabel:
      account.scheme = scheme(name, tally)
    default: break
    }
    if [.categoryLabel, .categoryCode, .filter, .areaName, .unknown].contains(account.role) {
      account.totals = ColumnJudge.totals(tally, among: account.role)
    }
    return account
  }

  private func scheme(_ name: String, _ tally: ColumnTally) -> String? {
    CategoryScheme.name(heading: name, labels: tally.texts, hints: hints)
  }

  private func role(_ name: String, _ tally: ColumnTally) -> ColumnRole {
    if tally.filledCount == 0 { return ColumnNames.isFlag(name) ? .flag : .empty }
    if ColumnNames.isFlag(name) || tally.texts.allSatisfy(ColumnJudge.revisions.contains) {
      return .flag
    }
    if isAreaCode(tally) { return .areaCode }
    if let role = datesOrPeriods(name, tally) { return role }
    if let role = figures(name, tally) { return role }
    return label(name, tally)
  }

  /// Marks that ONS gives a column of their own: revised, provisional.
  private static let revisions: Set<String> = ["(r)", "(p)", "[r]", "[p]"]

  private func isAreaCode(_ tally: ColumnTally) -> Bool {
    // Register marks such as z stand among codes; Nomis's own numbers for areas without a code do too.
    let isOutside: (String) -> Bool = {
      $0 == "z" || $0 == "x" || $0 == "c" || $0.utf8.allSatisfy { (48...57).contains($0) }
        || $0.holds(" / ")
    }
    let mayBeOutside = tally.areTexts(0.5) { !AreaCode.isCode($0) }
    return !mayBeOutside && tally.areRows(0.98) { AreaCode.isCode($0) || isOutside($0) }
  }

  private func datesOrPeriods(_ name: String, _ tally: ColumnTally) -> ColumnRole? {
    if tally.areRows(0.98, { Period($0)?.kind == .date }) {
      return ColumnNames.isPeriod(name) ? .period : .date
    }
    // A name that says so outweighs a text or two among dates.
    let share = ColumnNames.isPeriod(name) ? 0.75 : 0.95
    guard tally.areTexts(share, { Period($0) != nil }) else { return nil }
    let labels = PeriodLabels(tally.texts)
    let known = tally.texts.filter { labels[$0] != nil }
    let needsName = known.contains(where: ColumnJudge.looksLikeNumber)
    let isFirstOfSheet = name.isEmpty || firstName == name
    return !needsName || ColumnNames.isPeriod(name) || (isWide && isFirstOfSheet) ? .period : nil
  }

  /// Whether a period's label could as well be a number, or a band of two, such as `16/17`.
  private static func looksLikeNumber(_ label: String) -> Bool {
    label.utf8.count <= 6 && !label.contains(where: \.isLetter) || label.allSatisfy(\.isNumber)
  }

  /// Columns of numbers and marks.
  private func figures(_ name: String, _ tally: ColumnTally) -> ColumnRole? {
    let marked = tally.hasNoWords(but: Markers.isMark)
    let numberRows = tally.numberRows
    if ColumnNames.isConfidence(name), marked { return .confidence }
    let key = ColumnNames.firstKey(of: name) ?? name
    let isHeading =
      Period(key) != nil || AreaNames.prefixedLevel(of: name) != nil || AreaCode.isCode(key)
      || key != name && AreaNames.isKnown(key) || FigureWording(headings: [name]).unit != nil
    if isHeading || ColumnNames.isValue(name), marked { return .value }
    guard marked, numberRows > 0 else { return nil }
    if ColumnNames.isIdentifier(name), tally.texts.count == tally.filledCount || tally.isCapped {
      return .identifier
    }
    if scheme(name, tally) != nil { return .categoryCode }
    if tally.texts.count == 1, tally.filledCount > 1, !isWide { return .constant }
    if ColumnNames.isCode(name) || tally.numbers.hasLeadingZero { return .unknown }
    if isWide || tally.numbers.areAmounts && tally.texts.count > 1 { return .value }
    // Figures vary; a few numbers that recur are as likely to be codes.
    return .unknown
  }

  private func label(_ name: String, _ tally: ColumnTally) -> ColumnRole {
    if ColumnNames.isLevel(name) { return tally.texts.count == 1 ? .constant : .areaLevel }
    if let heading = AreaNames.heading(name) {
      if heading.isName { return .areaName }
      return .unknown
    }
    if isAreaName(tally) { return .areaName }
    if hasFlows, ["origin", "destination"].contains(name) { return .areaName }
    if hasCodes, name.normalisedName() == "name" { return .areaName }
    if ColumnNames.isMeasure(name) { return .measure }
    if ColumnNames.isGrouping(name), tally.texts.count > 1 { return .filter }
    if scheme(name, tally) != nil {
      let codes = tally.texts.count { $0.count <= 9 && $0.contains(where: \.isNumber) }
      return codes * 10 >= tally.texts.count * 9 ? .categoryCode : .categoryLabel
    }
    if ColumnNames.isIdentifier(name), tally.texts.count == tally.filledCount { return .identifier }
    if tally.texts.count == 1, tally.filledCount > 1 { return .constant }
    if ColumnNames.isCategory(name) { return .categoryLabel }
    let isSmall = tally.texts.count <= 60 && tally.texts.count * 4 <= tally.filledCount
    return isSmall && !tally.isCapped ? .filter : .unknown
  }

  private func isAreaName(_ tally: ColumnTally) -> Bool {
    if tally.areRows(0.98, { AreaNames.prefixedLevel(of: $0) != nil }) { return true }
    return tally.areTexts(0.6, AreaNames.isKnown)
      && tally.texts.count(where: AreaNames.isKnown) >= 3
  }

  static func periods(_ labels: [String]) -> PeriodAccount? {
    let read = PeriodLabels(labels)
    let periods = labels.compactMap { read[$0] }
    guard !periods.isEmpty else { return nil }
    let shown = labels.count <= 12 ? labels : Array(labels.prefix(2)) + ["…"] + labels.suffix(2)
    return PeriodAccount(
      kind: Period.Kind.allCases.compactMap { kind in
        text(kind, periods.filter { $0.kind == kind })
      }.joined(separator: ", "), labels: shown, count: labels.count,
      others: labels.filter { read[$0] == nil }.prefix(12).map { $0 })
  }

  /// What periods of one kind are called; nil for none.
  private static func text(_ kind: Period.Kind, _ periods: [Period]) -> String? {
    guard !periods.isEmpty else { return nil }
    let areQuarters = kind == .months && periods.allSatisfy { $0.span.monthCount == 3 }
    return areQuarters ? "rolling three months" : kind.rawValue
  }

  /// Texts that stand for all others of the column.
  private static func totals(_ tally: ColumnTally, among role: ColumnRole) -> [String] {
    guard tally.texts.count > 1 else { return [] }
    return tally.texts.filter { text in
      let lowered = text.lowercased().trimmed()
      if role == .areaName {
        return AreaNames.isWhole(lowered) || AreaNames.prefixedLevel(of: text) == "country"
      }
      // Names of providers may begin with "All".
      if role == .unknown { return lowered == "total" || lowered.hasPrefix("total (") }
      return lowered == "total" || lowered.hasSuffix(": total") || lowered.hasPrefix("total (")
        || (lowered.hasPrefix("all ") && !lowered.hasPrefix("all other ")
          && lowered.split(separator: " ").count <= 3)
    }.prefix(12).map { $0 }
  }
}

extension ColumnJudge {
  /// Levels and vintage of a column of areas.
  fileprivate func area(_ name: String, _ tally: ColumnTally, role: ColumnRole) -> AreaAccount {
    var counts: [String: Int] = [:]
    let heading = AreaNames.heading(name)
    for text in tally.texts where !ColumnJudge.isNoArea(text) {
      let level =
        role == .areaCode
        ? AreaCode(text)?.kind ?? "no code"
        : AreaNames.prefixedLevel(of: text) ?? AreaNames.suffixedLevel(of: text)
          ?? nameLevel(text) ?? heading?.level
      if let level { counts[level, default: 0] += 1 }
    }
    let levels = counts.map { LevelCount(level: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.level) < ($0.count, $1.level) }
    let told = role == .areaCode ? AreaVintage.text(of: Set(tally.texts)) : nil
    let isOfDistricts = levels.contains { $0.level == "district" }
    let beside = isOfDistricts || levels.isEmpty ? hints.boundaries : nil
    return AreaAccount(
      levels: levels,
      vintage: heading?.vintage.map { $0.count == 4 ? "\($0) (column name)" : $0 }
        ?? beside ?? told.map { "\($0) (codes)" })
  }

  /// Whether a label says that the area is not known.
  private static func isNoArea(_ text: String) -> Bool {
    ["unknown", "not known", "not available", "na", "outside of england and unknown"]
      .contains(text.lowercased().trimmed())
  }

  /// The level that an unmistakable name has: a country.
  private func nameLevel(_ text: String) -> String? {
    AreaNames.isCountry(text) ? "country" : nil
  }
}

extension ColumnAccount {
  /// Notes the marks and the rounding of a column of figures.
  fileprivate mutating func describe(_ tally: ColumnTally) {
    let words = tally.words
    let texts = Set(words.map { $0.text.trimmed() })
    markers = words.prefix(20).map { word in
      MarkerAccount(
        text: word.text, count: word.count, meaning: Markers.meaning(of: word.text, among: texts))
    }
    rounding = tally.numbers.rounding
    hasNegative = tally.numbers.hasNegative
    decimalCount = tally.numbers.decimalCount
    isAccounting = tally.numbers.areAmounts
    isSpaced = isSpaced || words.contains { $0.text != $0.text.trimmed() }
  }
}
