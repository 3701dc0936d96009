import Glibc
import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

extension FuzzTarget {
  /// A workbook as it comes.
  static let workbook = FuzzTarget(name: "workbook") { bytes in
    held.input.hold(UnsafeRawBufferPointer(bytes))
    try read(Workbook(try ByteSource(path: held.input.path)))
  }

  /// The XML parts of a workbook, with 0xff between them: a sheet, shared texts, styles, the directory,
  /// relations.
  static let parts = FuzzTarget(name: "parts") { bytes in
    _ = hasUTF8
    let given = bytes.split(separator: 0xff, maxSplits: 4, omittingEmptySubsequences: false)
    var zip = StoredZip()
    for (index, part) in WorkbookPart.catalogue.enumerated() {
      let own = index < given.count && !given[index].isEmpty
      zip.add(part.name, own ? Array(given[index]) : Array(part.usual.utf8))
    }
    zip.bytes.withUnsafeBytes { held.input.hold($0) }
    try read(Workbook(try ByteSource(path: held.input.path)))
  }

  /// A locale in which libarchive need not convert the names of members, which are the same in all.
  private static let hasUTF8 = setlocale(LC_CTYPE, "C.UTF-8") != nil

  private static func read(_ workbook: Workbook) throws {
    for sheet in workbook.sheets {
      let records = try workbook.records(sheet: sheet.name)
      while let record = try records.next() {
        precondition(record.line > 0 && record.cells.count <= CellReference.columnLimit)
      }
      _ = try workbook.mergedRanges(sheet: sheet.name)
    }
  }

  /// Any file with its wrapping off.
  static let archive = FuzzTarget(name: "archive") { bytes in
    held.input.hold(UnsafeRawBufferPointer(bytes))
    let source = try ByteSource(path: held.input.path)
    guard source.workbook == nil else { return }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 16)
    defer { block.deallocate() }
    while try source.read(into: block) > 0 {}
    _ = try source.finishDigest()
  }
}

/// A part of a workbook, and what it usually says.
private struct WorkbookPart {
  let name: String
  let usual: String

  private static let prefix = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  static let catalogue = [
    WorkbookPart(
      name: "xl/worksheets/sheet1.xml",
      usual: "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"),
    WorkbookPart(
      name: "xl/sharedStrings.xml",
      usual: "<sst><si><t>area</t></si><si><r><t>a</t></r><rPh><t>x</t></rPh></si></sst>"),
    WorkbookPart(
      name: "xl/styles.xml",
      usual: "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
    WorkbookPart(
      name: "xl/workbook.xml",
      usual: "<workbook><sheets><sheet name=\"Data\" r:id=\"r1\"/></sheets></workbook>"),
    WorkbookPart(
      name: "xl/_rels/workbook.xml.rels",
      usual: "<Relationships><Relationship Id=\"r1\" Type=\"\(prefix)/worksheet\" "
        + "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"\(prefix)/sharedStrings\" "
        + "Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"\(prefix)/styles\" "
        + "Target=\"styles.xml\"/></Relationships>"),
  ]
}

/// A zip archive whose members are stored as they are.
private struct StoredZip {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  init() {
    body.reserveCapacity(1 << 13)
    directory.reserveCapacity(1 << 10)
  }

  mutating func add(_ name: String, _ bytes: [UInt8]) {
    let offset = body.count
    let sum = Int(checksum(bytes))
    body.append(little: 0x0403_4b50, 4)
    body.append(little: 20, 2)
    StoredZip.describe(name, bytes.count, sum, in: &body)
    body.append(little: 0, 2)
    body += name.utf8
    body += bytes
    directory.append(little: 0x0201_4b50, 4)
    directory.append(little: 0x0314, 2)
    directory.append(little: 20, 2)
    StoredZip.describe(name, bytes.count, sum, in: &directory)
    directory.append(little: 0, 8)
    directory.append(little: 0o100644 << 16, 4)
    directory.append(little: offset, 4)
    directory += name.utf8
    count += 1
  }

  /// What a member's own header and the directory say of it alike.
  private static func describe(
    _ name: String, _ size: Int, _ sum: Int, in header: inout [UInt8]
  ) {
    header.append(little: 0, 6)
    header.append(little: 33, 2)
    for value in [sum, size, size] { header.append(little: value, 4) }
    header.append(little: name.utf8.count, 2)
  }

  var bytes: [UInt8] {
    var end: [UInt8] = []
    end.append(little: 0x0605_4b50, 8)
    for value in [count, count] { end.append(little: value, 2) }
    for value in [directory.count, body.count] { end.append(little: value, 4) }
    end.append(little: 0, 2)
    return body + directory + end
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
  }

  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { $0 >> 8 ^ StoredZip.table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
  }
}

extension [UInt8] {
  /// Appends a number's lowest bytes, the lowest first.
  fileprivate mutating func append(little value: Int, _ count: Int) {
    for byte in 0..<count { append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
  }
}
