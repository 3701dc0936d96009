/// An account as text for people.
package struct AccountText {
  private let account: Account
  private var lines: [String] = []

  /// Columns that are listed one by one, and lines for those of a wider table.
  private static let columnLimit = 60
  /// Columns of a key that are named.
  private static let keyLimit = 20

  package init(_ account: Account) { self.account = account }

  /// The text, with a line break at its end.
  package mutating func text() -> String {
    lines = []
    headLine()
    blocks()
    columns(account.columns)
    if let headings = account.headings { say("across", AccountText.text(headings)) }
    if let unit = account.unit { say("unit", "\(unit.name): \"\(unit.text.prefix(160))\"") }
    key()
    for total in account.totals { say("total", total) }
    for warning in account.warnings { say("warning", warning) }
    for unknown in account.unknowns { say("unknown", unknown) }
    if let problem = account.problem { say("problem", problem) }
    if let proposal = account.proposal {
      lines.append("")
      lines += proposal.split(separator: "\n").map { "  " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func say(_ label: String, _ text: String) {
    let padding = String(repeating: " ", count: max(1, 10 - label.count))
    lines.append("  \(label)\(padding)\(AccountText.printable(text))")
  }

  private mutating func headLine() {
    var name = account.file
    if let member = account.member { name += "[\(member)]" }
    if let sheet = account.sheet { name += "[\(sheet)]" }
    lines.append(name)
    var parts = [account.format]
    if let encoding = account.encoding {
      parts.append(encoding.name + (encoding.hasByteOrderMark ? " with byte order mark" : ""))
      parts.append("line ends \(encoding.lineEnds)")
    }
    if let delimiter = account.delimiter { parts.append(delimiter) }
    if let decimal = account.decimal { parts.append("decimal \(decimal)") }
    parts.append("\(account.byteCount) bytes")
    say("format", parts.joined(separator: ", "))
    guard account.columnCount > 0 else { return }
    say(
      "table",
      "\(account.rowCount) rows, \(account.columnCount) columns, reader "
        + (account.reader ?? "not stated"))
    if let ragged = account.raggedRows {
      let places = ragged.firstLines.map(String.init).joined(separator: ", ")
      say("ragged", "\(ragged.count) rows, first on lines \(places)")
    }
  }

  private mutating func blocks() {
    for (number, block) in account.blocks.enumerated() {
      if account.blocks.count > 1 { say("block", "\(number + 1) of \(account.blocks.count)") }
      for title in block.title.prefix(6) { say("title", String(title.prefix(160))) }
      for key in block.keys { say("key", "\(key.key): \(key.value)") }
      let headers = block.headerLines.map(String.init).joined(separator: ", ")
      if let first = block.firstRowLine, let last = block.lastRowLine {
        say(
          "lines",
          "header \(headers), rows \(first) to \(last) (\(block.rowCount))")
      }
      for note in block.footnotes.prefix(8) { say("footnote", String(note.prefix(160))) }
      if block.footnotes.count > 8 { say("footnote", "and \(block.footnotes.count - 8) more") }
    }
  }

  private mutating func columns(_ columns: [ColumnAccount]) {
    let isWide = columns.count > AccountText.columnLimit
    let runs =
      isWide
      ? ColumnRun.runs(of: columns) : columns.indices.map { ColumnRun(columns: columns[$0...$0]) }
    let shown = runs.prefix(AccountText.columnLimit)
    let rows = shown.compactMap { run in
      run.account.map { column in
        [
          run.position, AccountText.printable(run.name), column.role.rawValue, run.distinctCount,
          AccountText.printable(AccountText.detail(column)),
        ]
      }
    }
    let widths = (0..<4).map { place in rows.map { $0[place].count }.max() ?? 0 }
    for row in rows {
      var line = "  "
      for place in 0..<4 {
        let padding = String(repeating: " ", count: widths[place] - row[place].count)
        line += (place == 0 || place == 3 ? padding + row[place] : row[place] + padding) + "  "
      }
      line += row[4]
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    let shownCount = shown.reduce(0) { $0 + $1.columns.count }
    if columns.count > shownCount {
      lines.append("  and \(columns.count - shownCount) more columns; all are in --json")
    } else if columns.count > shown.count {
      lines.append("  similar columns share a line; each is in --json")
    }
  }

  private mutating func key() {
    guard let key = account.key else { return }
    let columns = Findings.some(key.columns.map { "`\($0)`" }, limit: AccountText.keyLimit)
    var text =
      key.duplicateCount == 0 ? "rows differ in " : "\(key.duplicateCount) rows repeat the key of "
    text += columns
    if let line = key.firstDuplicateLine { text += ", first on line \(line)" }
    if !key.isComplete { text += "; not all rows were compared" }
    say("key", text)
  }

  private static func detail(_ column: ColumnAccount) -> String {
    var parts: [String] = []
    if let area = column.area {
      parts.append(Findings.text(area.levels))
      if let vintage = area.vintage { parts.append("boundaries \(vintage)") }
    }
    if let periods = column.periods { parts.append(text(periods)) }
    if let scheme = column.scheme { parts.append(scheme) }
    if column.role == .value { parts.append("rounding \(column.rounding ?? "not stated")") }
    for marker in column.markers.prefix(6) {
      parts.append("\"\(marker.text)\" \(marker.count) (\(marker.meaning))")
    }
    if !column.totals.isEmpty {
      parts.append("total " + column.totals.map { "\"\($0)\"" }.joined(separator: ", "))
    }
    if column.blankCount > 0, column.role != .empty { parts.append("\(column.blankCount) blank") }
    if parts.isEmpty { parts.append(column.examples.map { "\"\($0)\"" }.joined(separator: ", ")) }
    return parts.joined(separator: "; ")
  }

  private static func text(_ periods: PeriodAccount) -> String {
    "\(periods.kind): " + periods.labels.joined(separator: ", ")
  }

  private static func text(_ headings: HeadingAccount) -> String {
    let roles = headings.crossed?.roles.map { $0?.rawValue ?? "what is counted" }
    var parts = [
      "\(headings.count) columns, "
        + (roles?.joined(separator: "\(headings.crossed?.separator ?? "")")
          ?? headings.role.rawValue)
    ]
    if let area = headings.area { parts.append(Findings.text(area.levels)) }
    if let scheme = headings.scheme { parts.append(scheme) }
    if let periods = headings.periods { parts.append(text(periods)) }
    return parts.joined(separator: "; ")
  }

  /// The text without line breaks and control characters.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
  }
}
