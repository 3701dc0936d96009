import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Figures in thousands and other units: counts, bounds, markers, totals, and what says that they are.
struct FigureUnitTests {
  private static let rows = "area,sector,count\nA,x,71\nA,y,0\nB,x,51.3\nB,y,low\n"

  private func run(_ provision: String, _ keys: [String: String], files: [String: String] = [:])
    throws -> Outcome
  {
    try Example(
      provision: keys,
      keys: ["accept: { rounding: these figures are few }", "guard: { publish: sharpened }"],
      files: files.merging(["provision.csv": provision]) { $1 }
    ).run()
  }

  @Test func unitComesBeforeRoundingAndBounds() throws {
    let rows = "area,sector,count\nA,x,71\nA,y,51\n"
    let keys = ["unit": "thousands", "rounding": "nearest 1"]
    let outcome = try run(rows, keys)
    #expect(outcome.value(.provision, "A", "x") == 71_000)
    #expect(outcome.bounds(.provision, "A", "x") == [70_500, 71_499])
    #expect(outcome.bounds(.provision, "A", "y") == [50_500, 51_499])
  }

  @Test func figuresInAUnitAreNotExactUnlessTheJobSaysSo() throws {
    let rows = "area,sector,count\nA,x,71\nA,y,0\n"
    let rounded = try run(rows, ["unit": "thousands"])
    #expect(rounded.bounds(.provision, "A", "x") == [70_500, 71_499])
    #expect(rounded.bounds(.provision, "A", "y") == [0, 499])
    let exact = try run(rows, ["unit": "thousands", "rounding": "none"])
    #expect(exact.bounds(.provision, "A", "x") == [71_000, 71_000])
    #expect(exact.bounds(.provision, "A", "y") == [0, 0])
  }

  @Test func decimalsOfAUnitAreCounts() throws {
    let keys = ["unit": "thousands", "rounding": "nearest 0.1", "markers": "{ low: 0..2 }"]
    let outcome = try run(Self.rows, keys)
    #expect(outcome.value(.provision, "B", "x") == 51_300)
    #expect(outcome.bounds(.provision, "B", "x") == [51_250, 51_349])
    #expect(outcome.bounds(.provision, "B", "y") == [0, 2000])
    // No double is 1.001 or 16.789.
    for (text, count) in [("1.001", 1001.0), ("16.789", 16_789), ("0.007", 7)] {
      #expect(CountUnit(size: 1000).counts(try #require(Double(text))) == count)
    }
  }

  @Test(
    arguments: [
      ("hundreds", 7100), ("thousands", 71_000), ("millions", 71_000_000), ("1000", 71_000),
      ("12", 852), ("0.5", 35.5),
    ] as [(String, Double)])
  func unitsAreWordsOrNumbers(unit: String, value: Double) throws {
    #expect(
      try run("area,sector,count\nA,x,71\n", ["unit": unit]).value(.provision, "A", "x") == value)
  }

  @Test(arguments: ["thousand", "0", "-1000", "1e12", "k"])
  func otherUnitsAreRefused(unit: String) throws {
    let failure = try #require(throws: Failure.self) {
      try Job(text: Example(provision: ["unit": unit]).text, file: "job.yaml")
    }
    #expect(failure.expected == "hundreds, thousands, millions, or a number such as 1000")
  }

  @Test func pointAndBoundsAreInTheUnit() throws {
    let point = try run(
      Self.rows,
      ["unit": "thousands", "rounding": "nearest 0.1", "markers": "{ low: 0..2 }", "point": "1.5"])
    #expect(point.value(.provision, "B", "y") == 1500)
    let bounds = try run(
      "area,sector,count,from,to\nA,x,7,6.5,7.4\n",
      ["unit": "thousands", "bounds": "{ lower: from, upper: to }"])
    #expect(bounds.value(.provision, "A", "x") == 7000)
    #expect(bounds.bounds(.provision, "A", "x") == [6500, 7400])
    #expect(bounds.checks.first { $0.check == "rounding" }?.result == .pass)
  }

  @Test func totalsHaveTheUnitOfTheirSideOrTheirOwn() throws {
    let rows = "area,sector,count\nA,x,c\nA,y,50\n"
    let side = ["unit": "thousands", "rounding": "none", "markers": "{ c: 0..99 }"]
    let inherited = try run(
      rows, side.merging(["totals": "{ file: totals.csv, value: count }"]) { $1 },
      files: ["totals.csv": "area,count\nA,80\n"])
    #expect(inherited.bounds(.provision, "A", "x") == [30_000, 30_000])
    let own = try run(
      rows, side.merging(["totals": "{ file: totals.csv, value: count, unit: 1 }"]) { $1 },
      files: ["totals.csv": "area,count\nA,80123\n"])
    #expect(own.bounds(.provision, "A", "x") == [30_123, 30_123])
    let rounded = try run(
      rows,
      side.merging(["unit": "1", "totals": "{ file: totals.csv, value: count, unit: thousands }"]) {
        $1
      },
      files: ["totals.csv": "area,count\nA,0.1\n"])
    #expect(rounded.bounds(.provision, "A", "x") == [0, 99])
  }

  @Test func targetsHaveAUnit() throws {
    let outcome = try Example(
      provision: [
        "balance-to":
          "{ areas: { file: a.csv, code: code, value: n, unit: thousands }, sectors: { file: s.csv, code: code, value: n } }"
      ],
      files: ["a.csv": "code,n\nA,1\nB,2\n", "s.csv": "code,n\nx,1200\ny,1800\n"]
    ).run()
    let sum = ["A", "B"].reduce(0) { $0 + (outcome.value(.provision, $1, "x") ?? .nan) }
    #expect(abs(sum - 1200) < 1e-6)
  }

  @Test func limitsAreThoseOfCounts() throws {
    let example = Example(
      provision: ["unit": "millions"],
      files: ["provision.csv": "area,sector,count\nA,x,10000000000\n"])
    let failure = try #require(try example.failure())
    #expect(failure.place == Place(file: "provision.csv", line: 2, column: 3))
    #expect(failure.found == "the count is \"10000000000\" (unit: millions)")
    #expect(failure.expected == "at most 9007199254740991")
  }

  @Test func manifestAndHistorySayTheUnit() throws {
    let folder = try TestFolder()
    let job = try Example(
      provision: ["unit": "thousands"], files: ["provision.csv": "area,sector,count\nA,x,71\n"]
    ).job(in: folder)
    #expect(job.sides.provision.figures.unit.text == "thousands")
    #expect(job.sides.demand.figures.unit == .one)
  }
}

