/// What follows from the columns of a table taken together: headings, totals among parts, and what
/// nobody told.
struct Findings {
  private let columns: [ColumnAccount]

  init(_ columns: [ColumnAccount]) { self.columns = columns }

  /// What the headings of at least three value columns name.
  func headings(words: [String]) -> HeadingAccount? {
    let values = columns.filter { $0.role == .value }
    let names = values.map { name in
      name.name.hasSuffix(" | number") ? String(name.name.dropLast(9)) : name.name
    }
    var tally = ColumnTally(limit: 100_000)
    for name in names { tally.add(name) }
    let judge = ColumnJudge(words: words, names: ["year"], isWide: false)
    if let crossed = CrossedHeadings(names, judge: judge) {
      return HeadingAccount(
        role: crossed.roles.first.flatMap { $0 } ?? .unknown, count: names.count, crossed: crossed)
    }
    var account = judge.account("year", position: 0, tally)
    if account.role != .period {
      guard values.count >= 3 else { return nil }
      account = judge.account("headings", position: 0, tally)
    }
    if account.role != .areaCode, values.count >= 3,
      let scheme = CategoryScheme.name(heading: "", labels: names, hints: FileHints(words))
    {
      return HeadingAccount(role: .categoryLabel, count: names.count, scheme: scheme)
    }
    guard [.period, .areaName, .areaCode].contains(account.role) else {
      return areCategories(values) ? HeadingAccount(role: .categoryLabel, count: names.count) : nil
    }
    return HeadingAccount(
      role: account.role, count: names.count, area: account.area, periods: account.periods)
  }

  /// Whether figures stand under the names of categories: no other column has any, and none names a count.
  private func areCategories(_ values: [ColumnAccount]) -> Bool {
    let others = columns.filter { $0.role != .value }
    let labels: [ColumnRole] = [
      .categoryCode, .categoryLabel, .filter, .measure, .unknown, .identifier,
    ]
    return !others.contains { labels.contains($0.role) }
      && !values.contains {
        ColumnNames.isValue($0.name) || ProposedKind(of: $0.name) != nil
          || FigureWording(headings: [$0.name]).rate != nil
      }
  }

  /// What headings, columns of units, titles and notes say of the unit of the figures.
  func unit(around blocks: [TableBlock]) -> UnitAccount? {
    let values = columns.filter { $0.role == .value }
    guard !values.isEmpty else { return nil }
    let units = columns.filter { ColumnNames.isUnit($0.name) && $0.distinctCount == 1 }
    let wording = FigureWording(
      headings: values.map(\.name),
      choices: units.flatMap { column in
        column.examples.map { ColumnNames.unit($0, under: column.name) }
      }, blocks: blocks)
    return wording.unit.map { UnitAccount(name: $0.unit.text, text: $0.text) }
  }

  /// Totals and levels that stand among their parts.
  func totals(headings: HeadingAccount?) -> [String] {
    var found: [String] = []
    for column in columns {
      if !column.totals.isEmpty {
        let texts = column.totals.map { "\"\($0)\"" }.joined(separator: ", ")
        found.append("\(texts) in `\(column.name)` among its parts")
      }
      if column.role == .areaLevel {
        found.append("levels stacked in `\(column.name)`")
      }
      if let levels = column.area?.levels, Findings.areStacked(levels) {
        found.append("levels stacked in `\(column.name)`: \(Findings.text(levels))")
      }
    }
    if let levels = headings?.area?.levels, Findings.areStacked(levels) {
      found.append("levels stacked across: \(Findings.text(levels))")
    }
    if columns.contains(where: {
      $0.role == .value && $0.name.hasPrefix("Total |") || $0.name == "Total" && $0.role == .value
    }) {
      found.append("the column \"Total\" and its parts")
    }
    return found
  }

  /// Whether areas of more than one level stand together.
  static func areStacked(_ levels: [LevelCount]) -> Bool {
    levels.count { $0.level != "no code" } > 1
  }

  package static func text(_ levels: [LevelCount]) -> String {
    levels.map { "\($0.level) \($0.count)" }.joined(separator: ", ")
  }

  /// What the file does not say.
  func unknowns(headings: HeadingAccount?) -> [String] {
    var unknowns: [String] = []
    let unclear = columns.filter { $0.role == .unknown }.map { "`\($0.name)`" }
    if !unclear.isEmpty {
      unknowns.append("the purpose of these columns: " + Findings.some(unclear))
    }
    let hasCodes = columns.contains { $0.role == .areaCode } || headings?.role == .areaCode
    let hasNames = columns.contains { $0.role == .areaName } || headings?.role == .areaName
    if hasNames && !hasCodes { unknowns.append("the codes of the areas: there are names only") }
    if hasCodes || hasNames,
      !columns.contains(where: { $0.area?.vintage != nil }) && headings?.area?.vintage == nil
    {
      unknowns.append("the year of the areas' boundaries")
    }
    for column in columns where [.categoryLabel, .categoryCode].contains(column.role) {
      if column.scheme == nil { unknowns.append("the classification of `\(column.name)`") }
    }
    let values = columns.filter { $0.role == .value }
    let texts = Set(values.flatMap(\.markers).map { $0.text.trimmed() })
    let markers = Set(
      values.flatMap(\.markers).filter { !Markers.isExplained($0.text, among: texts) }
        .map { "\"\($0.text)\"" })
    if !markers.isEmpty {
      unknowns.append("the meaning of " + Findings.some(markers.sorted()))
    }
    let unsaid = values.filter { $0.rounding == nil }
    if !unsaid.isEmpty, unsaid.count == values.count {
      unknowns.append("the rounding: too few distinct values to determine")
    }
    return unknowns
  }

  /// The first items, and how many more there are.
  static func some(_ items: [String], limit: Int = 8) -> String {
    items.prefix(limit).joined(separator: ", ")
      + (items.count > limit ? " and \(items.count - limit) more" : "")
  }
}
