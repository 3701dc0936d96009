import Mismatch

/// Reads one table's records once and fills its account.
struct TableInspection {
  private let names: [String]
  private var tallies: [ColumnTally]
  private var walk: TableWalk
  private let spanner: String?
  private var keyCheck: KeyCheck?
  private var held: [(cells: [String], block: Int, line: Int)] = []

  /// Distinct texts that all columns of a table keep together.
  private static let textLimit = 2_000_000
  /// Distinct texts that one column keeps.
  private static let columnLimit = 100_000
  /// Rows after which the key columns are settled.
  private static let heldRowLimit = 2000

  /// Looks at the first records.
  init(_ records: any RecordStream, isText: Bool) throws {
    walk = try TableWalk(records, countsRagged: isText)
    let width = walk.header.map(\.count).max() ?? 0
    let header = HeaderNames(walk.header, width: width)
    names = header.names
    spanner = header.spanner
    tallies = []
  }

  /// Reads all rows.
  ///
  /// What was found before a failure stays in the account.
  mutating func read(into account: inout Account) throws {
    defer { finish(&account) }
    while let row = try walk.next() {
      try Interruption.check()
      add(row, block: walk.blocks.count)
    }
  }

  private mutating func add(_ row: RawRecord, block: Int) {
    let limit = max(
      50, min(TableInspection.columnLimit, TableInspection.textLimit / max(1, names.count)))
    while tallies.count < max(names.count, row.cells.count) {
      tallies.append(ColumnTally(limit: limit))
    }
    for (column, cell) in row.cells.enumerated() { tallies[column].add(cell) }
    if keyCheck != nil {
      keyCheck?.add(row.cells, block: block, line: row.line)
      return
    }
    held.append((row.cells, block, row.line))
    if held.count * max(1, row.cells.count) >= TableInspection.heldRowLimit * 40
      || held.count >= TableInspection.heldRowLimit
    {
      settleKey()
    }
  }

  private mutating func settleKey() {
    let columns = accounts()
    var check = KeyCheck(columns: TableKey.columns(columns).map { $0.position - 1 })
    for row in held { check.add(row.cells, block: row.block, line: row.line) }
    keyCheck = check
    held = []
  }

  private func name(_ column: Int) -> String {
    column < names.count ? names[column] : "column \(column + 1)"
  }

  private func accounts() -> [ColumnAccount] {
    let first = walk.blocks.first
    let words =
      names.filter { $0.count < 200 } + (first?.title ?? []) + (first?.keys.map(\.value) ?? [])
      + tallies.filter { $0.texts.count <= 30 }.flatMap { $0.texts.prefix(30) }
    let isWide = walk.blocks.first.map { !$0.title.isEmpty } ?? false || walk.header.count > 1
    let judge = ColumnJudge(words: words, names: names, isWide: isWide)
    return tallies.indices.map { judge.account(name($0), position: $0 + 1, tallies[$0]) }
  }

  private mutating func finish(_ account: inout Account) {
    if keyCheck == nil { settleKey() }
    account.blocks = walk.blocks
    if let spanner { account.blocks[0].title.append("across: \(spanner)") }
    account.rowCount = walk.blocks.reduce(0) { $0 + $1.rowCount }
    account.columnCount = walk.hasTable ? max(names.count, tallies.count) : 0
    if walk.raggedCount > 0 {
      account.raggedRows = RaggedAccount(count: walk.raggedCount, firstLines: walk.firstRaggedLines)
    }
    if let line = walk.otherTableLine {
      account.unknowns.append(
        "a table with another header begins at line \(line); it was not looked at")
    }
    guard walk.hasTable else { return }
    account.columns = accounts()
    let keys = TableKey.columns(account.columns)
    if let keyCheck, !keys.isEmpty {
      account.key = KeyAccount(
        columns: keys.map(\.name), duplicateCount: keyCheck.duplicateCount,
        firstDuplicateLine: keyCheck.firstDuplicateLine, isComplete: keyCheck.isComplete)
    }
  }
}
