import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// A record as the scanner cut it.
struct ScannedRecord: Equatable {
  let line: Int
  let fields: [String]
}

/// All records of a file, with the lines on which they begin.
func records(inFile path: String, delimiter: UInt8 = 44) throws -> [ScannedRecord] {
  var scanner = try DelimitedScanner(try ByteSource(path: path), delimiter: delimiter)
  var records: [ScannedRecord] = []
  while try scanner.next() {
    var fields: [String] = []
    for field in 0..<scanner.fieldCount {
      fields.append(String(decoding: scanner.bytes(field), as: UTF8.self))
    }
    records.append(ScannedRecord(line: scanner.line, fields: fields))
  }
  return records
}

/// All records of a text, by way of a file.
func records(_ text: String, delimiter: UInt8 = 44) throws -> [ScannedRecord] {
  try records(bytes: Array(text.utf8), delimiter: delimiter)
}

func records(bytes: [UInt8], delimiter: UInt8 = 44) throws -> [ScannedRecord] {
  let folder = try TestFolder()
  return try records(inFile: try folder.write("text.csv", bytes: bytes), delimiter: delimiter)
}

/// The fields of all records of a text.
func rows(_ text: String, delimiter: UInt8 = 44) throws -> [[String]] {
  try records(text, delimiter: delimiter).map(\.fields)
}

/// A second scanner, written for plainness: the whole text at once, one byte after another.
///
/// RFC 4180 with LF or CRLF; empty lines are no records.
func plainRows(_ bytes: [UInt8], delimiter: UInt8) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var field: [UInt8] = []
  var isQuoted = false
  var wasQuoted = false
  var index = 0
  func text() -> String { String(decoding: field, as: UTF8.self) }
  func endRow() {
    if !(row.isEmpty && field.isEmpty && !wasQuoted) { rows.append(row + [text()]) }
    row = []
    field = []
    wasQuoted = false
  }
  while index < bytes.count {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    index += 1
    if isQuoted {
      if byte == 34, next == 34 {
        field.append(34)
        index += 1
      } else if byte == 34 {
        isQuoted = false
      } else {
        field.append(byte)
      }
    } else if byte == 34 {
      isQuoted = true
      wasQuoted = true
    } else if byte == delimiter {
      row.append(text())
      field = []
      wasQuoted = false
    } else if byte == 10 || byte == 13 && next == 10 {
      if byte == 13 { index += 1 }
      endRow()
    } else {
      field.append(byte)
    }
  }
  if !row.isEmpty || !field.isEmpty || wasQuoted { endRow() }
  return rows
}
