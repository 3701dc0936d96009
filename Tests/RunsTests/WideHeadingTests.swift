import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Keys in headings, periods in two columns, and several tables for a side.
@Suite struct WideHeadingTests {
  static let crossed = "period,UK,A: x,A: y,B: x,B: y\n2021,100,10,20,30,40\n2022,200,11,21,31,41\n"

  private func example(_ value: String, _ text: String = crossed) -> Example {
    Example(
      provision: [
        "area": "-", "category": "-", "period": "period", "value": value,
        "where": "{ period: \"2022\" }",
      ],
      files: ["provision.csv": text])
  }

  @Test func areaAndCategoryOfOneHeading() throws {
    let outcome = try example(
      "{ columns: [\"*: *\"], area: '^(.*?): ', category: ': (.*)$' }"
    ).run()
    #expect(outcome.areas.codes == ["A", "B"])
    #expect(outcome.value(.provision, "A", "y") == 21)
    #expect(outcome.value(.provision, "B", "x") == 31)
  }

  /// The monthly employees by region and sector of ONS, whose headings hold both.
  @Test(.enabled(if: Shared.isExpected)) func employeesOfONS() throws {
    let folder = "\(Shared.path)/field/area-and-sector-in-one-heading"
    let text = """
      provision: { kind: starts, file: starts.csv, area: area, category: sector, period: year, value: starts }
      demand:
        kind: jobs
        file: employees.xlsx
        period: Date
        value: { columns: ["*: *"], area: '^(.*?): ', category: ': (.*)$' }
      periods: { pair: "2025 = January 2026" }
      """
    let outcome = try Session(Job(text: text, file: "\(folder)/job.yaml"), workerCount: 2).run()
    for (area, sector, count) in [
      ("London", "Construction", 149_516.0), ("London", "Education", 389_089),
      ("North East", "Construction", 53_828), ("North East", "Education", 104_923),
    ] {
      #expect(outcome.value(.demand, area, sector) == count)
    }
    #expect(outcome.areas.position(of: "UK") == nil)
  }

