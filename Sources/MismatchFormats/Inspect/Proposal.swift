import Mismatch

/// Writes the part of a job that reads a table.
///
/// Where a person must choose, the choice stands in a comment.
struct Proposal {
  private let account: Account
  private let values: [ColumnAccount]

  init(_ account: Account) {
    var account = account
    if let laidOut = account.laidOut {
      account.columns = laidOut.columns
      account.headings = Findings(laidOut.columns).headings(words: laidOut.columns.map(\.name))
    }
    for index in account.columns.indices where account.columns[index].name.isEmpty {
      account.columns[index].name = RowTable.nameOfUnheaded(account.columns[index].position)
    }
    self.account = account
    values = account.columns.filter { $0.role == .value }
  }

  /// The block; nil for a table without figures, or one whose figures nobody can tell to be either
  /// provision or demand.
  func text() -> String? {
    guard let value = values.first, let (side, kind) = sideAndKind() else { return nil }
    var lines = ["\(side):"]
    func add(_ line: String) { lines.append("  " + line) }
    add("kind: \(kind)")
    add("file: \(Proposal.quoted(account.file))")
    if let member = account.member { add("member: \(Proposal.quoted(member))") }
    if let sheet = account.sheet { add("sheet: \(Proposal.quoted(sheet))") }
    let headings = account.headerLinesToName
    if !headings.isEmpty {
      add("header: [ \(headings.map(String.init).joined(separator: ", ")) ]")
    }
    if account.delimiter == "tab" { add("delimiter: tab") }
    add(area())
    add(category())
    add(period())
    if values.count > 1, account.headings == nil {
      let names = Findings.some(values.map { Proposal.quoted($0.name) }, limit: 20)
      add("# choose the column of counts: \(names)")
    }
    add(valueLine(value))
    for line in filters() { add(line) }
    add("rounding: \(value.rounding ?? "none")" + roundingRemark(value))
    for line in markers(value) { add(line) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether the figures are provision or demand, by the words of the columns.
  private func sideAndKind() -> (side: String, kind: String)? {
    let measure = account.columns.first { $0.role == .measure || $0.name == "metric" }
    let titles = account.blocks.first.map { $0.title } ?? []
    let texts = values.map(\.name) + (measure?.examples ?? []) + titles
    // Businesses are neither people in work nor openings.
    if titles.contains(where: { $0.lowercased().contains("business counts") }) { return nil }
    let words: [(word: String, side: Side, kind: String)] = [
      ("aims", .provision, "aims"), ("achieve", .provision, "achievements"),
      ("enrol", .provision, "enrolments"), ("starts", .provision, "starts"),
      ("apps_received", .provision, "starts"), ("advert", .demand, "adverts"),
      ("vacanc", .demand, "vacancies"), ("employment", .demand, "employment"),
      ("annual population survey", .demand, "employment"), ("workforce jobs", .demand, "jobs"),
    ]
    let isAchievement = texts.contains { $0.lowercased().contains("ach") }
    for entry in words where texts.contains(where: { $0.lowercased().contains(entry.word) }) {
      if entry.word == "apps_received" { return nil }
      if entry.word == "vacanc",
        account.columns.contains(where: { $0.scheme?.contains("Textkernel") == true })
      {
        return (entry.side.rawValue, "adverts")
      }
      if entry.word == "aims", !isAchievement { return (entry.side.rawValue, "enrolments") }
      return (entry.side.rawValue, entry.kind)
    }
    return nil
  }

  private func area() -> String {
    let codes = account.columns.filter { $0.role == .areaCode }
    let names = account.columns.filter { $0.role == .areaName }
    let found =
      codes.max { ($0.distinctCount, -$0.position) < ($1.distinctCount, -$1.position) }
      ?? names.first
    if account.headings?.role == .areaName { return "# areas stand across: see value" }
    guard let found else { return "area: { constant: all }   # no column of areas was recognised" }
    let others = (codes + names).filter { $0.position != found.position && $0.role == found.role }
    let choice =
      others.isEmpty
      ? "" : "   # or " + others.map { Proposal.quoted($0.name) }.joined(separator: ", ")
    return "area: \(Proposal.quoted(found.name))"
      + (found.role == .areaName && choice.isEmpty ? "   # names, no codes" : choice)
  }

  private func category() -> String {
    if account.headings?.role == .categoryLabel { return "# categories stand across: see value" }
    let found = account.columns.filter { [.categoryLabel, .categoryCode].contains($0.role) }
    guard let first = found.first(where: { $0.scheme != nil }) ?? found.first else {
      return "category: { constant: all }   # no column of categories was recognised"
    }
    let others = found.filter { $0.position != first.position }
    return "category: \(Proposal.quoted(first.name))"
      + (others.isEmpty
        ? "" : "   # or " + others.map { Proposal.quoted($0.name) }.joined(separator: ", "))
  }

  private func period() -> String {
    if account.headings?.role == .period { return "# periods stand across: see value" }
    if let found = account.columns.first(where: { $0.role == .period }) {
      return "period: \(Proposal.quoted(found.name))"
    }
    guard let dates = account.columns.first(where: { $0.role == .date }) else {
      return "# period: the file has none; all figures are of one"
    }
    return "period: \(Proposal.quoted(dates.name))   # dates"
  }

  private func valueLine(_ value: ColumnAccount) -> String {
    guard let headings = account.headings else { return "value: \(Proposal.quoted(value.name))" }
    let role =
      headings.role == .areaName ? "area" : headings.role == .period ? "period" : "category"
    let names = pattern.map { [$0] } ?? values.map(\.name)
    let columns = names.map(Proposal.quoted).joined(separator: ", ")
    return "value: { columns: [ \(columns) ], name: \(role) }"
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

  /// Filters that are sure, and the choices that are left.
  private func filters() -> [String] {
    var sure: [String] = []
    var choices: [String] = []
    let category =
      account.columns.first { $0.role == .categoryLabel && $0.scheme != nil }
      ?? account.columns.first { $0.role == .categoryLabel }
    for column in account.columns {
      let name = Proposal.quoted(column.name)
      switch column.role {
      case .filter where column.totals == ["Total"] && !ColumnNames.isGrouping(column.name):
        sure.append("\(name): Total")
      case .measure where column.distinctCount == 1: break
      case .filter, .measure:
        choices.append("# choose by where: \(name) has \(Proposal.texts(column))")
      case .areaLevel:
        choices.append("# choose one level by where: \(name) has \(Proposal.texts(column))")
      case .categoryLabel where column.position == category?.position:
        guard let total = column.totals.first else { break }
        if column.totals.count == 1 { sure.append("\(name): { not: \(Proposal.quoted(total)) }") }
      case .areaCode, .areaName:
        if let levels = column.area?.levels, Findings.areStacked(levels) {
          choices.append("# \(name) holds several levels: \(Findings.text(levels)); keep one")
        }
      default: break
      }
    }
    return (sure.isEmpty ? [] : ["where: { \(sure.joined(separator: ", ")) }"]) + choices
  }

  private static func texts(_ column: ColumnAccount) -> String {
    column.examples.prefix(3).map(quoted).joined(separator: ", ")
      + (column.distinctCount > 3 ? " and \(column.distinctCount - 3) more" : "")
  }

  private func roundingRemark(_ value: ColumnAccount) -> String {
    value.rounding == nil
      ? "   # too few different numbers to tell" : "   # as all numbers obey; confirm"
  }

  private func markers(_ value: ColumnAccount) -> [String] {
    let texts = Set(value.markers.map { $0.text.trimmingSpaces() })
    var pairs: [String] = []
    var open: [String] = []
    for marker in value.markers {
      if let text = Markers.jobText(of: marker.text, among: texts, rounding: value.rounding) {
        let pair = "\(Proposal.quoted(marker.text.trimmingSpaces())): \(text)"
        if !pairs.contains(pair) { pairs.append(pair) }
      } else if !Markers.isConventional(marker.text) {
        open.append(
          "# say by markers what \(Proposal.quoted(marker.text)) stands for (\(marker.count) rows)")
      }
    }
    let needsTrim = value.markers.contains { $0.text != $0.text.trimmingSpaces() }
    return (pairs.isEmpty ? [] : ["markers: { \(pairs.joined(separator: ", ")) }"]) + open
      + (needsTrim ? ["trim: true"] : [])
  }

  /// A text as YAML: bare where that is safe.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "_-./".unicodeScalars.contains($0)
      }
    if isPlain, !["null", "true", "false", "yes", "no", "NA"].contains(text) { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    return "\"\(escaped)\""
  }
}
