import Foundation
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Tables with more columns than anyone reads one by one.
@Suite struct InspectWideTests {
  private func account(_ text: String) throws -> Account {
    let scratch = try Scratch()
    let path = try scratch.file("wide.csv", Array(text.utf8))
    return try #require(try Inspection.accounts(of: path).first)
  }

  /// Columns of all kinds: a name, and the text of each of 60 rows.
  private static func columns(seed: UInt64) -> [(name: String, texts: [String])] {
    var random = RandomSource(seed: seed)
    func column(_ name: String, _ text: (Int) -> String) -> (name: String, texts: [String]) {
      (name, (0..<60).map(text))
    }
    let marks = ["low", "[x]", "c"]
    let codes = (1...90).map { "E0700\(1000 + $0)" }
    return [
      column("people_count") { _ in "\(random.whole(0...40) * 5)" },
      column("starts") { _ in
        random.happens(0.2) ? marks[random.whole(0...2)] : "\(random.whole(1...99))"
      },
      column("E02000001") { _ in "\(random.whole(0...2))" },
      column("lad_code") { _ in codes[random.whole(0...89)] },
      column("SOC 2020 unit group") { row in "\(1111 + row) - Occupation" },
      column("time_period") { row in "20\(10 + row % 9)" },
      column("sex") { row in ["Male", "Female", "Total"][row % 3] },
      column("remark") { row in random.happens(0.5) ? "" : "note \(row)" },
      column("nothing") { _ in "" },
      column("industry") { row in "\(["A", "B", "C", "D", "E", "F", "G", "H", "I"][row % 9]) : x" },
    ]
  }

  private static func text(_ columns: [(name: String, texts: [String])]) -> String {
    let header = columns.map(\.name).joined(separator: ",")
    let rows = (0..<60).map { row in columns.map { $0.texts[row] }.joined(separator: ",") }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func columnsOfAWideTableAreThoseOfANarrowOne(_ seed: UInt64) throws {
    let columns = InspectWideTests.columns(seed: seed)
    let narrow = try account(InspectWideTests.text(columns)).columns
    let copies = 40
    let wide = try account(
      InspectWideTests.text((0..<copies).flatMap { _ in columns })
    ).columns
    #expect(Set(narrow.map(\.role)).count >= 7)
    try #require(wide.count == narrow.count * copies)
    for (place, column) in wide.enumerated() {
      var expected = narrow[place % narrow.count]
      expected.position = place + 1
      #expect(column == expected)
    }
  }

  @Test func runsHoldEachColumnOnceInItsOrder() throws {
    var random = RandomSource(seed: 5)
    let roles: [ColumnRole] = [.value, .unknown, .areaName]
    for _ in 0..<200 {
      var columns: [ColumnAccount] = []
      for position in 1...random.whole(1...90) {
        let isAsBefore = random.happens(0.7)
        let role = columns.last.flatMap { isAsBefore ? $0.role : nil } ?? roles[random.whole(0...2)]
        columns.append(
          ColumnAccount(
            name: "c\(position)", position: position, role: role,
            distinctCount: random.whole(1...9), blankCount: random.whole(0...3), examples: ["1"]))
      }
      let runs = ColumnRun.runs(of: columns)
      #expect(runs.flatMap(\.columns) == columns)
      for run in runs {
        #expect(Set(run.columns.map(\.role)).count == 1)
        #expect(run.columns.count != 2)
        #expect(run.account?.blankCount == run.columns.reduce(0) { $0 + $1.blankCount })
      }
      // Neighbours of one role stand apart only where they are too few for a run.
      for (run, next) in zip(runs, runs.dropFirst())
      where run.account?.role == next.account?.role {
        #expect(run.columns.count == 1 && next.columns.count == 1)
      }
    }
  }

  /// A matrix of origins and destinations; on the old code, which looked at all names for each column, this
  /// took a quarter of an hour.
  @Test(.timeLimit(.minutes(5)))
  func aMatrixOfEightThousandColumnsIsReadable() throws {
    let codes = (1...8000).map { "E\(2_000_000 + $0)".replacing("E2", with: "E02") }
    let rows = codes.prefix(6).map { code in
      ([code] + codes.indices.map { "\($0 % 7)" }).joined(separator: ",")
    }
    let header = (["origin"] + codes).joined(separator: ",")
    let account = try account(([header] + rows).joined(separator: "\n") + "\n")
    #expect(account.columns.map(\.name) == ["origin"] + codes)
    var text = AccountText(account)
    let lines = text.text().split(separator: "\n")
    #expect(lines.count < 20)
    #expect(lines.allSatisfy { $0.count < 400 })
    #expect(lines.contains { $0.contains("2-8001  E02000001 … E02008000") })
  }

  private func proposal(besides name: String) -> String? {
    var account = Account(file: "wide.csv", format: "delimited text", byteCount: 1)
    account.blocks = [TableBlock(title: ["employment"])]
    let names = [name] + (1...100).map { "ladu:Place \($0)" }
    account.columns = names.enumerated().map { place, name in
      ColumnAccount(
        name: name, position: place + 1, role: place == 0 ? .categoryLabel : .value,
        distinctCount: 9, blankCount: 0, examples: ["1"])
    }
    account.headings = HeadingAccount(role: .areaName, count: 100)
    return Proposal(account).text()
  }

  @Test func manyHeadingsAreProposedByTheirBeginning() throws {
    let short = try #require(proposal(besides: "industry"))
    #expect(short.contains("value: { columns: [ \"ladu:Place *\" ], name: area }"))
    // A pattern that finds another column too would read it as figures.
    let long = try #require(proposal(besides: "ladu:Place of work"))
    #expect(!long.contains("*"))
    #expect(long.contains("\"ladu:Place 1\", \"ladu:Place 2\""))
  }
}
