import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Codes that are counted beside their own parts, all at once and only where they are.
struct LevelTests {
  /// Rows on `overlapping-levels` of provision.
  private func rows(
    _ dimension: Dimension, _ counts: [(String, [Int])], keys: [String: String] = [:],
    job: [String] = []
  ) throws -> [CheckRow] {
    let lines = counts.flatMap { code, counts in
      counts.enumerated().map { number, count in
        let other = "\(dimension == .area ? "sector" : "place") \(number)"
        let pair = dimension == .area ? (code, other) : (other, code)
        return "\"\(pair.0)\",\"\(pair.1)\",\(count)\n"
      }
    }
    let outcome = try Example(
      provision: keys, keys: job,
      files: [
        "provision.csv": "area,sector,count\n" + lines.joined(),
        "demand.csv": "area,sector,count\n" + lines.joined(),
      ]
    ).run()
    return outcome.checks.filter {
      $0.check == "overlapping-levels" && $0.message.hasPrefix("provision")
    }
  }

  @Test(.enabled(if: Shared.isExpected))
  func divisionsBesideTheirGroupsAreCountedTwice() throws {
    let job = try Job(file: "\(Shared.path)/field/nested-sic-codes/job.yaml")
    let checks = try Session(job, workerCount: 1).run().checks
    let row = try #require(checks.first { $0.check == "overlapping-levels" })
    #expect(row.result == .fail && row.count == 63220)
    #expect(row.message.contains("63,220 counted twice"))
    #expect(row.message.contains("categories of 2 digits") && row.message.contains("of 3 digits"))
  }

  @Test func allLevelsAreNamedAtOnce() throws {
    let found = try rows(
      .category,
      [
        ("1", [130, 260]), ("11", [80, 160]), ("111", [30, 70]), ("112", [50, 90]),
        ("12", [50, 100]), ("2", [70, 41]), ("21", [30, 20]), ("22", [40, 21]),
        ("Total", [200, 301]),
      ])
    #expect(found.map(\.result) == [.fail, .fail, .fail])
    #expect(found.map(\.count) == [501, 240, 501])
    #expect(found[0].message.contains("2 categories of 1 digit"))
    #expect(found[1].message.contains("the category \"11\""))
    #expect(found[2].message.contains("the category \"Total\""))
  }

  @Test func nestedTotalsOfAreasAreAllNamed() throws {
    let found = try rows(
      .area,
      [
        ("Total", [90, 140]), ("England", [60, 110]), ("Wales", [30, 30]),
        ("North East", [40, 50]), ("South West", [20, 60]),
      ])
    #expect(found.map(\.count) == [170, 230])
    #expect(found.allSatisfy { $0.result == .fail })
    #expect(found[0].message.contains("\"England\"") && found[1].message.contains("\"Total\""))
  }

  @Test func partsThatAreLeftOutDoNotHideATotal() throws {
    for counts in [
      [("E92000001", [900]), ("E12000001", [40]), ("E12000002", [20])],
      [("E12000003", [900]), ("E06000010", [40]), ("E06000011", [20])],
      [("Total", [900]), ("N1", [40]), ("N2", [20])],
      [("England", [900]), ("Leeds", [40]), ("York", [20])],
    ] {
      let found = try rows(.area, counts)
      #expect(found.map(\.result) == [.fail] && found[0].count == 60, "\(counts)")
    }
    // Of a column of codes, most parents whose sums agree show what it is.
    let column = [
      ("01", [90]), ("011", [50]), ("012", [40]), ("02", [75]), ("021", [75]), ("03", [99]),
      ("031", [50]),
    ]
    let found = try rows(.category, column)
    #expect(found.map(\.result) == [.fail] && found[0].count == 215)
  }

  @Test(arguments: [
    [("1", [20, 35]), ("10", [41, 2]), ("11", [7, 90])],
    [("a", [100, 7]), ("ab", [33, 55]), ("abc", [8, 91])],
    [("1", [500, 700]), ("10", [41, 2]), ("11", [7, 90])],
    [("All services", [20, 35]), ("Care", [410, 200]), ("Law", [70, 900])],
  ])
  func codesThatOnlyBeginAlikePass(counts: [(String, [Int])]) throws {
    #expect(try rows(.category, counts).map(\.result) == [.pass])
  }

