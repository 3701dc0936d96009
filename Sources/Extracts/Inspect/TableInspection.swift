/// Reads a table's rows once, as its reader lays them out, and fills its account.
struct TableInspection {
  private let table: any LaidOutTable
  private let isWide: Bool
  private var rows: RowsTally

  /// - Parameters:
  ///   - isWide: whether values may stand across under headings that name no value.
  ///   - decimal: what stands before the decimals of numbers.
  init(_ table: any LaidOutTable, isWide: Bool, decimal: DecimalMark) {
    self.table = table
    self.isWide = isWide
    rows = RowsTally(names: table.header, decimal: decimal)
  }

  /// Reads all rows.
  ///
  /// What was found before a failure stays in the account. A header of one name is no table's.
  mutating func read(into account: inout Account) throws {
    let isTable = table.header.count > 1
    defer { finish(&account, isTable) }
    while let row = try table.next() {
      guard isTable else { continue }
      rows.add(row.keys, line: row.line)
      if rows.needsKey { rows.imputationKey(judge) }
    }
  }

  private var judge: ColumnJudge {
    ColumnJudge(
      words: rows.names.filter { $0.count < 200 } + (table.blocks.first?.words ?? []) + rows.words,
      names: rows.names, isWide: isWide)
  }

  private mutating func finish(_ account: inout Account, _ isTable: Bool) {
    guard isTable else { return }
    account.blocks = table.blocks
    account.rowCount = rows.rowCount
    account.columnCount = max(rows.names.count, rows.tallies.count)
    (account.columns, account.key) = rows.finish(judge)
    account.warnings += zip(account.columns, rows.tallies).compactMap { KeyDoubt($0, $1)?.text }
  }
}

extension TableBlock {
  /// What stands above the headings, which may name a classification.
  package var words: [String] { title + keys.map(\.value) + [labels].compactMap { $0 } }
}

/// The rows of a plain text, whose header is its first line; rows of another width are counted.
final class PlainRows: LaidOutTable {
  let header: [String]
  private(set) var blocks: [TableBlock]
  private(set) var ragged: RaggedAccount?
  private let records: any RecordStream

  /// Lines of ragged rows that are reported.
  private static let lineLimit = 5

  init(_ records: any RecordStream) throws {
    self.records = records
    var first = try records.next()
    while first?.isBlank == true { first = try records.next() }
    header = first?.cells ?? []
    blocks = [TableBlock(headerLines: first.map { [$0.line] } ?? [])]
  }

  func next() throws -> LaidOutRow? {
    while let record = try records.next() {
      guard !record.isBlank else { continue }
      if record.cells.count == header.count, header.count > 2, record.filled == [0],
        NoteText.isNote(record.text(0))
      {
        blocks[0].note(below: record)
        continue
      }
      if record.cells.count != header.count {
        ragged = ragged ?? RaggedAccount(count: 0, firstLines: [])
        ragged?.count += 1
        if let count = ragged?.firstLines.count, count < PlainRows.lineLimit {
          ragged?.firstLines.append(record.line)
        }
      }
      blocks[0].count(record.line)
      return LaidOutRow(line: record.line, column: nil, fields: record.cells)
    }
    return nil
  }
}
