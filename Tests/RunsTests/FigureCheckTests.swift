import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Checks of figures: units, rates, lost digits, rounding.
struct FigureCheckTests {
  private func row(
    _ check: String, _ provision: String, _ keys: [String: String] = [:],
    files: [String: String] = [:]
  ) throws -> CheckRow {
    let outcome = try Example(
      provision: keys, keys: ["accept: { rounding: these figures are few }"],
      files: files.merging(["provision.csv": provision]) { $1 }
    ).run()
    return try #require(outcome.checks.first { $0.check == check })
  }

  // MARK: Units

  private static let titled =
    "Vacancies,,\nUnited Kingdom (thousands),,\n,,\narea,sector,count\nA,x,71\nA,y,51\nB,x,12\n"

  @Test func titlesThatNameAUnitAreWarnedOf() throws {
    let warned = try row("units", Self.titled)
    #expect(warned.result == .warn)
    #expect(
      warned.message.contains("\"United Kingdom (thousands)\" says that figures are in thousands"))
    #expect(try row("units", Self.titled, ["unit": "thousands"]).result == .pass)
    let other = try row("units", Self.titled, ["unit": "millions"])
    #expect(other.result == .warn && other.message.contains("`unit: millions`"))
  }

  @Test func headingsAndNotesAreReadToo() throws {
    let heading = "area,sector,Jobs (000s)\nA,x,71\n"
    #expect(try row("units", heading, ["value": "Jobs (000s)"]).result == .warn)
    let note =
      "Vacancies,,\n,,\narea,sector,count\nA,x,71\nA,y,51\n,,\nFigures are in thousands.,,\n"
    #expect(try row("units", note).result == .warn)
  }

  @Test func unitsThatNothingNamesAreWarnedOf() throws {
    let silent = try row("units", Example.counts, ["unit": "thousands"])
    #expect(
      silent.result == .unchecked && silent.message.contains("no title, heading or note names one"))
    #expect(try row("units", Example.counts).result == .pass)
  }

  @Test(arguments: [("unit", "Thousands"), ("UNIT_MULT", "3")])
  func columnsOfUnitsAreRead(name: String, text: String) throws {
    let rows = "area,sector,\(name),count\nA,x,\(text),71\nA,y,\(text),5\n"
    #expect(try row("units", rows).result == .warn)
    #expect(try row("units", rows, ["unit": "thousands"]).result == .pass)
    let filtered = "area,sector,\(name),count\nA,x,\(text),71\nA,x,Persons,5\n"
    #expect(try row("units", filtered, ["where": "{ \(name): Persons }"]).result == .pass)
  }

  // MARK: Rates

  @Test func headingsOfRatesAreWarnedOf() throws {
    let rows = "area,sector,employment_rate\nA,x,71\nA,y,51\nB,x,12\n"
    let warned = try row("rates", rows, ["value": "employment_rate"])
    #expect(warned.result == .warn && warned.message.contains("\"employment_rate\" has \"rate\""))
    #expect(try row("rates", Example.counts).result == .pass)
  }

  @Test func measuresThatAreChosenAreWarnedOf() throws {
    let rows = "area,sector,measure,count\nA,x,Rate,71\nA,x,Number,5\n"
    #expect(try row("rates", rows, ["where": "{ measure: Rate }"]).result == .warn)
    #expect(try row("rates", rows, ["where": "{ measure: Number }"]).result == .pass)
  }

  @Test(arguments: [
    "area,sector,count\nA,x,60\nA,y,40\nB,x,30\nB,y,70\n",
    "area,sector,count\nA,x,0.6\nA,y,0.4\nB,x,0.25\nB,y,0.75\n",
    "area,sector,count\nA,x,60\nB,x,40\nA,y,30\nB,y,70\n",
    "area,sector,count\nA,x,33.3\nA,y,66.6\nB,x,30.2\nB,y,69.9\n",
  ])
  func sumsNearAWholeAreWarnedOf(rows: String) throws {
    let warned = try row("rates", rows)
    #expect(warned.result == .warn && warned.message.contains("sum to about"))
  }

  @Test func smallFiguresWithDecimalsAreWarnedOf() throws {
    let rows = "area,sector,count\nA,x,61.5\nA,y,12.5\nB,x,30.4\nB,y,41\n"
    let warned = try row("rates", rows)
    #expect(warned.result == .warn && warned.message.contains("3 of 4 have decimals"))
    // Weighted estimates state how they are rounded; larger ones are no percentages.
    #expect(try row("rates", rows, ["rounding": "nearest 0.1"]).result == .pass)
    #expect(try row("rates", rows + "B,z,612.5\n").result == .pass)
  }

  // MARK: Lost digits

  @Test func scientificNotationOfSpreadsheetsIsWarnedOf() throws {
    let rows = "area,sector,count\nA,x,1.50E+04\nA,y,1.13E+04\nB,x,300\n"
    let warned = try row("lost-digits", rows)
    #expect(warned.result == .warn && warned.count == 2)
    #expect(warned.message.contains("\"1.13E+04\""))
    #expect(warned.place == "provision.csv:3")
  }

  @Test(arguments: [
    ("1.13E+04", true), ("1.13e+04", true), ("1.23457E+11", true), ("1.00E+05", true),
    ("1e+05", false), ("1E+05", false),
    ("1.5e+09", false), ("1.5E+09", true), ("11300", false), ("1.130000000000000E+04", false),
    ("1.5E+00", false),
    ("1E-05", false), ("x", false),
  ])
  func digitsAreLostWhereTheCountHasMore(text: String, isShortened: Bool) {
    var text = text
    #expect(text.withUTF8 { NumberText.isShortened($0) } == isShortened)
  }

  // MARK: Rounding

  private static func rows(_ counts: [Int]) -> String {
    let lines = counts.enumerated().map { "A\($0.offset / 6),s\($0.offset % 6),\($0.element)\n" }
    return "area,sector,count\n" + lines.joined()
  }

  @Test func theBaseThatFitsIsNamedInAnyOrderOfRows() throws {
    let (fifties, twenties) = ((1...15).map { $0 * 50 }, (1...15).map { $0 * 20 })
    for counts in [fifties + twenties, twenties + fifties] {
      let row = try row("rounding", Self.rows(counts))
      #expect(row.result == .warn && row.message.contains("multiples of 10,"))
      #expect(row.message.contains("`rounding: nearest 10` fits"))
      #expect(
        try self.row("rounding", Self.rows(counts), ["rounding": "nearest 10"]).result == .pass)
    }
  }

  @Test(arguments: [(5, "5"), (10, "10"), (25, "25"), (100, "100"), (30, "10"), (10_000, "10000")])
  func baseIsTheCoarsestUsualOne(step: Int, base: String) throws {
    let row = try row("rounding", Self.rows((1...25).map { $0 * step }))
    #expect(row.message.contains("`rounding: nearest \(base)` fits"))
  }

  @Test func figuresThatMissTheStatedBaseNameTheirs() throws {
    let missed = try row("rounding", Self.rows((1...25).map { $0 * 5 }), ["rounding": "nearest 10"])
    #expect(
      missed.result == .fail && missed.message.contains("such as 5; `rounding: nearest 5` fits all")
    )
    let unit = "area,sector,count\n" + (1...24).map { "A\($0 / 6),s\($0 % 6),\($0).3\n" }.joined()
    let decimals = try row("rounding", unit, ["unit": "thousands"])
    #expect(
      decimals.result == .fail && decimals.message.contains("`rounding: nearest 0.1` fits all"))
    let told = try row("rounding", unit, ["unit": "thousands", "rounding": "nearest 0.1"])
    #expect(told.result == .pass)
  }
}