  @Test func formAloneWarnsWhereSumsLeaveRoom() throws {
    let counts = [("1", [50, 70]), ("1.1", [20, 20]), ("2", [30, 40]), ("2.1", [10, 10])]
    let found = try rows(.category, counts)
    #expect(found.map(\.result) == [.warn])
  }

  @Test func suppressedPartsAreJudgedByTheirBounds() throws {
    let text = "area,sector,count\nA,01,120\nA,011,100\nA,012,c\nB,01,90\nB,011,80\nB,012,10\n"
    func verdict(_ bounds: String) throws -> CheckRow? {
      try Example(
        provision: ["markers": "{ c: \(bounds) }"],
        files: ["provision.csv": text, "demand.csv": text.replacing("c\n", with: "20\n")]
      ).run().checks.first { $0.check == "overlapping-levels" }
    }
    #expect(try verdict("10..30")?.result == .fail)
    #expect(try verdict("30..40")?.result == .pass)
  }

  @Test func codesOffTheGridAreNotCounted() throws {
    let counts = [
      ("01", [90, 41]), ("011", [50, 20]), ("012", [40, 21]), ("02", [10, 5]),
    ]
    #expect(try rows(.category, counts).first?.result == .fail)
    let kept = ["where": "{ sector: { not: [\"011\", \"012\"] } }"]
    #expect(try rows(.category, counts, keys: kept).map(\.result) == [.pass])
  }

  /// Random trees of two or three levels: each parent is found where its parts stand beside it, and no other.
  @Test(arguments: 0..<60)
  func randomHierarchiesAreFound(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed))
    let width = random.whole(2...4)
    var counts: [String: [Int]] = [:]
    var parents: Set<String> = []
    for division in 1...random.whole(2...4) {
      let name = "0\(division)"
      let groups = (1...random.whole(1...4)).map { "\(name)\($0)" }
      let leaves = groups.map { _ in (0..<width).map { _ in random.whole(20...900) } }
      if random.happens(0.6) {
        for (group, leaf) in zip(groups, leaves) { counts[group] = leaf }
        counts[name] = (0..<width).map { column in leaves.reduce(0) { $0 + $1[column] } }
        parents.insert(name)
      } else {
        counts[name] = (0..<width).map { _ in random.whole(20...900) }
      }
    }
    let table = counts.keys.sorted().map { ($0, counts[$0] ?? []) }
    let found = try rows(.category, table)
    let doubled = parents.reduce(0) { $0 + (counts[$1] ?? []).reduce(0, +) }
    if parents.isEmpty {
      #expect(found.map(\.result) == [.pass])
    } else {
      #expect(found.map(\.result) == [.fail])
      #expect(found[0].count == Double(doubled))
    }
  }

  @Test func levelsOfNoTableAreComparedBySums() throws {
    let plans: [(String, [Int])] = (11...50).map { ("E690000\($0)", [$0 * 10]) }
    let all: [(String, [Int])] = plans + [("E47000099", [3000])]
    #expect(try rows(.area, all).map(\.result) == [.fail])
    let few: [(String, [Int])] = Array(all.suffix(4))
    #expect(try rows(.area, few).map(\.result) == [.warn])
  }

  /// The table of which area holds which agrees with the published lookups.
  @Test(.enabled(if: RegisterRealTests.mayRun))
  func containersAreThoseOfThePublishedLookups() throws {
    for (file, code, holder) in [
      (
        "Local_Authority_District_to_Region_(December_2022)_Lookup_in_England.csv", "LAD22CD",
        "RGN22CD"
      ),
      (
        "Local_Authority_District_to_Combined_Authority_(May_2025)_Lookup_in_EN.csv", "LAD25CD",
        "CAUTH25CD"
      ),
    ] {
      let rows = try RegisterRealTests.rows("lookup/\(file)")
      #expect(rows.count > 80)
      for row in rows {
        let area = try #require(AreaCode(row[code] ?? ""))
        #expect(area.containers.contains(row[holder] ?? ""), "\(row)")
        let prefix = (row[holder] ?? "").prefix(3)
        #expect(area.containers.count { $0.hasPrefix(prefix) } == 1, "\(row)")
      }
    }
  }
}
