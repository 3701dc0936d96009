import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Sides whose areas or sectors do not meet, losses by the job's limits, and what no check could look at.
struct SidesApartTests {
  private func rows(_ check: String, _ example: Example) throws -> [CheckRow] {
    try example.run().checks.filter { $0.check == check }
  }

  private func example(
    _ provision: [(String, String, Int)], _ demand: [(String, String, Int)], keys: [String] = [],
    files: [String: String] = [:]
  ) -> Example {
    func text(_ rows: [(String, String, Int)]) -> String {
      "area,sector,count\n" + rows.map { "\($0.0),\($0.1),\($0.2)\n" }.joined()
    }
    return Example(
      keys: keys,
      files: ["provision.csv": text(provision), "demand.csv": text(demand)].merging(files) { $1 })
  }

  @Test(.enabled(if: Shared.isExpected))
  func boundariesOfTwoYearsFail() throws {
    let job = try Job(file: "\(Shared.path)/field/two-vintages/job.yaml")
    let row = try #require(
      try Session(job, workerCount: 1).run().checks.first { $0.check == "sides-apart" })
    #expect(row.result == .fail)
    for code in ["E07000026", "E07000028", "E07000030", "E06000063", "E06000064", "2023"] {
      #expect(row.message.contains(code))
    }
  }

  @Test(arguments: [
    ("E06000048", "E06000057"), ("E08000020", "E08000037"), ("E07000101", "E07000243"),
    ("S12000015", "S12000047"), ("E08000016", "E08000038"), ("E07000150", "E06000061"),
  ])
  func aSmallRecodedAreaFailsToo(old: String, new: String) throws {
    let rest = (1...5).map { ("E0600000\($0)", "x", 1000) }
    for (left, right) in [(old, new), (new, old)] {
      let found = try rows(
        "sides-apart", example(rest + [(left, "x", 3)], rest + [(right, "x", 3)]))
      #expect(found.map(\.result) == [.fail])
      #expect(found[0].message.contains(old) && found[0].message.contains(new))
    }
    let both = rest + [(new, "x", 3)]
    #expect(try rows("sides-apart", example(both, both)).map(\.result) == [.pass])
  }

  @Test func oneNameUnderTwoCodesFails() throws {
    let register = ["areas.csv": "code,name\nA1,Aton\nA2,Aton\nB1,Beeton\n"]
    let found = try rows(
      "sides-apart",
      example(
        [("A1", "x", 5), ("B1", "x", 100)], [("A2", "x", 5), ("B1", "x", 100)],
        keys: ["areas: { file: areas.csv, code: code, name: name }"], files: register))
    #expect(found.map(\.result) == [.fail] && found[0].message.contains("A1 and A2"))
  }

  @Test func massDecidesByTheLimit() throws {
    let provision = [("A", "x", 60), ("B", "x", 40)]
    let demand = [("A", "x", 10)]
    let narrow = example(provision, demand, keys: ["limits: { one-sided: 25 % }"])
    #expect(try rows("sides-apart", narrow).map(\.result) == [.fail])
    let usual = example(provision, demand)
    #expect(try rows("sides-apart", usual).map(\.result) == [.pass])
    #expect(try rows("absent-areas", usual).map(\.result) == [.pass, .warn])
    // The same areas are not reported twice.
    let absent = try rows("absent-areas", narrow)
    #expect(absent.map(\.result) == [.pass, .unchecked])
    let sectors = example([("A", "x", 90), ("A", "y", 10)], [("A", "x", 5)])
    #expect(try rows("sides-apart", sectors).map(\.result) == [.warn])
  }

  @Test(arguments: ["20", "120 %", "x %", "-1 %"])
  func limitsArePercentages(limit: String) throws {
    let failure = try example([], [], keys: ["limits: { one-sided: \(limit) }"]).failure()
    #expect(failure?.expected?.contains("such as 20 %") == true)
  }

  @Test func totalsDoNotDiluteLosses() throws {
    // A quarter of London's provision is unmatched, and England stands in the same file.
    let rows = [
      ("E09000001", "x", 60), ("E09000001", "lost", 25), ("E92000001", "x", 9000),
      ("E12000007", "x", 900), ("E06000001", "x", 0), ("W06000001", "x", 800),
      ("E47000001", "x", 700),
    ]
    let job = example(
      rows, [("E09000001", "x", 5)],
      keys: [
        "areas: { file: areas.csv, code: code }", "sectors: { file: sectors.csv, code: code }",
      ], files: ["areas.csv": "code\nE09000001\n", "sectors.csv": "code\nx\n"])
    let categories = try self.rows("unknown-categories", job)
    #expect(categories[0].result == .fail && categories[0].message.contains("25 of 85"))
    let areas = try self.rows("unknown-areas", job)
    #expect(areas[0].result == .warn && areas[0].count == 0)
  }

  @Test func placesThatAFilterLeavesOutAreNoLoss() throws {
    let rows = [("E09000001", "x", 5), ("E09000002", "x", 95)]
    func verdict(_ filter: String) throws -> [Verdict] {
      try self.rows(
        "unknown-areas",
        example(
          rows, [("E09000001", "x", 5)],
          keys: ["areas: { file: areas.csv, code: code\(filter) }"],
          files: ["areas.csv": "code,chosen\nE09000001,yes\n"])
      ).map(\.result)
    }
    #expect(try verdict("") == [.fail, .pass])
    #expect(try verdict(", where: { chosen: yes }") == [.warn, .pass])
  }

  @Test func otherLevelsOfAClassificationAreNoLoss() throws {
    let rows = [("A", "01", 40), ("A", "011", 25), ("A", "012", 15), ("A", "Total", 40)]
    let found = try self.rows(
      "unknown-categories",
      example(
        rows, [("A", "01", 5)], keys: ["sectors: { file: sectors.csv, code: code }"],
        files: ["sectors.csv": "code\n\"01\"\n"]))
    #expect(found.map(\.result) == [.pass, .pass])
  }

  @Test func totalsThatMatchNoRowAreNotChecked() throws {
    var job = example([("A", "x", 60)], [("A", "x", 5)])
    job.provision["totals"] = "{ category: Totl }"
    for check in ["parts-and-totals", "disclosure"] {
      let found = try rows(check, job)
      #expect(found[0].result == .unchecked && found[0].message.contains("\"Totl\""))
    }
  }

  @Test func aSideThatReachesNothingFails() throws {
    let found = try rows(
      "sides-apart",
      example(
        [("A", "x", 60)], [("B", "x", 5)], keys: ["areas: { file: areas.csv, code: code }"],
        files: ["areas.csv": "code\nA\n"]))
    #expect(found.map(\.result) == [.fail])
    #expect(found[0].message.hasPrefix("demand: nothing of its 1 row reaches the grid"))
  }
}
