import Foundation
import Mismatch
import Testing

@testable import MismatchFormats

/// Records that a test holds in memory, as a workbook would give them.
final class HeldRecords: RecordStream {
  let path: String
  let byteCount = 0
  private var records: ArraySlice<RawRecord>

  init(_ records: [RawRecord], path: String = "held") {
    self.path = path
    self.records = records[...]
  }

  func next() -> RawRecord? { records.popFirst() }
  func finishDigest() -> String { "" }
}

/// A table as its reader lays it out.
struct ReadTable {
  let reader: String
  let header: [String]
  let rows: [LaidOutRow]

  /// Reads records with the reader that they ask for.
  init(_ records: [RawRecord], header lines: [Int] = [], path: String = "held") throws {
    let reader = try #require(
      lines.isEmpty ? Reader.recognised { HeldRecords(records) } : Reader.titledTable)
    let job = TableJob(
      files: [], delimiter: nil, readerName: nil, headerLines: lines, trimsFields: false,
      filters: [])
    let table = try reader.open(HeldRecords(records, path: path), job)
    var rows: [LaidOutRow] = []
    while let row = try table.next() { rows.append(row) }
    self.reader = reader.name
    header = table.header
    self.rows = rows
  }

  /// Reads comma-separated text.
  init(text: String, header lines: [Int] = []) throws {
    try self.init(try RawRecord.records(text: text), header: lines)
  }

  /// The rows' fields under some columns, joined by `|`.
  func texts(_ columns: [String]) -> [String] {
    let places = columns.compactMap { header.firstIndex(of: $0) }
    return rows.map { row in places.map { row.fields[$0] }.joined(separator: "|") }
  }
}

extension RawRecord {
  /// The records of comma-separated text, by way of a file.
  static func records(text: String) throws -> [RawRecord] {
    try withFile(text) { try records(file: $0) }
  }

  /// The records of a file of comma-separated text.
  static func records(file: String) throws -> [RawRecord] {
    let stream = try DelimitedRecords(ByteSource(path: file), delimiter: 44)
    var records: [RawRecord] = []
    while let record = try stream.next() { records.append(record) }
    return records
  }
}

/// Runs `body` with a file of this text, which is removed afterwards.
func withFile<Value>(
  _ text: String, ending: String = "csv", _ body: (String) throws -> Value
) throws -> Value {
  let path = NSTemporaryDirectory() + "/\(UUID().uuidString).\(ending)"
  try text.write(toFile: path, atomically: true, encoding: .utf8)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// The message of the failure that `body` ends with, or what was thrown instead.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no failure"
  } catch {
    return "\(error)"
  }
}

/// The real extracts beside the repository, and readings of them by other means.
enum Extracts {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Whether tests of real files run: where the files are missing they fail under CI, else are skipped.
  static let areWanted =
    ProcessInfo.processInfo.environment["CI"] != nil
    || FileManager.default.fileExists(atPath: path("PROVENANCE.md"))

  static let hasOpenpyxl = (try? python(["-c", "import openpyxl"])) != nil

  static func path(_ name: String) -> String {
    root.deletingLastPathComponent().appending(path: "shared/extracts/\(name)").path
  }

  /// Every file of them, by its path within their folder.
  static func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path("")).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  /// The rows of a file by the script's own knowledge of its layout.
  static func rows(_ what: String, _ file: String, sheet: String? = nil) throws -> [LaidOutRow] {
    try run(what, file, sheet).map { line in
      let row = try JSONDecoder().decode(ScriptRow.self, from: line)
      return LaidOutRow(line: row.line, column: row.column, fields: row.fields)
    }
  }

  /// The records of a sheet.
  static func records(_ file: String, sheet: String) throws -> [RawRecord] {
    try run("records", file, sheet).map { line in
      let row = try JSONDecoder().decode(ScriptRecord.self, from: line)
      return RawRecord(line: row.line, cells: row.cells)
    }
  }

  private static func run(_ what: String, _ file: String, _ sheet: String?) throws -> [Data] {
    let script = root.appending(path: "Tests/Independent/publisher_rows.py").path
    return try python([script, what, path(file)] + [sheet].compactMap { $0 })
      .split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  private static func python(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-W", "ignore"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return data
  }
}

private struct ScriptRow: Decodable {
  let line: Int
  let column: Int?
  let fields: [String]

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    line = try list.decode(Int.self)
    column = try list.decodeNil() ? nil : list.decode(Int.self)
    fields = try list.decode([String].self)
  }
}

private struct ScriptRecord: Decodable {
  let line: Int
  let cells: [String]

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    line = try list.decode(Int.self)
    cells = try list.decode([String].self)
  }
}
