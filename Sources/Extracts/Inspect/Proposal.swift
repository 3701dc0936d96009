import Mismatch

/// Writes the part of a job that reads a table, so that it runs as it is pasted.
///
/// Where a person must choose, the first choice is taken and the others stand in a comment.
struct Proposal {
  private let account: Account
  /// Columns of figures, the one that is read first unless all stand across.
  let values: [ColumnAccount]
  let headings: HeadingAccount?
  private let needsTrim: Bool
  private let area: ColumnAccount?
  let category: ColumnAccount?
  let period: ColumnAccount?

  init(_ account: Account) {
    self.account = account
    headings = account.headings
    let figures = account.columns.filter { $0.role == .value }
    let isCount: (ColumnAccount) -> Bool = { FigureWording(headings: [$0.name]).rate == nil }
    let first =
      figures.firstIndex { isCount($0) && ProposedKind(of: $0.name) != nil }
      ?? figures.firstIndex(where: isCount) ?? figures.startIndex
    values =
      headings == nil && !figures.isEmpty
      ? [figures[first]] + figures[..<first] + figures[(first + 1)...] : figures
    func columns(_ roles: ColumnRole...) -> [ColumnAccount] {
      account.columns.filter { roles.contains($0.role) }
    }
    let categories = columns(.categoryLabel, .categoryCode)
    area =
      columns(.areaCode).max {
        ($0.distinctCount, -$0.position) < ($1.distinctCount, -$1.position)
      } ?? columns(.areaName).first
    let isTitled = account.reader == Reader.titledTable.name
    let labels = isTitled ? columns(.filter, .unknown, .identifier).filter(\.hasLabels) : []
    category =
      categories.first { $0.scheme != nil } ?? categories.first
      ?? (labels.count == 1 && headings?.role != .categoryLabel && headings?.crossed == nil
        ? labels.first : nil)
    period = columns(.period).first ?? columns(.date).first
    needsTrim =
      ((headings == nil ? Array(values.prefix(1)) : values)
      + [area, category, period].compactMap { $0 })
      .contains(where: \.isSpaced)
  }

  /// The block; nil for a table without figures, one whose figures nobody can tell to be either provision or
  /// demand, and one whose columns have the same name.
  package func text() -> String? {
    sideAndKind().flatMap { block($0.side, kind: $0.kind) }
  }

  /// The block as one of that side, whatever words say.
  package func text(as side: Side) -> String? {
    guard let told = sideAndKind(), told.side == side else {
      return block(side, kind: side == .provision ? "people" : "vacancies", remark: "   # confirm")
    }
    return block(side, kind: told.kind)
  }

  /// Whether the figures are provision or demand, by the words of the columns and titles.
  func sideAndKind() -> ProposedKind? {
    let titles = account.blocks.first?.title ?? []
    let measures = account.columns.filter { $0.role == .measure }.flatMap(\.examples)
    let texts =
      values.prefix(1).map(\.name) + measures + titles + values.map(\.name)
      + account.file.split(separator: "/").suffix(1).map(String.init)
    if texts.contains(where: ProposedKind.isNeither) { return nil }
    var found = texts.lazy.compactMap { ProposedKind(of: $0) }.first
    if found?.kind == "vacancies",
      account.columns.contains(where: { $0.scheme?.contains("Textkernel") == true })
    {
      found?.kind = "adverts"
    }
    return found
  }

