import Foundation
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The accounts of the real extracts, against what people who looked at them wrote down.
@Suite struct InspectExtractsTests {
  /// What must hold of one account; what is nil is not asked.
  struct Expected: Decodable, Sendable {
    struct Headings: Decodable, Sendable {
      let role: String
      let count: Int
      let scheme: String?
      let levels: [String: Int]?
    }

    let format: String
    let encoding: String?
    let lineEnds: String?
    let delimiter: String?
    let reader: String?
    let header: [Int]?
    let rows: Int?
    let columns: Int?
    let roles: [String: String]?
    let levels: [String: [String: Int]]?
    let vintages: [String: String]?
    let schemes: [String: String?]?
    let periodCounts: [String: Int]?
    let periodKinds: [String: String]?
    let markers: [String: [String: Int]]?
    let rounding: [String: String]?
    let totals: [String: [String]]?
    let keys: [String: String]?
    let keyTexts: [String: [String]]?
    let footnotes: Int?
    let blocks: Int?
    let duplicates: Int?
    let headings: Headings?
    let side: String?
    let refused: Bool?
    let noTable: Bool?
  }

  static let folder = Reference.folder.deletingLastPathComponent()
    .appendingPathComponent("extracts")
  static let mayRun =
    FileManager.default.fileExists(atPath: folder.path)
    || ProcessInfo.processInfo.environment["CI"] != nil

