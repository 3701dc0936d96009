import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Checks of what codes hold: overlaps, twins, jumps, completeness, unknown codes.
struct CheckTableTests {
  private static let parts = [
    ("N1", [120, 240, 361]), ("N2", [77, 183, 92]), ("N3", [311, 45, 128]),
  ]

  @Test func anAreaThatIsTheSumOfTheOthersFails() throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = CheckBench.table(
      CheckTableTests.parts + [("England", [508, 468, 581])])
    let row = try #require(try bench.first("overlapping-levels"))
    #expect(row.result == .fail && row.count == 1557)
    #expect(row.message.contains("England"))
  }

  @Test func aTotalOfRoundedPartsIsFound() throws {
    var bench = CheckBench()
    bench.provision = "rounding: nearest 10"
    bench.files["provision.csv"] = CheckBench.table([
      ("N1", [1200, 2400, 3610]), ("N2", [770, 1830, 920]), ("N3", [3110, 450, 1280]),
      ("All", [5090, 4670, 5820]),
    ])
    #expect(try bench.first("overlapping-levels")?.result == .fail)
    bench.files["provision.csv"] = CheckBench.table([
      ("N1", [1200, 2400, 3610]), ("N2", [770, 1830, 920]), ("N3", [3110, 450, 1280]),
      ("N4", [5290, 4670, 5820]),
    ])
    #expect(try bench.first("overlapping-levels")?.result == .pass)
  }

  @Test func threeLevelsOfNamesFail() throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = CheckBench.table(
      CheckTableTests.parts + [
        ("North", [197, 423, 453]), ("South", [311, 45, 128]), ("England", [508, 468, 581]),
      ])
    let row = try #require(try bench.first("overlapping-levels"))
    #expect(row.result == .fail && row.count == 1557)
  }

  @Test func aTotalCategoryFails() throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = CheckBench.table([
      ("N1", [120, 240, 360]), ("N2", [77, 183, 260]), ("N3", [311, 45, 356]),
    ])
    let row = try #require(try bench.first("overlapping-levels"))
    #expect(row.result == .fail && row.count == 976)
    #expect(row.message.contains("category \"c\""))
  }

  @Test(arguments: [
    // England beside a part of it; London beside a borough; counties and combined authorities beside their
    // districts.
    (["E92000001", "E12000001", "W92000004"], Verdict.fail),
    (["E12000007", "E09000001", "E06000001"], .fail),
    (["K02000001", "N92000002", "S92000003"], .fail),
    (["E10000003", "E07000008", "E06000001"], .fail),
    (["E47000001", "E08000001", "E08000002"], .fail),
    // Authorities that no table has yet, and a county beside another one's district.
    (["E47000099", "E08000001", "E08000002"], .warn),
    (["E10000003", "E07000026", "E06000001"], .pass),
    // The countries and regions of the kingdom; upper-tier authorities.
    (["E12000001", "W92000004", "S92000003"], .pass),
    (["E10000003", "E06000001", "E09000001"], .pass),
    (["E06000001", "W06000001", "S12000033"], .pass),
  ])
  func levelsAreToldByCodes(codes: [String], verdict: Verdict) throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = CheckBench.table(
      zip(codes, CheckTableTests.parts).map { ($0, $1.1) })
    #expect(try bench.first("overlapping-levels")?.result == verdict)
  }

  @Test func equalCategoriesFail() throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = CheckBench.table([
      ("N1", [120, 240, 120]), ("N2", [770, 183, 770]), ("N3", [311, 45, 311]),
      ("N4", [95, 20, 95]),
    ])
    let row = try #require(try bench.first("same-unit"))
    #expect(row.result == .fail && row.count == 1296)
    #expect(row.message.contains("\"a\", \"c\""))
  }

  @Test func smallEqualCountsAreChance() throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = CheckBench.table([
      ("N1", [5, 240, 5]), ("N2", [0, 183, 0]), ("N3", [10, 45, 10]), ("N4", [0, 20, 0]),
    ])
    #expect(try bench.first("same-unit")?.result == .pass)
  }

  private func bench(twoPeriods later: [(String, [Int])]) -> CheckBench {
    var bench = CheckBench()
    bench.files["provision.csv"] =
      CheckBench.table(CheckTableTests.parts)
      + CheckBench.table(later, period: "2025").drop { $0 != "\n" }.dropFirst()
    bench.files["demand.csv"]? += "N1,a,2025,40\nN2,b,2025,60\nN3,c,2025,10\n"
    return bench
  }

  @Test func jumpsBetweenPeriodsAreTold() throws {
    let same = bench(twoPeriods: CheckTableTests.parts)
    #expect(try same.first("jumps")?.result == .pass)
    let jump = bench(twoPeriods: [
      ("N1", [120, 240, 361]), ("N2", [7700, 183, 92]), ("N3", [311, 45, 128]),
    ])
    let row = try #require(try jump.first("jumps"))
    // The area N2 and the category a.
    #expect(row.result == .warn && row.count == 2)
    #expect(row.message.contains("7,975") || row.message.contains("8,131"))
    let unit = bench(twoPeriods: CheckTableTests.parts.map { ($0, $1.map { $0 * 1000 }) })
    #expect(try unit.first("jumps")?.result == .fail)
  }

  @Test func missingCellsAreCounted() throws {
    var bench = CheckBench()
    bench.files["provision.csv"]? += "N5,a,2024,3\n"
    let row = try #require(try bench.first("completeness"))
    #expect(row.result == .warn && row.count == 2)
    #expect(row.message.contains("2 of 15 cells") && row.message.contains("\"N5\" (2 of 3)"))
  }

  @Test func sparseTablesLeaveRowsOutOnPurpose() throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = """
      area,category,period,count
      N1,a,2024,7
      N2,b,2024,9
      N3,c,2024,11

      """
    let row = try #require(try bench.first("completeness"))
    #expect(row.result == .unchecked && row.count == 6)
  }

  @Test func unknownAreasAreToldWithTheirCount() throws {
    var bench = CheckBench()
    bench.head = "areas: { file: areas.csv, code: code }"
    bench.files["areas.csv"] = "code\nN1\nN2\nN3\nN4\n"
    bench.files["provision.csv"]? += "N9,a,2024,30\nN9,b,2024,5\nE92000001,a,2024,1000\n"
    let row = try #require(try bench.first("unknown-areas"))
    #expect(row.result == .warn && row.count == 35)
    #expect(row.message.contains("35 of 1,839"))
    #expect(
      row.message.contains("other levels and other countries are excluded: \"E92000001\" (1,000)"))
    bench.files["areas.csv"] = "code\nN1\nX1\nX2\n"
    #expect(try bench.first("unknown-areas")?.result == .fail)
    bench.head += "\nlimits: { unmapped: 90 % }"
    #expect(try bench.first("unknown-areas")?.result == .warn)
    bench.files["areas.csv"] = "code\nX1\nX2\n"
    #expect(try bench.first("unknown-areas")?.result == .fail)
  }

  @Test func unknownCategoriesAreToldWithTheirCount() throws {
    var bench = CheckBench()
    bench.head = "sectors: { file: sectors.csv, code: code }"
    bench.files["sectors.csv"] = "code\na\nb\n"
    let row = try #require(try bench.first("unknown-categories"))
    #expect(row.result == .fail && row.count == 680)
    #expect(row.message.contains("680 of 1,804"))
  }

  @Test func everyLinkOfAChainTellsItsLoss() throws {
    var bench = CheckBench()
    bench.provision =
      "area-lookup: [ { file: a.csv, from: f, to: t }, { file: b.csv, from: f, to: t } ]"
    bench.files["a.csv"] = "f,t\nN1,M1\nN2,M1\nN3,M2\n"
    bench.files["b.csv"] = "f,t\nM1,N1\n"
    let rows = try bench.rows("lookup-losses")
    #expect(rows.map(\.count) == [247, 484])
    #expect(rows.map(\.result) == [.warn, .fail])
    #expect(rows[0].message.contains("\"N4\" (247)"))
    #expect(rows[1].message.contains("loses 484 of 1,557") && rows[1].message.contains("\"M2\""))
    #expect(try bench.outcome().unmapped.map(\.code) == ["N3", "N4"])
  }
}
