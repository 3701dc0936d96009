import Mismatch

/// Reads the table that a reader lays out of records, as a job would see it.
enum LaidOutInspection {
  /// The laid-out table, from records at their beginning.
  ///
  /// - Throws: ``Failure`` where the reader refuses the records.
  static func account(
    _ reader: Reader, _ records: any RecordStream, headerLines: [Int], words: [String]
  ) throws -> LaidOutAccount {
    let job = TableJob(
      files: [], delimiter: nil, readerName: reader.name, headerLines: headerLines,
      trimsFields: false,
      filters: [])
    let table = try reader.open(records, job)
    let isWide = reader.name == Reader.titledTable.name
    var rows = RowsTally(names: table.header)
    func judge(_ rows: borrowing RowsTally) -> ColumnJudge {
      ColumnJudge(words: words + table.header + rows.words, names: table.header, isWide: isWide)
    }
    while let row = try table.next() {
      rows.add(row.fields, block: 0, line: row.line)
      if rows.needsKey { rows.settleKey(judge(rows)) }
    }
    let (columns, key) = rows.finish(judge(rows))
    return LaidOutAccount(rowCount: rows.rowCount, columns: columns, key: key)
  }
}
