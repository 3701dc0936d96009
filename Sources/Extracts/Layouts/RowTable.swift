import Mismatch

/// The rows of one input by column name, nothing guessed: of a plain delimited table straight from the
/// scanner, of any other shape by way of its reader.
package struct RowTable: ~Copyable {
  package let file: InputFile
  package let header: [String]
  /// Nil for an Arrow stream, whose names stand in no line.
  private let headerLine: Int?
  /// Why columns cannot be read, by their place.
  private let refusals: [Int: Failure]
  /// How the job has the file read.
  package let job: TableJob
  package var trimsFields: Bool { job.trimsFields }
  /// What stands before the decimals of its numbers.
  package var decimal: DecimalMark { job.decimal }
  /// The scanner of a plain table; nil where a reader lays the table out.
  private var scanner: DelimitedScanner?
  private let input: any RecordInput
  private let table: (any LaidOutTable)?
  private var row: LaidOutRow?
  /// The fields as keys, and as figures where those differ.
  private var fieldBytes = FieldBytes()
  private var figureBytes = FieldBytes()

  /// A plain delimited table.
  ///
  /// - Throws: ``Failure`` where the file is empty or its header is not UTF-8.
  package init(
    _ file: InputFile, of job: TableJob, scanning source: ByteSource, delimiter: UInt8
  ) throws {
    var scanner = try DelimitedScanner(source, delimiter: delimiter)
    guard try scanner.next() else {
      throw Failure(
        .badData, at: Place(file: file.path), "the file is empty",
        expected: "a header line and rows")
    }
    var header: [String] = []
    for field in 0..<scanner.fieldCount {
      let bytes = scanner.bytes(field)
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw Failure(
          .badData, at: Place(file: file.path, line: 1, column: field + 1),
          "a column name is not UTF-8", advice: "Convert the file: iconv -f WINDOWS-1252 -t UTF-8")
      }
      header.append(job.trimsFields ? name.trimmed() : name)
    }
    self.file = file
    self.header = RowTable.named(header)
    headerLine = source.isArrow ? nil : 1
    refusals = source.refusals
    self.job = job
    self.scanner = consume scanner
    input = source
    table = nil
  }

  /// A table that a reader laid out.
  package init(
    _ file: InputFile, of job: TableJob, laidOut table: any LaidOutTable,
    from records: any RecordInput
  ) {
    self.file = file
    self.job = job
    headerLine = table.headerLine
    refusals = [:]
    header = RowTable.named(job.trimsFields ? table.header.map { $0.trimmed() } : table.header)
    scanner = nil
    input = records
    self.table = table
  }

  /// The name of a column whose heading is empty, by its place counted from 1.
  package static func nameOfUnheaded(_ position: Int) -> String { "[column \(position)]" }

  /// The name of the column that says which sheet of a workbook a row is in.
  package static var sheetColumn: String { SheetTables.sheetColumn }

  private static func named(_ header: [String]) -> [String] {
    header.enumerated().map { $1.isEmpty ? nameOfUnheaded($0 + 1) : $1 }
  }

  /// The line on which the current row begins.
  package private(set) var line = 0

  /// The tables that were met so far, with what stands around them; none where the table is plain.
  package var blocks: [TableBlock] { table?.blocks ?? [] }

  /// Bytes of the file that were read so far.
  var byteCount: Int { input.byteCount }

  /// Texts that a check may have to name, as far as rows were read.
  private var noted = NotedTexts()
  /// Notes below a plain table.
  private var notes: [String] = []
  /// Records of a plain table that are no rows to whoever reads it: blank ones and notes.
  private var skippedCount = 0

  /// What was read of the file; call once, at its end.
  ///
  /// - Parameter mayBeEmpty: whether column names alone are a table, as in the last page of a query.
  /// - Throws: ``Failure`` (`badData`) for a table without rows, and as ``RecordInput/finishDigest()``.
  package func record(role: String, rowCount: Int, mayBeEmpty: Bool = false) throws -> InputRecord {
    try verifyAnnounced(rowCount + skippedCount)
    guard rowCount > 0 || mayBeEmpty else {
      throw RowTable.noRows(at: Place(file: table?.path ?? file.path, line: headerLine))
    }
    return InputRecord(
      name: file.name, role: role, byteCount: byteCount, rowCount: rowCount,
      sha256: try input.finishDigest(), texts: noted,
      notes: notes + (table?.blocks ?? []).flatMap(\.footnotes),
      limit: ExtractLimit(rowCount: rowCount, header: header))
  }

  /// Makes sure that the rows are as many as their producer says.
  private func verifyAnnounced(_ count: Int) throws {
    guard let announced = job.announcedRowCount, announced != count else { return }
    throw Failure(
      .badData, at: Place(file: file.path), "has \(count) row\(count == 1 ? "" : "s")",
      expected: "\(announced), as announced",
      advice: count < announced
        ? "The program that writes it ended early: look at what it reports, and write the rows again"
        : "Look at the number that is announced, and for what was written twice")
  }

  /// The refusal of a table that is nothing but its headings.
  static func noRows(at place: Place) -> Failure {
    Failure(
      .badData, at: place, "an empty result: there are column names and no rows",
      expected: "rows", advice: "Fetch the file again, or check the query that made it")
  }

  /// Notes what a text of the current row stands for.
  package mutating func note(_ text: String, as role: TextRole) {
    note(text, as: role, line: line)
  }

  /// Notes what the current row calls a code.
  package mutating func note(name: String, of code: String, as role: TextRole) {
    noted.note(name: name, of: code, as: role)
  }

  /// Notes what a heading stands for.
  package mutating func note(heading text: String, as role: TextRole) {
    note(text, as: role, line: headerLine)
  }

  private mutating func note(_ text: String, as role: TextRole, line: Int?) {
    guard NotedTexts.mayBeNamed(text, as: role) else { return }
    noted.note(text, as: role, at: file.named(Place(file: place().file, line: line)))
  }

  /// The place of a field of the current row.
  package func place(_ column: Int? = nil) -> Place {
    Place(
      file: table?.path ?? file.path, line: line, column: row?.column ?? column.map { $0 + 1 })
  }

  /// Where a column stands, counted from 0; names are compared letter by letter, case included.
  package func column(_ name: String) throws -> Int {
    let places = header.indices.filter { header[$0].isSpelt(as: name) }
    guard places.count <= 1 else {
      throw Failure(
        .badData, at: Place(file: file.path, line: headerLine, column: places[1] + 1),
        "the column \"\(name)\" occurs \(places.count) times", expected: "one",
        advice: "Rename one of them")
    }
    if let place = places.first {
      if let refusal = refusals[place] { throw refusal }
      return place
    }
    let lowered = name.trimmed().lowercased()
    let near = header.first { $0.trimmed().lowercased() == lowered }
    let advice =
      Failure.lookalike(of: name, among: header)
      ?? near.map { "It has \"\($0)\": names are compared with case and spaces" }
    throw Failure(
      .badData, at: Place(file: file.path, line: headerLine), "no column \"\(name)\"",
      expected: "one of " + Failure.examples(header, limit: 12), advice: advice)
  }

  /// The place of a column's heading.
  package func headingPlace(_ column: Int) -> Place {
    Place(file: table?.path ?? file.path, line: headerLine, column: column + 1)
  }

  /// The columns that a name or a pattern with `*` names, in the order of the file.
  ///
  /// - Parameter others: columns that no pattern names.
  package func columns(matching pattern: String, besides others: Set<Spelling>) throws -> [Int] {
    guard pattern.contains("*") else { return [try column(pattern)] }
    let found = header.indices.filter {
      header[$0].matches(wildcard: pattern) && !others.contains(Spelling(header[$0]))
    }
    guard !found.isEmpty else { return [try column(pattern)] }
    for place in found { if let refusal = refusals[place] { throw refusal } }
    return found
  }

  /// Goes to the next row that is not blank; false at the end of the file.
  ///
  /// - Throws: ``Failure`` (`badData`) for a row with more or fewer fields than the header.
  package mutating func next() throws -> Bool {
    if let table {
      row = try table.next()
      guard let row else { return false }
      line = row.line
      fieldBytes.hold(row.keys)
      if !row.shown.isEmpty { figureBytes.hold(row.fields) }
      return true
    }
    while let record = try scanner?.nextRecord() {
      line = record.line
      // Spreadsheets write rows of commas below a table whose rows were cleared.
      if isBlank(record.fieldCount) || isNote(record.fieldCount) {
        skippedCount += 1
        continue
      }
      guard record.fieldCount == header.count else {
        if Corruption.isConflictMarker(bytes(0)) { throw Corruption.conflict(at: place()) }
        throw ragged(record.fieldCount)
      }
      return true
    }
    return false
  }

  /// Whether all fields of the current record are empty, or hold blanks alone.
  private mutating func isBlank(_ fieldCount: Int) -> Bool {
    (0..<fieldCount).allSatisfy { bytes($0).trimmed().isEmpty }
  }

  /// Whether the current record is a note below the table, which is then taken up as one.
  private mutating func isNote(_ fieldCount: Int) -> Bool {
    guard fieldCount == header.count, fieldCount > 2,
      (1..<fieldCount).allSatisfy({ bytes($0).allSatisfy { $0 == 32 } })
    else { return false }
    let text = String(decoding: bytes(0), as: UTF8.self)
    guard NoteText.isNote(text) else { return false }
    notes.append(text)
    return true
  }

  private func ragged(_ count: Int) -> Failure {
    Failure(
      .badData, at: place(min(count, header.count)),
      "the row has \(count) field\(count == 1 ? "" : "s")",
      expected: "\(header.count), as in the header",
      advice: "Look for a missing or an unquoted delimiter, or for notes below the table")
  }

  /// The rows behind the current one as blocks of whole records, which are then given back with
  /// ``scan(_:line:isWhole:)``; nil where a reader lays the table out.
  ///
  /// - Returns: the blocks, their delimiter, and the line on which they begin.
  package mutating func blocks(size: Int) -> (blocks: RecordBlocks, delimiter: UInt8, line: Int)? {
    guard let (held, line) = scanner?.giveUpRest(), let delimiter = scanner?.delimiter,
      let source = scanner?.source
    else { return nil }
    return (RecordBlocks(source, after: held, blockSize: size), delimiter, line)
  }

  /// Goes on with rows in bytes that the caller holds for as long as they are read.
  package mutating func scan(_ records: UnsafeMutableBufferPointer<UInt8>, line: Int, isWhole: Bool)
  {
    scanner?.scan(records, line: line, isWhole: isWhole)
  }

  /// The bytes of a field of the current row; valid until the next call.
  @inline(__always)
  package mutating func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let bytes = scanner?.bytes(column) ?? fieldBytes[column]
    return trimsFields ? bytes.trimmed() : bytes
  }

  /// The bytes of a field as a figure: what a sheet stores, not what it shows.
  @inline(__always)
  package mutating func figure(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard row?.shown.isEmpty == false else { return bytes(column) }
    return trimsFields ? figureBytes[column].trimmed() : figureBytes[column]
  }

  /// The format in which a sheet shows a number of the current row that is no key for it; nil for other fields.
  package func formatOtherwise(_ column: Int) -> String? {
    guard let cell = row?.shown.first(where: { $0.cell == column }),
      case .otherwise(let format) = cell.key
    else { return nil }
    return format
  }

  /// The text of a field of the current row.
  package mutating func text(_ column: Int) throws -> String {
    try text(of: bytes(column), column)
  }

  /// The text of a field as a figure.
  package mutating func figureText(_ column: Int) throws -> String {
    try text(of: figure(column), column)
  }

  private func text(of bytes: UnsafeBufferPointer<UInt8>, _ column: Int) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(
        .badData, at: place(column), "the text is not UTF-8",
        advice: "Convert the file: iconv -f WINDOWS-1252 -t UTF-8")
    }
    return text
  }
}

extension String {
  /// Whether the text is the pattern, byte for byte, in which `*` stands for any run of characters.
  package func matches(wildcard pattern: String) -> Bool {
    let parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return isSpelt(as: pattern)
    }
    guard utf8.starts(with: first), utf8.count >= first.count + last.count,
      utf8.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = utf8.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