/// What words say of units and rates.
struct FigureWordingTests {
  @Test(arguments: [
    ("United Kingdom (thousands), seasonally adjusted", "thousands"),
    ("Levels (thousands)", "thousands"),
    ("Jobs (000s)", "thousands"), ("Jobs '000", "thousands"), ("Jobs (’000)", "thousands"),
    ("Jobs 000's", "thousands"),
    ("vacancies_000s", "thousands"), ("Employment, in thousands", "thousands"),
    ("Thousands", "thousands"),
    ("Unit: thousand", "thousands"), ("£000", "thousands"), ("GVA (£m)", "millions"),
    ("£ million", "millions"),
    ("Jobs (millions)", "millions"), ("Hundreds", "hundreds"), ("Thousands of people", "thousands"),
    ("UNIT_MULT 3 (thousands)", "thousands"),
  ])
  func unitsAreNamed(text: String, unit: String) {
    #expect(FigureWording(headings: [], titles: [text]).unit?.unit.text == unit)
  }

  @Test(arguments: [
    "Rounded to the nearest thousand", "10 thousand jobs", "Rate per thousand population",
    "Jobs, rounded to thousands",
    "Hundreds of thousands of jobs", "Towns of 1,000 people", "Towns of 10 000 people", "2000",
    "Vacancies per 1,000",
    "One million people", "Jobs in 2000",
  ])
  func otherTextsNameNone(text: String) {
    #expect(FigureWording(headings: [text], titles: [text], notes: [text]).unit == nil)
  }

  @Test func notesMustSayThatFiguresAreInTheUnit() {
    #expect(
      FigureWording(headings: [], notes: ["Figures are in thousands."]).unit?.unit.size == 1000)
    #expect(FigureWording(headings: [], notes: ["Thousands took part in the survey"]).unit == nil)
  }

  @Test func headingsComeBeforeTitles() {
    let wording = FigureWording(headings: ["Jobs (millions)"], titles: ["Thousands"])
    #expect(wording.unit?.unit.size == 1_000_000)
  }

  @Test(arguments: [
    "Employment rate", "employment_rate", "employmentRate", "perc", "Starts (%)", "% of all",
    "Percentage", "per cent",
    "Vacancies per 100 jobs", "Median earnings", "£", "Average", "pct_ach", "score", "index",
    "Share",
  ])
  func ratesAreNamed(heading: String) {
    #expect(FigureWording(headings: [heading]).rate != nil)
  }

  @Test(arguments: [
    "count", "Starts", "Number of vacancies", "achievements_rated", "Enterprise", "Corporate",
    "personal", "Means of transport",
    "starts per year", "Percy", "generation",
  ])
  func countsAreNotRates(heading: String) {
    #expect(FigureWording(headings: [heading]).rate == nil)
  }

  @Test func titlesCountWhereNothingSaysNumbers() {
    #expect(FigureWording(headings: ["2023"], titles: ["Employment rate by region"]).rate != nil)
    #expect(
      FigureWording(headings: ["2023"], titles: ["Number and percentage of starts"]).rate == nil)
    #expect(
      FigureWording(headings: ["starts"], titles: ["Starts and achievement rates"]).rate == nil)
  }

  @Test func namesOfCategoriesAcrossAreNoRates() {
    #expect(FigureWording(headings: ["Share fishing", "Mining"]).rate == nil)
    #expect(FigureWording(headings: ["Share 2022", "Share 2023"]).rate != nil)
  }
}
