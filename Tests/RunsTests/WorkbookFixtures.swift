import Foundation

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// A zip archive made by hand, its members stored as they are.
struct ZipFixture {
  struct Member {
    var name: String
    var bytes: [UInt8]
    var flags: UInt16 = 0
    /// The mode of a Unix file: a plain one.
    var mode: UInt32 = 0o100644
  }

  var members: [Member] = []

  mutating func add(_ name: String, _ text: String, flags: UInt16 = 0, mode: UInt32 = 0o100644) {
    members.append(Member(name: name, bytes: Array(text.utf8), flags: flags, mode: mode))
  }

  mutating func add(_ name: String, bytes: [UInt8]) {
    members.append(Member(name: name, bytes: bytes))
  }

  /// The archive: local headers with their data, then the directory.
  var bytes: [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = body.count
      let common = ZipFixture.common(member)
      body += ZipFixture.little(0x0403_4b50, 4) + ZipFixture.little(20, 2) + common
      body += ZipFixture.little(0, 2) + Array(member.name.utf8) + member.bytes
      directory += ZipFixture.little(0x0201_4b50, 4) + ZipFixture.little(0x0314, 2)
      directory += ZipFixture.little(20, 2) + common + ZipFixture.little(0, 2)
      directory += ZipFixture.little(0, 6) + ZipFixture.little(Int(member.mode) << 16, 4)
      directory += ZipFixture.little(offset, 4) + Array(member.name.utf8)
    }
    let end =
      ZipFixture.little(0x0605_4b50, 4) + ZipFixture.little(0, 4)
      + ZipFixture.little(members.count, 2) + ZipFixture.little(members.count, 2)
      + ZipFixture.little(directory.count, 4) + ZipFixture.little(body.count, 4)
      + ZipFixture.little(0, 2)
    return body + directory + end
  }

  /// Flags, method, time, checksum, sizes and the name's length, as both headers have them.
  private static func common(_ member: Member) -> [UInt8] {
    let sizes = little(member.bytes.count, 4)
    return little(Int(member.flags), 2) + little(0, 2) + little(0, 2) + little(33, 2)
      + little(Int(checksum(member.bytes)), 4) + sizes + sizes + little(member.name.utf8.count, 2)
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xffff_ffff
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    return ~sum
  }
}

/// A small workbook made by hand.
struct WorkbookFixture {
  /// Name, state and the XML inside `<sheetData>`, or the whole part where it begins with `<?xml`.
  var sheets: [(name: String, state: String, data: String)]
  var sharedStrings: String?
  var cellFormats = ""
  var is1904 = false
  var withoutParts: Set<String> = []
  /// What stands behind `</sheetData>`.
  var trailer = ""

  init(_ data: String, name: String = "Data") { sheets = [(name, "visible", data)] }

  var zip: ZipFixture {
    let prefix = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var entries = ""
    var relations = ""
    var parts: [(String, String)] = []
    for (number, sheet) in sheets.enumerated() {
      entries += "<sheet name=\"\(sheet.name)\" sheetId=\"\(number + 1)\" "
      entries += "state=\"\(sheet.state)\" r:id=\"r\(number)\"/>"
      relations += "<Relationship Id=\"r\(number)\" Type=\"\(prefix)/worksheet\" "
      relations += "Target=\"worksheets/sheet\(number).xml\"/>"
      let isWhole = sheet.data.hasPrefix("<?xml")
      let text =
        isWhole
        ? sheet.data
        : "<worksheet><sheetData>\(sheet.data)</sheetData>\(trailer)</worksheet>"
      parts.append(("xl/worksheets/sheet\(number).xml", text))
    }
    relations += "<Relationship Id=\"st\" Type=\"\(prefix)/styles\" Target=\"styles.xml\"/>"
    parts.append(("xl/styles.xml", "<styleSheet>\(cellFormats)</styleSheet>"))
    if let sharedStrings {
      relations += "<Relationship Id=\"ss\" Type=\"\(prefix)/sharedStrings\" "
      relations += "Target=\"/xl/sharedStrings.xml\"/>"
      parts.append(("xl/sharedStrings.xml", "<sst>\(sharedStrings)</sst>"))
    }
    parts.append(
      (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"\(prefix)\"><workbookPr date1904=\"\(is1904 ? 1 : 0)\"/>"
          + "<sheets>\(entries)</sheets></workbook>"
      ))
    parts.append(("xl/_rels/workbook.xml.rels", "<Relationships>\(relations)</Relationships>"))
    var zip = ZipFixture()
    for (name, text) in parts where !withoutParts.contains(name) { zip.add(name, text) }
    return zip
  }
}

/// A folder for one test, removed when it ends.
final class Scratch {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("mismatch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}

/// The package and the real extracts beside it.
enum Surroundings {
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  static let extracts = "\(package)/../shared/extracts"
  static var isCI: Bool { ProcessInfo.processInfo.environment["CI"] != nil }

  /// Whether the extracts are there, or must be.
  static var hasExtracts: Bool { isCI || FileManager.default.fileExists(atPath: extracts) }

  /// The Python of the independent readings; nil where it cannot be had.
  static let python: String? = {
    let path = run("/bin/sh", ["\(package)/Tests/Independent/setup.sh"])?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return path.flatMap { $0.isEmpty ? nil : $0 }
  }()

  /// What a program writes; nil where it cannot be run or fails.
  static func run(_ program: String, _ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
  }
}