/// The cases from the field about figures: what `inspect` proposes and what runs make of it.
@Suite(.enabled(if: Extracts.areWanted)) struct FigureFieldTests {
  private static func path(_ name: String) -> String {
    URL(fileURLWithPath: Extracts.path("")).deletingLastPathComponent()
      .appendingPathComponent("field/\(name)").path
  }

  private static func proposal(_ name: String) throws -> String {
    let account = try #require(try Inspection.accounts(of: path(name)).first)
    return try #require(account.proposal, "\(account.unknowns)")
  }

  /// Runs a proposed block, with another side beside it.
  private static func run(_ proposal: String) throws -> Outcome {
    let folder = try TestFolder()
    try folder.write("other.csv", "category,count\nx,1\n")
    let other =
      proposal.hasPrefix("demand:") ? "provision: { kind: people" : "demand: { kind: vacancies"
    let text =
      proposal
      + "\(other), file: other.csv, area: { constant: all }, category: category, value: count }\n"
      + "accept: { rounding: proposed, overlapping-levels: the columns hold totals, same-unit: small counts, "
      + "periods: one side has none }\noutput: { folder: out }\n"
    return try Session(Job(text: text, file: folder.write("job.yaml", text)), workerCount: 1).run()
  }

  @Test func vacanciesInThousands() throws {
    let folder = try TestFolder()
    for name in ["starts.csv", "vacancies.xlsx", "job.yaml"] {
      let data = try Data(
        contentsOf: URL(fileURLWithPath: Self.path("figures-in-thousands/\(name)")))
      try folder.write(name, bytes: Array(data))
    }
    func run(_ unit: String) throws -> Outcome {
      let text = try folder.text("job.yaml").replacing(
        "kind: vacancies", with: "kind: vacancies\n\(unit)")
      return try Session(Job(text: text, file: "\(folder.path)/job.yaml"), workerCount: 1).run()
    }
    let before = try run("").checks.filter { $0.check == "units" }
    #expect(before.map(\.result) == [.pass, .warn])
    let outcome = try run("  unit: thousands\n  rounding: nearest 1")
    #expect(outcome.value(.demand, "UK", "C") == 51_000)
    #expect(outcome.bounds(.demand, "UK", "C") == [50_500, 51_499])
    #expect(outcome.checks.filter { $0.check == "units" }.map(\.result) == [.pass, .pass])
    let proposal = try Self.proposal("figures-in-thousands/vacancies.xlsx")
    #expect(proposal.contains("unit: thousands   # \"United Kingdom (thousands)"))
    #expect(proposal.contains("rounding: nearest 1   # of the unit"))
  }

  @Test func proposalForAccountingNumbersReadsThemAll() throws {
    let name = "accounting-numbers/commitments.csv"
    let proposal = try Self.proposal(name)
    #expect(proposal.contains("trim: true") && proposal.contains("\"-\": 0"))
    let rows = try records(inFile: Self.path(name)).map(\.fields).dropFirst()
    let texts = rows.flatMap { $0.dropFirst() }.map { $0.filter { $0.isNumber } }
    #expect(texts.count == 169)
    let outcome = try Self.run(proposal + "periods: { pair: \"May-17 = all\" }\n")
    let all = outcome.reconciliations.filter { $0.subject == .provision }
      .reduce(0) { $0 + $1.reconciliation.published }
    #expect(all == texts.reduce(0) { $0 + (Double($1) ?? 0) })
  }

  @Test func adviceOnAccountingNumbersIsFollowedToTheEnd() throws {
    let name = Self.path("accounting-numbers/commitments.csv")
    func failure(_ keys: String) throws -> Failure? {
      let folder = try TestFolder()
      let text = """
        provision: { kind: people, file: "\(name)", area: { constant: all }, category: { constant: x }, \
        period: Date, value: AllAges_T, \(keys) }
        demand: { kind: vacancies, file: other.csv, area: { constant: all }, category: sector, value: count }
        periods: { pair: "Feb-18 = all" }
        """
      try folder.write(
        "other.csv",
        Example.counts.replacing("B,", with: "A,").replacing("A,x,30\nA,y,40\n", with: ""))
      do {
        _ = try Session(Job(text: text, file: folder.write("job.yaml", text)), workerCount: 1).run()
        return nil
      } catch let failure as Failure { return failure }
    }
    #expect(try failure("trim: false")?.advice?.contains("`trim: true`") == true)
    #expect(try failure("trim: true")?.advice?.contains("`markers: { \"-\": 0 }`") == true)
    #expect(try failure("trim: true, markers: { \"-\": 0 }") == nil)
  }

  @Test func proposalForFrameworksRuns() throws {
    let proposal = try Self.proposal("proposal-does-not-run/starts.csv")
    #expect(proposal.contains("kind: starts\n") && proposal.contains("value: Starts\n"))
    #expect(proposal.contains("# choose the column of counts: Starts, Achievements"))
    for column in ["Starts", "Achievements"] {
      let chosen = proposal.replacing("value: Starts", with: "value: \(column)")
      #expect(try Self.run(chosen).reconciliation(.provision).published > 0)
    }
  }
}

