import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

extension FuzzTarget {
  /// The scanner against a plain one, and against itself on what it made of the text.
  static let scanner = FuzzTarget(name: "scanner") { bytes in
    guard FileKind(first: bytes) == .text else { return }
    let delimiters: [UInt8] = bytes.contains(9) ? [44, 9] : [44]
    for delimiter in delimiters {
      held.input.hold(UnsafeRawBufferPointer(bytes))
      let found = try? records(delimiter)
      precondition(found == PlainScanner.records(Array(bytes), delimiter), "the scanners differ")
      guard let found else { continue }
      var written: [UInt8] = []
      for record in found {
        for (index, field) in record.fields.enumerated() {
          written += index == 0 ? quoted(field) : [delimiter] + quoted(field)
        }
        written.append(10)
      }
      written.withUnsafeBytes { held.input.hold($0) }
      let again = try records(delimiter)
      precondition(again.map(\.fields) == found.map(\.fields), "not as written")
    }
  }

  private static func quoted(_ field: [UInt8]) -> [UInt8] {
    [34] + field.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
  }

  private static func records(_ delimiter: UInt8) throws -> [PlainScanner.Record] {
    var scanner = try DelimitedScanner(try ByteSource(path: held.input.path), delimiter: delimiter)
    var records: [PlainScanner.Record] = []
    while try scanner.next() {
      var fields: [[UInt8]] = []
      for field in 0..<scanner.fieldCount { fields.append(Array(scanner.bytes(field))) }
      records.append(PlainScanner.Record(line: scanner.line, fields: fields))
    }
    return records
  }
}

/// A second scanner, one byte after another, which refuses what RFC 4180 does not allow.
struct PlainScanner {
  struct Record: Equatable {
    let line: Int
    let fields: [[UInt8]]
  }

  /// All records, or nil where the text is refused.
  static func records(_ text: [UInt8], _ delimiter: UInt8) -> [Record]? {
    if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) { return nil }
    var rest = text[...]
    var records: [Record] = []
    var line = 1
    while !rest.isEmpty {
      // Files that were joined keep their byte order marks.
      while rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
      let first = line
      var fields: [[UInt8]] = []
      var isEnded = false
      while !isEnded {
        guard let field = rest.first == 34 ? quoted(&rest, &line) : plain(&rest, delimiter)
        else { return nil }
        fields.append(field)
        isEnded = rest.first != delimiter
        if let end = rest.popFirst(), isEnded {
          guard end == 10 else { return nil }
          line += 1
        }
      }
      if fields != [[]] { records.append(Record(line: first, fields: fields)) }
    }
    return records
  }

  private static func plain(_ rest: inout ArraySlice<UInt8>, _ delimiter: UInt8) -> [UInt8]? {
    var field = Array(rest.prefix { $0 != delimiter && $0 != 10 })
    rest = rest.dropFirst(field.count)
    guard !field.contains(34) else { return nil }
    if rest.first != delimiter, field.last == 13 { field.removeLast() }
    return field
  }

  private static func quoted(_ rest: inout ArraySlice<UInt8>, _ line: inout Int) -> [UInt8]? {
    var field: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.popFirst() {
      if byte == 34 {
        guard rest.first == 34 else {
          let isReturn = rest.first == 13 && (rest.count == 1 || rest.dropFirst().first == 10)
          if isReturn { rest = rest.dropFirst() }
          return field
        }
        rest = rest.dropFirst()
      }
      if byte == 10 { line += 1 }
      field.append(byte)
    }
    return nil
  }
}