  @Test func aHeadingOfAnotherFormIsRefused() throws {
    let failure = try #require(
      try example("{ columns: [\"*\"], area: '^(.*?): ', category: ': (.*)$' }").failure())
    #expect(failure.found.contains("\"UK\""))
    #expect(failure.place?.line == 1)
  }

  @Test func periodAndAreaOfOneHeading() throws {
    var example = Example(
      provision: [
        "area": "-", "category": "sector",
        "value": "{ columns: [\"* | Starts\"], period: '^(\\d{4})', area: '\\| (.*) \\|' }",
      ],
      keys: ["periods: { pair: \"2022 = all\" }"],
      files: [
        "provision.csv":
          "sector,2021 | A | Starts,2022 | A | Starts,2022 | B | Starts,2022 | A | Ends\n"
          + "x,1,2,3,4\ny,5,6,7,8\n"
      ])
    #expect(try example.run().value(.provision, "B", "y") == 7)
    example.provision["value"] = "{ columns: [\"*\"], name: period, area: a }"
    let failure = #expect(throws: Failure.self) { try example.run() }
    #expect(failure?.expected?.hasPrefix("either `name`") == true)
  }

  @Test func aPatternTakesNoKey() throws {
    let text = "area,note,period,x,y\nA,n,2022,10,20\nB,n,2022,30,40\n"
    var example = example("{ columns: [\"*\"], name: category }", text)
    example.provision["area"] = "area"
    example.provision["where"] = "{ note: n, period: \"2022\" }"
    let outcome = try example.run()
    #expect(outcome.sectors.codes == ["x", "y"])
    #expect(outcome.value(.provision, "B", "y") == 40)
  }

  @Test(arguments: [nil, 1 << 19])
  func periodsOfTwoColumns(blockSize: Int?) throws {
    let rows = [
      ("202223", "Academic year", 7), ("202223", "Financial year", 9), ("2022", "January", 1),
      ("2022", "February", 2),
    ]
    let text = rows.map { "\($0),\($1),A,x,\($2)\n\($0),\($1),B,x,5\n" }.joined()
    let folder = try TestFolder()
    let job = try Example(
      provision: ["period": "{ columns: [time_period, time_identifier] }"],
      files: ["provision.csv": "time_period,time_identifier,area,sector,count\n" + text]
    ).job(in: folder)
    var reader = SideReader(job.sides.provision, blockSize: blockSize, onRead: { _ in })
    try reader.read()
    #expect(
      reader.tally.periods == [
        "202223 Academic year", "202223 Financial year", "2022 January", "2022 February",
      ])
  }

  @Test func theRemedyForMonthsIsThePairOfColumns() throws {
    let rows = "2022,January,A,x,1\n2022,February,A,x,2\n"
    let example = Example(
      provision: ["period": "time_period"],
      files: ["provision.csv": "time_period,time_identifier,area,sector,count\n" + rows])
    let advice = try #require(try example.failure()?.advice)
    #expect(advice.contains("`period: { columns: [time_period, time_identifier] }`"))
  }

  /// What `inspect` proposes for keys in headings, and for periods in two columns.
  @Test(arguments: [
    (
      "period,North East: Care,North East: Build,London: Care,London: Build,Wales: Care,Wales: Build,UK\n2022,1,2,3,4,5,6,21\n",
      "value: { columns: [ \"*: *\" ], area: '^(.*?): ', category: ': (.*)$' }"
    ),
    (
      "Subject,2021 | Starts,2021 | Achievements,2022 | Starts,2022 | Achievements\nArts,1,2,3,4\n",
      #"value: { columns: [ "* | Starts" ], period: '^(.*?) \| ' }"#
    ),
    (
      "time_period,time_identifier,lad_code,subject,starts\n2022,January,E06000001,Arts,1\n2022,March,E06000001,Arts,2\n",
      "period: { columns: [ time_period, time_identifier ] }"
    ),
  ])
  func proposals(text: String, line: String) throws {
    let folder = try TestFolder()
    let account = try #require(
      try Inspection.accounts(of: try folder.write("starts.csv", text)).first)
    let proposal = try #require(account.proposal)
    #expect(proposal.contains(line), "\(proposal)")
    let other = proposal.split(separator: "\n").dropFirst(2).joined(separator: "\n")
    let job = try Job(
      text: proposal + "demand:\n  kind: vacancies\n" + other + "\n",
      file: "\(folder.path)/job.yaml")
    _ = try Session(job, workerCount: 1).run()
  }

  @Test(arguments: [
    ("202223 Academic year", "2022/23"), ("202223 Tax year", "tax year 2022-23"),
    ("202223 Financial year Q2", "FY 2022-23 Q2"), ("2022 Calendar year", "2022"),
    ("2022 Calendar year Q3", "2022 Q3"), ("2022 March", "2022-03"),
    ("202223 Autumn term", "2022/23 (Sep to Dec)"),
    ("202223 Autumn and spring term", "2022/23 (Sep to Mar)"),
    ("202223 Part 1 (April to September)", "FY 2022-23 (Apr to Sep)"),
    ("2022 Week 1", "2022-W01"), ("202223 Academic year Q1-Q3", "2022/23 (Aug to Apr)"),
  ])
  func labelsOfEES(label: String, other: String) throws {
    let period = try #require(Period(label))
    #expect(period.span == Period(other)?.span, "\(period)")
  }

  @Test func weeksBeginOnMonday() throws {
    let span = try #require(Period("2021 Week 1")?.span)
    #expect(span.start == Period.Day(2021, 1, 4))
    #expect(span.end == Period.Day(2021, 1, 11))
    #expect(Period("2020 Week 53") != nil)
    #expect(Period("2021 Week 53") == nil)
  }

  static let tables = """
    [ { file: one.csv, value: count, period: { constant: "2021" } },
        { file: two.csv, delimiter: semicolon, value: { columns: ["20*"], name: period }, rounding: nearest 10, category: trade } ]
    """

  private func twoTables(_ two: String) -> Example {
    Example(
      provision: [
        "file": "-", "value": "-", "tables": Self.tables,
        "crosswalk": "{ file: trades.csv, from: trade, to: sector }",
      ],
      demand: ["period": "{ constant: \"2022\" }"],
      files: [
        "one.csv": Example.counts, "two.csv": two,
        "trades.csv": "trade,sector\nx,x\ny,y\nxx,x\n",
      ])
  }

  @Test func tablesOfOneSideAreReadTogether() throws {
    let outcome = try twoTables("area;trade;2022\nA;xx;110\nA;y;20\nB;xx;30\nB;y;40\n").run()
    #expect(outcome.value(.provision, "A", "x") == 110)
    #expect(outcome.bounds(.provision, "A", "x") == [105, 114])
    #expect(
      outcome.reconciliations.filter { $0.subject == .provision }.flatMap(\.inputs).map(\.name)
        .contains("two.csv"))
    #expect(
      outcome.checks.filter { $0.check == "rounding" && $0.message.contains("two.csv") }.map(
        \.message
      ).first?.contains("nearest 10") == true)
  }

  @Test func aFigureInTwoTablesIsDuplicated() throws {
    let failure = try #require(
      try twoTables("area;trade;2021;2022\nA;x;1;110\nB;y;2;40\n").failure())
    #expect(failure.place == Place(file: "two.csv", line: 2))
    #expect(failure.found.hasPrefix("a second figure for the same area"))
  }

  @Test func partsOfTwoTablesAreNotAdded() throws {
    var example = twoTables("area;trade;sex;2021;2022\nA;x;f;10;110\nA;x;m;10;20\nB;y;f;2;40\n")
    example.provision["tables"] = Self.tables.replacing(
      "category: trade", with: "category: trade, sum-over: sex")
    #expect(try example.failure()?.found.hasPrefix("a second figure") == true)
    example.files["two.csv"] = "area;trade;sex;2022\nA;x;f;110\nA;x;m;20\nB;y;f;40\n"
    #expect(try example.run().value(.provision, "A", "x") == 130)
  }

  @Test func aFileBesideTablesIsRefused() throws {
    var example = twoTables("area;trade;2022\nA;x;10\n")
    example.provision["file"] = "one.csv"
    let failure = #expect(throws: Failure.self) { try example.run() }
    #expect(failure?.expected?.contains("`tables`") == true)
  }
}