/// What `inspect` proposes for figures that need a unit, trimming or another column.
struct FigureProposalTests {
  private func proposal(_ text: String, name: String = "starts.csv") throws -> String {
    let folder = try TestFolder()
    let path = try folder.write(name, text)
    return try #require(try Inspection.accounts(of: path).first?.proposal)
  }

  private static func rows(_ header: String, _ count: (Int) -> String) -> String {
    header + "\n"
      + (1...24).map { "E0600000\($0 % 9 + 1),sector \($0 / 9),\(count($0))\n" }.joined()
  }

  @Test func unitsOfHeadingsAreProposedWithTheirDecimals() throws {
    let whole = try proposal(Self.rows("area_code,sector,starts (000s)") { "\($0 + 7)" })
    #expect(whole.contains("unit: thousands") && whole.contains("rounding: nearest 1 "))
    let decimals = try proposal(Self.rows("area_code,sector,starts (000s)") { "\($0).5" })
    #expect(decimals.contains("unit: thousands") && decimals.contains("rounding: nearest 0.1 "))
    let none = try proposal(Self.rows("area_code,sector,starts") { "\($0 + 7)" })
    #expect(!none.contains("unit:"))
  }

  @Test func percentagesAreNotChosenBeforeCounts() throws {
    let text = try proposal(
      Self.rows("area_code,sector,starts_percent,starts") { "\($0),\($0 * 3)" })
    #expect(text.contains("value: starts\n"))
  }

  @Test func noBreakSpacesNeedTrimming() throws {
    let text = try proposal(Self.rows("area_code,sector,starts") { "\u{a0}\($0 * 3)\u{a0}" })
    #expect(text.contains("trim: true"))
  }
}