  static func expected() throws -> [String: Expected] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Accounts/expected.json")
    return try JSONDecoder().decode([String: Expected].self, from: try Data(contentsOf: file))
  }

  /// The file of an account's name, which for a sheet ends with the sheet in brackets.
  private static func file(of name: String) -> String {
    for ending in [".xlsx[", ".xlsm["] {
      if let found = name.range(of: ending) { return String(name[..<found.upperBound].dropLast()) }
    }
    return name
  }

  static func files() -> [String] {
    Set(((try? expected()) ?? [:]).keys.map(file)).sorted()
  }

  /// Boundaries, and what is written about the files, are no tables.
  @Test(.enabled(if: mayRun)) func everyExtractIsExpected() throws {
    let tables = try Extracts.files().filter {
      !$0.hasPrefix("geo/") && !["PROVENANCE.md", "SHA256SUMS"].contains($0)
    }
    #expect(Self.files() == tables)
  }

  @Test(.enabled(if: mayRun), arguments: files())
  func accountIsAsExpected(_ file: String) throws {
    let path = InspectExtractsTests.folder.appendingPathComponent(file).path
    var expected = try InspectExtractsTests.expected().filter { Self.file(of: $0.key) == file }
    for account in try Inspection.accounts(of: path) {
      let name = file + (account.sheet.map { "[\($0)]" } ?? "")
      let found = expected.removeValue(forKey: name)
      let wanted = try #require(found, "\(name) is expected nowhere")
      compareShape(account, wanted, name)
      compareColumns(account, wanted, name)
      compareSurroundings(account, wanted, name)
      if let proposal = account.proposal { try expectDecodes(proposal, name) }
    }
    #expect(expected.keys.sorted() == [])
  }

  private func compareShape(_ account: Account, _ wanted: Expected, _ name: String) {
    #expect(account.format == wanted.format, "\(name)")
    if wanted.refused == true { #expect(account.problem != nil, "\(name)") }
    if wanted.noTable == true { #expect(account.columns.isEmpty, "\(name)") }
    if wanted.refused != true { #expect(account.problem == nil, "\(name)") }
    if let encoding = wanted.encoding {
      let found = account.encoding.map { $0.name + ($0.hasByteOrderMark ? " BOM" : "") }
      #expect(found == encoding, "\(name)")
    }
    if let lineEnds = wanted.lineEnds { #expect(account.encoding?.lineEnds == lineEnds, "\(name)") }
    if let delimiter = wanted.delimiter { #expect(account.delimiter == delimiter, "\(name)") }
    if let reader = wanted.reader { #expect(account.reader == reader, "\(name)") }
    if let header = wanted.header {
      #expect(account.blocks.first?.headerLines == header, "\(name)")
    }
    if let rows = wanted.rows { #expect(account.rowCount == rows, "\(name)") }
    if let columns = wanted.columns { #expect(account.columnCount == columns, "\(name)") }
    if let duplicates = wanted.duplicates {
      #expect(account.key?.duplicateCount == duplicates, "\(name)")
    }
  }

  private func compareColumns(_ account: Account, _ wanted: Expected, _ name: String) {
    func each<Value>(
      _ values: [String: Value]?, _ check: (ColumnAccount, Value, Comment) -> Void
    ) {
      for (column, value) in values ?? [:] {
        guard let found = account.columns.first(where: { $0.name == column }) else {
          Issue.record("\(name) has no column \(column)")
          continue
        }
        check(found, value, "\(name): \(column)")
      }
    }
    each(wanted.roles) { #expect($0.role.rawValue == $1, $2) }
    each(wanted.levels) { #expect(InspectExtractsTests.levels($0.area) == $1, $2) }
    each(wanted.vintages) { #expect($0.area?.vintage?.hasPrefix($1) == true, $2) }
    each(wanted.schemes) { column, scheme, place in
      if let scheme {
        #expect(column.scheme?.hasPrefix(scheme) == true, place)
      } else {
        #expect(column.scheme == nil, place)
      }
    }
    each(wanted.periodCounts) { #expect($0.periods?.count == $1, $2) }
    each(wanted.periodKinds) { #expect($0.periods?.kind == $1, $2) }
    each(wanted.markers) { column, markers, place in
      let found = Dictionary(uniqueKeysWithValues: column.markers.map { ($0.text, $0.count) })
      #expect(found == markers, place)
    }
    each(wanted.rounding) { #expect($0.rounding == $1, $2) }
    each(wanted.totals) { #expect($0.totals.sorted() == $1.sorted(), $2) }
  }

  private func compareSurroundings(_ account: Account, _ wanted: Expected, _ name: String) {
    if let blocks = wanted.blocks { #expect(account.blocks.count == blocks, "\(name)") }
    if let notes = wanted.footnotes {
      #expect(account.blocks.last?.footnotes.count == notes, "\(name)")
    }
    if let keys = wanted.keys {
      let found = account.blocks.first?.keys.map { ($0.key, $0.value) } ?? []
      #expect(Dictionary(uniqueKeysWithValues: found) == keys, "\(name)")
    }
    for (key, texts) in wanted.keyTexts ?? [:] {
      let found = account.blocks.map { $0.keys.first { $0.key == key }?.value ?? "" }
      #expect(found == texts, "\(name)")
    }
    if let headings = wanted.headings {
      #expect(account.headings?.role.rawValue == headings.role, "\(name)")
      #expect(account.headings?.count == headings.count, "\(name)")
      if let scheme = headings.scheme { #expect(account.headings?.scheme == scheme, "\(name)") }
      if let levels = headings.levels {
        #expect(InspectExtractsTests.levels(account.headings?.area) == levels, "\(name)")
      }
    }
    if let side = wanted.side { #expect(account.proposal?.hasPrefix(side) == true, "\(name)") }
  }

  private static func levels(_ area: AreaAccount?) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: (area?.levels ?? []).map { ($0.level, $0.count) })
  }

  /// A proposal is half a job: with the other half it must decode.
  private func expectDecodes(_ proposal: String, _ name: String) throws {
    let isProvision = proposal.hasPrefix("provision:")
    guard isProvision || proposal.hasPrefix("demand:") else { return }
    let other = isProvision ? "demand:\n  kind: jobs\n" : "provision:\n  kind: people\n"
    let rest = "  file: a.csv\n  area: a\n  category: b\n  value: c\n"
    #expect(throws: Never.self, "\(name): \(proposal)") {
      _ = try Job(text: proposal + other + rest, file: "job.yaml")
    }
  }
}
