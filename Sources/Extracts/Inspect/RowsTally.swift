import Mismatch

/// Takes up the rows of one table: the texts of each column, and whether keys repeat.
struct RowsTally {
  let names: [String]
  private let decimal: DecimalMark
  private(set) var tallies: [ColumnTally] = []
  private(set) var rowCount = 0
  private var keyCheck: KeyCheck?
  private var held: [HeldRow] = []

  private struct HeldRow {
    let cells: [String]
    let line: Int
  }

  /// Distinct texts that all columns of a table keep together.
  private static let textLimit = 2_000_000
  /// Distinct texts that one column keeps.
  private static let columnLimit = 100_000
  /// Rows, and cells, after which the key columns are decided.
  private static let heldRowLimit = 2000
  private static let heldCellLimit = 80_000

  init(names: [String], decimal: DecimalMark) {
    self.names = names
    self.decimal = decimal
  }

  /// Whether enough rows were seen to decide the key.
  var needsKey: Bool {
    keyCheck == nil
      && (held.count >= RowsTally.heldRowLimit
        || held.count * max(1, tallies.count) >= RowsTally.heldCellLimit)
  }

  /// Takes up a row.
  mutating func add(_ cells: [String], line: Int) {
    rowCount += 1
    let limit = max(
      50, min(RowsTally.columnLimit, RowsTally.textLimit / max(1, names.count, cells.count)))
    while tallies.count < max(names.count, cells.count) {
      tallies.append(ColumnTally(limit: limit, decimal: decimal))
    }
    for (column, cell) in cells.enumerated() { tallies[column].add(cell, line: line) }
    for column in tallies.indices.dropFirst(cells.count) { tallies[column].add("", line: line) }
    guard keyCheck == nil else {
      keyCheck?.add(cells, line: line)
      return
    }
    held.append(HeldRow(cells: cells, line: line))
  }

  /// The columns and the key, once all rows were taken up.
  mutating func finish(_ judge: ColumnJudge) -> (columns: [ColumnAccount], key: KeyAccount?) {
    let accounts = accounts(judge)
    if keyCheck == nil { imputationKey(accounts) }
    var columns = merged(accounts, isWide: judge.isWide)
    for place in columns.indices where columns[place].name.isEmpty {
      columns[place].name = RowTable.nameOfUnheaded(place + 1)
    }
    guard let keyCheck, !keyCheck.columns.isEmpty else { return (columns, nil) }
    let key = KeyAccount(
      columns: keyCheck.columns.filter { columns[$0].role != .constant }.map { columns[$0].name },
      duplicateCount: keyCheck.duplicateCount, firstDuplicateLine: keyCheck.firstDuplicateLine,
      isComplete: keyCheck.isComplete)
    return (columns, key)
  }

  /// The columns with what only all of them together tell: the rounding of figures that stand across,
  /// and the year of a classification that one of its levels told.
  private func merged(_ columns: [ColumnAccount], isWide: Bool) -> [ColumnAccount] {
    var columns = columns
    let values = columns.indices.filter { columns[$0].role == .value }
    let isOneTable = isWide || values.allSatisfy { columns[$0].rounding == nil }
    if isOneTable, values.count >= 3, values.allSatisfy({ tallies[$0].numbers.isWhole }) {
      var all = NumberEvidence()
      for column in values { all.add(tallies[column].numbers) }
      for column in values { columns[column].rounding = all.rounding }
    }
    let years = Set(columns.compactMap(\.scheme).filter { ["SOC 2010", "SOC 2020"].contains($0) })
    if let year = years.first, years.count == 1 {
      for column in columns.indices where columns[column].scheme == "SOC, year not stated" {
        columns[column].scheme = year
      }
    }
    return columns
  }

  /// Says which columns are the key and compares the rows that were held until then.
  mutating func imputationKey(_ judge: ColumnJudge) { imputationKey(accounts(judge)) }

  private mutating func imputationKey(_ columns: [ColumnAccount]) {
    var check = KeyCheck(columns: TableKey.columns(columns).map { $0.position - 1 })
    for row in held { check.add(row.cells, line: row.line) }
    keyCheck = check
    held = []
  }

  private func name(_ column: Int) -> String {
    column < names.count ? names[column] : "column \(column + 1)"
  }

  private func accounts(_ judge: ColumnJudge) -> [ColumnAccount] {
    tallies.indices.map { judge.account(name($0), position: $0 + 1, tallies[$0]) }
  }

  /// Texts of columns with few of them, which may name a classification.
  var words: [String] { tallies.filter { $0.texts.count <= 30 }.flatMap(\.texts) }
}
