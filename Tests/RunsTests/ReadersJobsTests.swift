import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

@Suite(
  "Jobs over the real files end in grids that reconciliation", .enabled(if: Extracts.areWanted))
struct ReadersJobsTests {
  /// Runs a job whose two sides are these blocks.
  private func run(_ provision: String, _ demand: String, more: String = "") throws -> Outcome {
    let job = try Job(
      text: "provision: {\(provision)}\ndemand: {\(demand)}\n\(more)", file: "job.yaml")
    return try Session(job, workerCount: 1).run()
  }

  private func file(_ name: String) -> String { "file: \"\(Extracts.path("nomis/\(name)"))\"" }

  @Test("commuting: as many origins as destinations, half of all on the diagonal")
  func flows() throws {
    let side =
      "\(file("WF02EW LAD2011.csv")), category: { constant: all }, period: Date, value: value"
    let outcome = try run(
      "kind: people, \(side), area: origin, sum-over: destination",
      "kind: jobs, \(side), area: destination, sum-over: origin")
    #expect(outcome.areas.count == 346)
    for side in Side.allCases {
      #expect(outcome.reconciliation(Subject(side)).published == 21_625_060)
      #expect(outcome.reconciliation(Subject(side)).mapped == 21_625_060)
    }
    let table = try ReadTable(
      try RawRecord.records(file: Extracts.path("nomis/WF02EW LAD2011.csv")))
    var (all, diagonal) = (0, 0)
    for row in table.rows {
      let value = try #require(Int(row.fields[2]))
      all += value
      if row.fields[0] == row.fields[1] { diagonal += value }
    }
    #expect(all == 21_625_060)
    #expect((Double(diagonal) / Double(all) * 10_000).rounded() == 5_226)
  }

  @Test("employment by occupation: areas across, signs for withheld figures")
  func occupation() throws {
    let side = """
      \(file("Employment by occupation - Dec 2021 - SOC2010 - APS.csv")), area: area, value: value,
      category: { column: category, match: "^T09a:[0-9]+" }, where: { area_type: lep },
      markers: { "!": 0.., "~": 0..499 }
      """
    let outcome = try run("kind: people, \(side)", "kind: employment, \(side)")
    #expect(outcome.areas.count == 38)
    #expect(outcome.sectors.count == 225)
    let own = try Extracts.rows(
      "occupation", "nomis/Employment by occupation - Dec 2021 - SOC2010 - APS.csv")
    let published = own.reduce(0.0) { $0 + (Double($1.fields[4]) ?? 0) }
    let kept = own.filter { $0.fields[0] == "lep" }
    #expect(outcome.reconciliation(.demand).published == published)
    #expect(
      outcome.reconciliation(.demand).mapped
        == kept.reduce(0.0) { $0 + (Double($1.fields[4]) ?? 0) })
    #expect(
      outcome.reconciliation(.demand).markedCounts.values.reduce(0, +)
        == kept.filter { Double($0.fields[4]) == nil }.count)
  }

  @Test("employment by sector: sections only, rounded as BRES is")
  func sector() throws {
    let letters = "ABCDEFGHIJKLMNOPQRSTU".map { "\($0),\($0)\n" }.joined()
    try withFile("code,name\n" + letters) { sections in
      let side = """
        \(file("Employment by sector - BRES 2019.csv")), area: area, value: value, rounding: bres,
        category: { column: category, match: "^([A-U]) : " }, where: { area_type: lep }
        """
      let outcome = try run(
        "kind: people, \(side)", "kind: jobs, \(side)",
        more: "sectors: { scheme: sic-2007-section, file: \(sections), code: code, name: name }")
      #expect(outcome.areas.count == 38)
      #expect(outcome.sectors.count == 21)
      let own = try Extracts.rows("sector", "nomis/Employment by sector - BRES 2019.csv")
        .filter { $0.fields[0] == "lep" }
      let (parts, groups) = (own.filter(isSection), own.filter { !isSection($0) })
      let account = outcome.reconciliation(.provision)
      #expect(account.mapped == parts.reduce(0.0) { $0 + (Double($1.fields[4]) ?? 0) })
      #expect(account.unmapped == groups.reduce(0.0) { $0 + (Double($1.fields[4]) ?? 0) })
      let black = try #require(outcome.areas.position(of: "Black Country"))
      let mining = try #require(outcome.sectors.position(of: "B"))
      let cell = outcome.grids[0].demand.profile(area: black).cells[mining]
      #expect((cell.value, cell.lower, cell.upper) == (30, 25, 35))
    }
  }

  private func isSection(_ row: LaidOutRow) -> Bool { row.fields[2].first?.isLetter ?? false }

  @Test("population: one column of figures under its year")
  func density() throws {
    let side = "\(file("QS102EW LAD2011.csv")), area: area, value: value, period: period"
    let outcome = try run(
      "kind: people, \(side), category: Units",
      "kind: jobs, \(side), category: { constant: Persons }")
    #expect(outcome.grids.map(\.period) == ["2011"])
    #expect(outcome.areas.count == 348)
    let own = try Extracts.rows("density", "nomis/QS102EW LAD2011.csv")
    #expect(
      outcome.reconciliation(.provision).mapped
        == own.reduce(0.0) { $0 + (Double($1.fields[4]) ?? 0) })
  }

  @Test("Nomis API: text between tabs, and all columns with complete pages")
  func api() throws {
    let projected = """
      \(file("NM_2006_1_782887f22b2a00a637e8705755f19f11.tsv")), area: GEOGRAPHY_CODE,
      category: C_AGE, period: PROJECTED_YEAR_NAME, value: OBS_VALUE, sum-over: GENDER
      """
    let deaths = """
      \(file("nomis_mortality_api_columns.csv")), area: GEOGRAPHY_CODE, category: CAUSE_OF_DEATH_CODE,
      period: DATE_NAME, value: OBS_VALUE, where: { GENDER_NAME: Total, MEASURES_NAME: Value }
      """
    let outcome = try run(
      "kind: people, \(projected)", "kind: jobs, \(deaths)",
      more: "periods: { pair: \"2016 = 2016\" }")
    #expect(outcome.reconciliation(.provision).rowCount == 7_644)
    #expect(outcome.reconciliation(.demand).rowCount == 1_485)
    for side in Side.allCases {
      let (account, file) = (
        outcome.reconciliation(Subject(side)), outcome.job.sides[side].table.files[0].path
      )
      let text = try RawRecord.records(text: try TextFile.read(file).replacing("\t", with: ","))
      let place = try #require(text[0].cells.firstIndex(of: "OBS_VALUE"))
      #expect(
        account.published == text.dropFirst().reduce(0.0) { $0 + (Double($1.cells[place]) ?? 0) })
      #expect(account.difference == 0)
      #expect(account.mapped > 0)
    }
  }
}
