import Extracts
import Jobs
import Mismatch
import Runs

/// The files of one name of several runs as one table, with the run's name in front of every row.
///
/// Its columns are those of all runs, in the order in which they first occur; a run that lacks one leaves its
/// fields empty.
struct CombinedTable: Sendable {
  /// The column in front.
  static let start = Array("run,".utf8)

  private let parts: [(run: String, path: String)]

  /// - Parameter parts: the runs' names and files, in the order of the rows.
  init(_ parts: [(run: String, path: String)]) { self.parts = parts }

  /// Writes the table.
  func write(_ write: ([UInt8]) throws -> Void) throws {
    let headings = try parts.map { try CombinedTable.heading($0.path) }
    var columns: [[UInt8]] = []
    for heading in headings { columns += heading.filter { !columns.contains($0) } }
    try write(CombinedTable.start + columns.joined(separator: [44]) + [10])
    for (part, heading) in zip(parts, headings) {
      let run = CSVText([part.run]).bytes.dropLast() + [44]
      let places =
        heading == columns ? nil : columns.map { column in heading.firstIndex(of: column) }
      try CombinedTable.eachBlock(of: part.path) { records in
        var rows: [UInt8] = []
        for record in records {
          rows += run
          rows += places.map { CombinedTable.arranged(record, $0) } ?? record
          rows.append(10)
        }
        try write(rows)
      }
    }
  }

  private static func heading(_ path: String) throws -> [[UInt8]] {
    var first: [UInt8]?
    try eachBlock(of: path, hasHeading: true) { first = first ?? $0.first.map(Array.init) }
    return fields(of: (first ?? [])[...]).map(Array.init)
  }

  /// The fields of a record in other places; empty where it has none.
  private static func arranged(_ record: ArraySlice<UInt8>, _ places: [Int?]) -> ArraySlice<UInt8> {
    let fields = fields(of: record)
    return Array(places.map { place in place.map { fields[$0] } ?? [] }.joined(separator: [44]))[
      ...]
  }

  /// The fields of a record as they are written.
  private static func fields(of record: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    var (start, isQuoted) = (record.startIndex, false)
    for index in record.indices {
      if record[index] == 34 { isQuoted.toggle() }
      guard record[index] == 44, !isQuoted else { continue }
      fields.append(record[start..<index])
      start = index + 1
    }
    return fields + [record[start...]]
  }

  /// Calls `body` with the records of one block of a file after another, without their ends; the first record
  /// of all is its heading, which is given alone where `hasHeading` says so, and left out otherwise.
  private static func eachBlock(
    of path: String, hasHeading: Bool = false, _ body: ([ArraySlice<UInt8>]) throws -> Void
  ) throws {
    let file = try ByteSource(path: path)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    var (rest, isFirst) = ([UInt8](), true)
    while case let count = try file.read(into: block), count > 0 {
      rest += block[..<count]
      var records = records(of: &rest)
      guard !records.isEmpty else { continue }
      if hasHeading { return try body([records[0]]) }
      if isFirst { records.removeFirst() }
      isFirst = false
      try body(records)
    }
  }

  /// The whole records of some bytes; what follows them is left there.
  private static func records(of bytes: inout [UInt8]) -> [ArraySlice<UInt8>] {
    var ends: [Int] = []
    bytes.withUnsafeBufferPointer { bytes in
      var isQuoted = false
      for index in bytes.indices {
        if bytes[index] == 34 { isQuoted.toggle() }
        if bytes[index] == 10, !isQuoted { ends.append(index) }
      }
    }
    guard let last = ends.last else { return [] }
    let whole = bytes
    bytes = Array(whole[(last + 1)...])
    return zip([-1] + ends, ends).map { whole[($0 + 1)..<$1] }
  }
}