  private func block(_ side: Side, kind: String, remark: String = "") -> String? {
    guard let value = values.first, areNamesUnique else { return nil }
    var lines = ["\(side.rawValue):"]
    func add(_ line: String) { lines.append("  " + line) }
    add("kind: \(kind)" + remark)
    for line in Proposal.table(account) { add(line) }
    if needsTrim { add("trim: true") }
    add(key("area", area, among: [.areaCode, .areaName]))
    add(key("category", category, among: [.categoryLabel, .categoryCode]))
    add(
      identifiedPeriod
        ?? (period == nil && !isAcross(.period)
          ? "# period: none in the file; all figures are of one period"
          : key("period", period, among: [.period, .date])))
    if values.count > 1, headings == nil {
      let names = Findings.some(values.map(name), limit: 20)
      add("# choose the column of counts: \(names)")
    }
    add(valueLine(value))
    let keys = [area, category, period, identifiedPeriod == nil ? nil : identifier]
    let kept = KeptRows(account, keys.compactMap { $0 }, category, trims: needsTrim, name)
    for line in kept.lines() { add(line) }
    for line in unitAndRounding(value) { add(line) }
    for line in markers() { add(line) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Keys that say which table is read.
  static func table(_ account: Account) -> [String] {
    ["file: \(ScalarText.quoted(account.file))"]
      + (account.member.map { ["member: \(ScalarText.quoted($0))"] } ?? [])
      + (account.sheet.map { ["sheet: \(ScalarText.quoted($0))"] } ?? [])
      + (account.delimiter.flatMap { $0 == "comma" ? nil : ["delimiter: \($0)"] } ?? [])
      + (account.decimal.map { ["decimal: \($0)"] } ?? [])
  }

  /// A column's name as a job gives it.
  private func name(_ column: ColumnAccount) -> String {
    ScalarText.quoted(needsTrim ? column.name.trimmed() : column.name)
  }

  /// Whether no two columns that a job may name have the same name.
  private var areNamesUnique: Bool {
    let names = account.columns.lazy.filter { ![.flag, .confidence, .empty].contains($0.role) }.map(
      name)
    return Set(names.map(Spelling.init)).count == names.count
  }

  /// Whether headings hold a key of this role.
  private func isAcross(_ role: ColumnRole) -> Bool {
    headings.map { ($0.crossed?.roles ?? [$0.role]).contains(role) } ?? false
  }

  /// A key, with other columns that might be it; areas, categories or periods may stand across instead.
  private func key(_ role: String, _ column: ColumnAccount?, among roles: [ColumnRole]) -> String {
    if roles.contains(where: isAcross) {
      return "# \(role): in the column headings, see value"
    }
    guard let column else {
      return "\(role): { constant: all }   # no column was recognised"
    }
    let others = account.columns.filter {
      $0.role == column.role && $0.position != column.position
    }
    let doubt =
      !roles.contains(column.role)
      ? "   # the only column of labels; confirm"
      : column.role == .areaName ? "   # names, no codes" : ""
    let remark =
      others.isEmpty ? doubt : "   # or " + others.map(name).joined(separator: ", ")
    return "\(role): \(name(column))" + remark
  }

  /// The column of an EES file that says what its `time_period` is.
  private var identifier: ColumnAccount? {
    account.columns.first { $0.name.normalisedName() == "time_identifier" }
  }

  /// The period of both columns, where the first one alone does not say it.
  private var identifiedPeriod: String? {
    guard let period, let identifier, period.name.normalisedName() == "time_period" else {
      return nil
    }
    let usual = ["academic year", "calendar year", "reporting year"]
    if identifier.distinctCount == 1,
      identifier.examples.allSatisfy({ usual.contains($0.lowercased()) })
    {
      return nil
    }
    return "period: { columns: [ \(name(period)), \(name(identifier)) ] }"
  }

  private func valueLine(_ value: ColumnAccount) -> String {
    guard let headings else { return "value: \(name(value))" }
    if let crossed = headings.crossed { return crossed.jobText }
    let columns = pattern.map { ScalarText.quoted($0) } ?? values.map(name).joined(separator: ", ")
    return "value: { columns: [ \(columns) ], name: \(headings.role.key.rawValue) }"
  }

  /// The beginning that the names of many value columns share and no other column's has, with `*` for the
  /// rest; nil where there is none.
  private var pattern: String? {
    guard values.count > 60, let first = values.first?.name else { return nil }
    let start = values.reduce(first[...]) { start, value in
      start.prefix(zip(start, value.name).prefix { $0 == $1 }.count)
    }
    let matching = account.columns.count { $0.name.hasPrefix(start) }
    return start.isEmpty || start.contains("*") || matching > values.count ? nil : "\(start)*"
  }

  /// How figures are rounded, and their unit where words name one: figures in thousands are rounded to thousands, or
  /// to as many decimals as they have.
  private func unitAndRounding(_ value: ColumnAccount) -> [String] {
    let usual = "rounding: \(value.rounding ?? "none")" + roundingRemark(value)
    guard let unit = account.unit else { return [usual] }
    let decimalCount = used.map(\.decimalCount).max() ?? 0
    let digits =
      decimalCount == 0 ? "1" : "0." + String(repeating: "0", count: decimalCount - 1) + "1"
    let isCoarser = decimalCount == 0 && value.rounding.map { $0 != "none" } ?? false
    return [
      "unit: \(unit.name)   # \(ScalarText.quoted(String(unit.text.prefix(80)))); confirm",
      isCoarser ? usual : "rounding: nearest \(digits)   # of the unit; confirm",
    ]
  }

  /// The columns that are read.
  private var used: [ColumnAccount] { headings == nil ? Array(values.prefix(1)) : values }

  private func roundingRemark(_ value: ColumnAccount) -> String {
    value.rounding == nil
      ? "   # too few distinct values to determine" : "   # consistent with all values; confirm"
  }

  /// What the marks of the columns that are read stand for; `x`, which hides any count, where nothing says it.
  private func markers() -> [String] {
    let texts = Codebook.sorted(
      Array(Set(used.flatMap(\.markers).map { Spelling($0.text.trimmed()) })).map(\.text))
    var pairs: [String] = []
    var open: [String] = []
    var remarks: [String] = []
    for text in texts {
      if isAccountingZero(text) {
        pairs.append("\(ScalarText.quoted(text)): 0")
        remarks.append(
          "# \(ScalarText.quoted(text)) is how spreadsheets show 0 in this format: ask the source; x if it withholds the count"
        )
        continue
      }
      guard
        let meaning = Markers.jobText(of: text, among: Set(texts), rounding: used.first?.rounding)
      else { continue }
      pairs.append("\(ScalarText.quoted(text)): \(meaning)")
      if !Markers.isExplained(text, among: Set(texts)) { open.append(ScalarText.quoted(text)) }
    }
    if used.contains(where: { $0.blankCount > 0 }) {
      pairs.append("\"\": x")
      open.append("an empty cell")
    }
    guard !pairs.isEmpty else { return [] }
    return ["markers: { \(pairs.joined(separator: ", ")) }"] + remarks
      + (open.isEmpty
        ? []
        : [
          "# x allows any count: replace it with the "
            + "bounds of \(open.joined(separator: ", "))"
        ])
  }
}

extension Proposal {
  /// Whether a mark is a dash with spaces around it in columns whose numbers have them too.
  private func isAccountingZero(_ mark: String) -> Bool {
    mark == "-"
      && used.contains { column in
        column.isAccounting
          && column.markers.contains { $0.text.trimmed() == mark && $0.text != mark }
      }
  }
}

extension ColumnAccount {
  /// Whether its texts may name categories where no other column's do.
  fileprivate var hasLabels: Bool {
    distinctCount > 1 && !ColumnNames.isGrouping(name)
      && !examples.contains(where: FigureText.isNumber)
  }
}
