import Extracts
import Jobs
import Mismatch

/// Where a Nomis API table says what its records are: columns in any case, with or without underscores.
struct NomisColumns {
  let offset: Int?
  let count: Int?
  let measure: Int?
  /// `OBS_STATUS`.
  let status: Int?

  /// The columns of a table with `OBS_VALUE` or `RECORD_OFFSET`; nil for any other.
  ///
  /// - Parameter keys: the keys that the job reads; a measure among them may have several texts.
  init?(in header: [String], keys: [KeyJob]) {
    let names = header.map { $0.lowercased().filter { $0 != "_" } }
    guard names.contains("obsvalue") || names.contains("recordoffset") else { return nil }
    offset = names.firstIndex(of: "recordoffset")
    count = names.firstIndex(of: "recordcount")
    status = names.firstIndex(of: "obsstatus")
    let place = names.firstIndex(of: "measuresname") ?? names.firstIndex(of: "measures")
    let isKey = keys.contains { key in
      guard case .column(let name, _) = key, let place else { return false }
      return header[place].isSpelt(as: name)
    }
    measure = isKey ? nil : place
  }
}

/// Whether the pages of Nomis API tables are all there, over all files of a side.
struct NomisPages {
  /// Records that follow one another in one file.
  private struct Page {
    let file: String
    let count: Int
    let first: Int
    var last: Int
  }

  private var pages: [Page] = []
  private var firstFile: String?
  private var rowCount = 0
  private var measure: (text: String, place: Place)?

  /// Takes up a file, which may hold no records.
  mutating func open(_ file: InputFile) { firstFile = firstFile ?? file.path }

  /// Takes up a record.
  ///
  /// - Throws: ``Failure`` (`badData`) for a second text among the measures that the job keeps, and for
  ///   a number of a record that is none.
  mutating func note(_ rows: inout RowTable, _ columns: NomisColumns, isKept: Bool) throws {
    rowCount += 1
    if isKept, let column = columns.measure { try noteMeasure(&rows, column) }
    guard let offsetColumn = columns.offset, let countColumn = columns.count else { return }
    let offset = try number(&rows, offsetColumn)
    let count = try number(&rows, countColumn)
    guard offset < count else {
      throw Failure(
        .badData, at: rows.place(offsetColumn), "record \(offset) of \(count)",
        expected: "records from 0 to \(count - 1)")
    }
    note(offset...offset, of: count, in: rows.file)
  }

  /// Takes up records of which nothing is known but their number.
  mutating func note(recordCount: Int) { rowCount += recordCount }

  /// Takes up numbers of records that follow one another in a file.
  mutating func note(_ offsets: ClosedRange<Int>, of count: Int, in file: InputFile) {
    let last = pages.count - 1
    if last >= 0, pages[last].file.isSpelt(as: file.path), pages[last].count == count,
      pages[last].last + 1 == offsets.lowerBound
    {
      pages[last].last = offsets.upperBound
    } else {
      pages.append(
        Page(
          file: file.path, count: count, first: offsets.lowerBound, last: offsets.upperBound))
    }
  }

  private mutating func noteMeasure(_ rows: inout RowTable, _ column: Int) throws {
    let text = try rows.text(column)
    guard let first = measure else {
      measure = (text, rows.place())
      return
    }
    guard !first.text.isSpelt(as: text) else { return }
    let name = rows.header[column]
    throw Failure(
      .badData, at: rows.place(column),
      "`\(name)` is \"\(text)\" here, and \"\(first.text)\" at \(first.place)",
      expected: "one measure, so that counts are not added to percentages or confidence intervals",
      advice: "Keep the counts: `where: { \(name): \(first.text) }`")
  }

  private func number(_ rows: inout RowTable, _ column: Int) throws -> Int {
    if let value = NumberText.value(of: rows.bytes(column)), let number = Int(exactly: value),
      number >= 0
    {
      return number
    }
    throw Failure(
      .badData, at: rows.place(column),
      "`\(rows.header[column])` is \"\(try rows.text(column))\"", expected: "a whole number")
  }

  /// Looks for records that no file holds.
  ///
  /// - Throws: ``Failure`` (`badData`) with the range of the first gap, and for files without records.
  func verify() throws {
    guard let firstFile else { return }
    guard rowCount > 0 else {
      throw Failure(
        .badData, at: Place(file: firstFile, line: 1),
        "an empty result: there are column names and no records", expected: "records",
        advice: "Nomis has no data for the query: check its geography and date")
    }
    let queries = Dictionary(grouping: pages, by: \.count)
    for (count, pages) in queries.sorted(by: { $0.key < $1.key }) { try verify(pages, of: count) }
  }

  /// Every record must be there as often as any other: several queries may have the same number of
  /// records.
  private func verify(_ pages: [Page], of count: Int) throws {
    var changes: [Int: Int] = [0: 0, count: 0]
    for page in pages {
      changes[page.first, default: 0] += 1
      changes[page.last + 1, default: 0] -= 1
    }
    let edges = changes.keys.sorted()
    var depth = 0
    let segments = zip(edges, edges.dropFirst()).map { first, end in
      depth += changes[first] ?? 0
      return (first: first, last: end - 1, depth: depth)
    }
    let most = segments.map(\.depth).max() ?? 0
    let gaps = segments.filter { $0.depth < most }
    guard let gap = gaps.first else { return }
    let others = gaps.count > 1 ? "; \(gaps.count - 1) more such ranges follow" : ""
    let times = most == 1 ? "" : ", or were read \(gap.depth) times and others \(most) times"
    throw Failure(
      .badData, at: Place(file: pages.first?.file ?? ""),
      "records \(gap.first) to \(gap.last) of \(count) are missing\(times)\(others)",
      expected: "RECORD_OFFSET from 0 to \(count - 1) over all files",
      advice:
        "Fetch them with `&RecordOffset=\(gap.first)` and name the file too; if rows were taken "
        + "out on purpose, remove the column RECORD_OFFSET as well")
  }
}
