import Mismatch

/// Reads one table's records once and fills its account.
struct TableInspection {
  private var rows: RowsTally
  private var walk: TableWalk
  private let spanner: String?

  /// Looks at the first records.
  init(_ records: any RecordStream, isText: Bool) throws {
    walk = try TableWalk(records, countsRagged: isText)
    let header = HeaderNames(walk.header, width: walk.header.map(\.count).max() ?? 0)
    rows = RowsTally(names: header.names)
    spanner = header.spanner
  }

  /// Reads all rows.
  ///
  /// What was found before a failure stays in the account.
  mutating func read(into account: inout Account) throws {
    defer { finish(&account) }
    while let row = try walk.next() {
      rows.add(row.cells, block: walk.blocks.count, line: row.line)
      if rows.needsKey { rows.settleKey(judge) }
    }
  }

  private var judge: ColumnJudge {
    let first = walk.blocks.first
    let words =
      rows.names.filter { $0.count < 200 } + (first?.title ?? [])
      + (first?.keys.map(\.value) ?? []) + rows.words
    let isWide = first?.title.isEmpty == false || walk.header.count > 1
    return ColumnJudge(words: words, names: rows.names, isWide: isWide)
  }

  private mutating func finish(_ account: inout Account) {
    account.blocks = walk.blocks
    if let spanner { account.blocks[0].title.append("across: \(spanner)") }
    account.rowCount = rows.rowCount
    if walk.raggedCount > 0 {
      account.raggedRows = RaggedAccount(count: walk.raggedCount, firstLines: walk.firstRaggedLines)
    }
    if let line = walk.otherTableLine {
      account.unknowns.append(
        "a table with another header begins at line \(line); it was not looked at")
    }
    guard walk.hasTable else { return }
    account.columnCount = max(rows.names.count, rows.tallies.count)
    (account.columns, account.key) = rows.finish(judge)
  }
}
