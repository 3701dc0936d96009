import Mismatch

/// A delimited file with a header line: rows by column name, nothing guessed.
struct DelimitedTable: ~Copyable {
  let file: InputFile
  let header: [String]
  private let source: ByteSource
  private var scanner: DelimitedScanner
  private let trimsFields: Bool

  /// Opens a file and reads its header.
  ///
  /// - Throws: ``Failure`` where the file cannot be read, is empty or has no UTF-8 header.
  init(
    _ file: InputFile, delimiter: UInt8?, trimsFields: Bool,
    onRead: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws {
    let source = try ByteSource(path: file.path, onRead: onRead)
    let isTabbed = [".tsv", ".tab", ".tsv.gz", ".tab.gz"].contains { file.name.hasSuffix($0) }
    var scanner = try DelimitedScanner(source, delimiter: delimiter ?? (isTabbed ? 9 : 44))
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
      header.append(trimsFields ? name.trimmed() : name)
    }
    self.file = file
    self.header = header
    self.source = source
    self.scanner = scanner
    self.trimsFields = trimsFields
  }

  /// The line on which the current row begins.
  var line: Int { scanner.line }

  /// Bytes of the file that were read so far.
  var byteCount: Int { source.byteCount }

  /// SHA-256 of the file; call once, at its end.
  func finishDigest() -> String { source.finishDigest() }

  /// The place of a field of the current row.
  func place(_ column: Int? = nil) -> Place {
    Place(file: file.path, line: line, column: column.map { $0 + 1 })
  }

  /// Where a column stands, counted from 0; names are compared letter by letter, case included.
  func column(_ name: String) throws -> Int {
    let places = header.indices.filter { header[$0] == name }
    guard places.count <= 1 else {
      throw Failure(
        .badData, at: Place(file: file.path, line: 1, column: places[1] + 1),
        "the column \"\(name)\" occurs \(places.count) times", expected: "one",
        advice: "Rename one of them")
    }
    if let place = places.first { return place }
    let lowered = name.trimmed().lowercased()
    let near = header.first { $0.trimmed().lowercased() == lowered }
    var advice = near.map { "It has \"\($0)\": names are compared with case and spaces" }
    if header.count == 1, header[0].contains(where: { "\t;".contains($0) }) {
      advice = "Its columns are not separated by commas; for tabs say `delimiter: tab`"
    }
    throw Failure(
      .badData, at: Place(file: file.path, line: 1), "no column \"\(name)\"",
      expected: "one of " + Failure.examples(header, limit: 12), advice: advice)
  }

  /// The columns that a name or a pattern with `*` names, in the order of the file.
  func columns(matching pattern: String) throws -> [Int] {
    guard pattern.contains("*") else { return [try column(pattern)] }
    let found = header.indices.filter { header[$0].matches(wildcard: pattern) }
    guard !found.isEmpty else { return [try column(pattern)] }
    return found
  }

  /// Goes to the next row; false at the end of the file.
  ///
  /// - Throws: ``Failure`` (`badData`) for a row with more or fewer fields than the header.
  mutating func next() throws -> Bool {
    guard try scanner.next() else { return false }
    guard scanner.fieldCount == header.count else {
      throw Failure(
        .badData, at: place(min(scanner.fieldCount, header.count)),
        "the row has \(scanner.fieldCount) field\(scanner.fieldCount == 1 ? "" : "s")",
        expected: "\(header.count), as in the header",
        advice: "Look for a missing or an unquoted delimiter, or for notes below the table")
    }
    return true
  }

  /// The bytes of a field of the current row; valid until the next call.
  @inline(__always)
  mutating func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let bytes = scanner.bytes(column)
    guard trimsFields else { return bytes }
    var (first, end) = (0, bytes.count)
    while first < end, bytes[first] == 32 { first += 1 }
    while end > first, bytes[end - 1] == 32 { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[first..<end])
  }

  /// The text of a field of the current row.
  mutating func text(_ column: Int) throws -> String {
    guard let text = String(validating: bytes(column), as: UTF8.self) else {
      throw Failure(
        .badData, at: place(column), "the text is not UTF-8",
        advice: "Convert the file: iconv -f WINDOWS-1252 -t UTF-8")
    }
    return text
  }
}

extension TableJob {
  /// Opens one of the table's files.
  func open(_ file: InputFile, onRead: @escaping @Sendable (Int) -> Void = { _ in }) throws
    -> DelimitedTable
  {
    try DelimitedTable(file, delimiter: delimiter, trimsFields: trimsFields, onRead: onRead)
  }
}

extension String {
  /// The text without spaces at its ends.
  func trimmed() -> String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// Whether the text is the pattern, in which `*` stands for any run of characters.
  fileprivate func matches(wildcard pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return self == pattern
    }
    guard hasPrefix(first), count >= first.count + last.count, hasSuffix(last) else { return false }
    var rest = self[
      index(startIndex, offsetBy: first.count)..<index(endIndex, offsetBy: -last.count)]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
