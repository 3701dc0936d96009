import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Reference figures of other programs, reached through job files on the published extracts.
@Suite(.enabled(if: Shared.isExpected, "../shared is not here"))
struct ReferenceTests {
  private func outcome(_ text: String) throws -> Outcome {
    let folder = try TestFolder()
    let file = try folder.write("job.yaml", text)
    return try Session(try Job(text: text, file: file), workerCount: 2).run()
  }

  /// The counts of FE achievements and adverts by LSIP of `reference/london`.
  private func london(level: String, point: String) throws -> Outcome {
    try outcome(
      """
      provision:
        kind: aims
        file: \(Shared.path)/extracts/provision/C_Achieve_ILR21_full-year-202122.csv
        area: area
        category: SSA
        value: Achievements
        where:
          geographic_level: LSIP
          sex: Total
          Level: \(level)
          SSA: { not: [ Preparation for Life and Work, Not Applicable/ Not Known ] }
        rounding: nearest 10
        markers: { NA: 0..4 }
        point: lower
      demand:
        kind: adverts
        file: \(Shared.path)/extracts/demand/D_OnsProfDetail_Dec22.csv
        area: area
        category: Detailed Profession Category
        value: vacancies
        where: { geographic_level: LSIP }
        rounding: nearest 5
        markers: { "[x]": 0..4 }
        point: \(point)
        crosswalk: { file: \(Shared.path)/reference/london/textkernel_profession_to_ssa1.csv, from: profession_detail, to: ssa_t1, weight: weight }
      """)
  }

  private func check(
    _ outcome: Outcome, _ name: String, cellCount: Int, _ measure: String? = nil,
    side: Side = .demand
  ) throws {
    let grid = outcome.grids[0]
    let all = grid.pooled(0..<grid.areas.count)
    let function = Measure.catalogue.first { $0.name == measure }
    let found = try Shared.largestDifference(from: "london/\(name)") { area, sector in
      guard let row = grid.areas.position(of: area), let column = grid.sectors.position(of: sector)
      else { return nil }
      let pair = grid.pair(area: row)
      if let function { return function.cells(pair, allAreas: all)[column].value }
      return (side == .provision ? pair.provision : pair.demand).cells[column].value
    }
    #expect(found.cellCount == cellCount, "\(name)")
    #expect(found.difference < 1e-9, "\(name)")
  }

  /// London and the rest of the country: counts, ratios, gaps and calls.
  private func checkLondon(_ outcome: Outcome, _ name: String) throws {
    let grid = outcome.grids[0]
    let all = grid.pooled(0..<grid.areas.count)
    let london = try #require(grid.areas.position(of: "Greater London"))
    let rest = (0..<grid.areas.count).filter { $0 != london }
    let sides = [("London", grid.pair(area: london)), ("Rest", grid.pooled(rest))]
    let measures = [
      "gap_pp": "share_gap_pp", "rel_index": "relative_index", "ratio": "provision_per_vacancy",
    ]
    let found = try Shared.largestDifference(from: "london/\(name)") { sector, column in
      guard let place = grid.sectors.position(of: sector) else { return nil }
      if column == "gap_diff_pp" {
        let gaps = sides.map { Measure.shareGap.cells($0.1, allAreas: all)[place].value }
        return gaps[0] - gaps[1]
      }
      guard let (suffix, pair) = sides.first(where: { column.hasSuffix("_" + $0.0) }) else {
        return nil
      }
      let stem = String(column.dropLast(suffix.count + 1))
      if stem == "P" { return pair.provision.cells[place].value }
      if stem == "D" { return pair.demand.cells[place].value }
      let measure = Measure.catalogue.first { $0.name == measures[stem] }
      return measure?.cells(pair, allAreas: all)[place].value
    }
    #expect(found.cellCount == 14 * 11)
    #expect(found.difference < 1e-9)
    for (sector, cells) in try Shared.table("london/\(name)") {
      let place = try #require(grid.sectors.position(of: sector))
      for (suffix, pair) in sides {
        let gap = Measure.shareGap.cells(pair, allAreas: all)[place].value
        let call = gap > 1 ? "over" : gap < -1 ? "under" : "balanced"
        #expect(cells["class_\(suffix)"] == call)
      }
    }
  }

  @Test func londonWithWithheldFiguresAsZero() throws {
    let outcome = try london(level: "Total", point: "lower")
    #expect(outcome.areas.count == 38)
    #expect(outcome.sectors.count == 14)
    try check(outcome, "A_P.csv", cellCount: 532, side: .provision)
    try check(outcome, "A_D.csv", cellCount: 532)
    try check(outcome, "A_gap_pp.csv", cellCount: 532, "share_gap_pp")
    try checkLondon(outcome, "A_london_vs_rest.csv")
    for (name, measure) in [
      ("A_ratio.csv", "provision_per_vacancy"), ("A_rel_index.csv", "relative_index"),
    ] {
      let cells = try Shared.table("london/\(name)").values.flatMap(\.values)
      try check(outcome, name, cellCount: cells.count { Double($0) != nil }, measure)
      #expect(cells.count == 532)
    }
    let areaMeasure = try #require(Measure.catalogue.first { $0.name == "dissimilarity" })
    let found = try Shared.largestDifference(from: "london/A_dissim.csv") { area, _ in
      outcome.areas.position(of: area).flatMap {
        areaMeasure.area(outcome.grids[0].pair(area: $0)).map { $0.value * 100 }
      }
    }
    #expect(found.cellCount == 38)
    #expect(found.difference < 1e-9)
  }

  @Test func londonWithWithheldAdvertsAsTwo() throws {
    let outcome = try london(level: "Total", point: "2")
    try check(outcome, "A_mid2_D.csv", cellCount: 532)
    try check(outcome, "A_mid2_gap_pp.csv", cellCount: 532, "share_gap_pp")
    try checkLondon(outcome, "A_mid2_london_vs_rest.csv")
  }

  @Test func londonUpToLevelThreeAddsLevelsUp() throws {
    let outcome = try london(level: "[ E, '1', '2', '3' ]", point: "lower")
    try check(outcome, "A_upto_level3_D.csv", cellCount: 532)
    try check(outcome, "A_upto_level3_gap_pp.csv", cellCount: 532, "share_gap_pp")
    try checkLondon(outcome, "A_upto_level3_london_vs_rest.csv")
  }

  @Test func apprenticeshipsAreSpreadFromProvidersToRegions() throws {
    let folder = "\(Shared.path)/extracts/provision/apprenticeships_provider"
    let demand = try TestFolder()
    let adverts = try demand.write("d.csv", "area,sector,count\nLondon,Engineering,1\n")
    let outcome = try outcome(
      """
      provision:
        kind: achievements
        file: \(folder)_standard_202223_202324.csv.gz
        area: { column: provider_name, match: '\\((\\d{8})\\)$' }
        category: ssa_t2_desc
        value: values
        where: { year: 2022/23, measure: Achievements }
        sum-over: [ apps_Level, std_fwk_name, std_fwk_flag, ssa_t1_desc, provider_type, provider_name ]
        area-lookup:
          file: \(folder)_region_202223_202324.csv.gz
          from: { column: provider_name, match: '\\((\\d{8})\\)$' }
          to: learner_home_region
          weight: achievements
          where: { year: 2022/23 }
          normalise: true
      demand: { kind: adverts, file: \(adverts), area: area, category: sector, value: count }
      """)
    let found = try Shared.largestDifference(
      from: "london-apprenticeships/expected_region_by_ssa2.csv"
    ) {
      outcome.value(.provision, $0, $1)
    }
    #expect(found.cellCount == 380)
    #expect(found.difference < 1e-6)
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.mapped == 162_319)
    #expect(reconciliation.unmapped == 0)
  }

  /// Case c13: bounds of suppressed counts, tightened by rounded totals in a file of their own.
  @Test func suppressedCountsHaveTheSharpBoundsOfTheirTotals() throws {
    let folder = "\(Shared.path)/reference/c13-suppressed"
    let outcome = try outcome(
      """
      provision:
        kind: people
        file: \(folder)/input.csv
        area: area
        category: sector
        value: trainees_published
        rounding: nearest 10
        markers: { low: 1..4 }
        totals: { file: \(folder)/input_area_total.csv, value: trainees_total_nearest10 }
      guard: { publish: sharpened }
      demand:
        kind: vacancies
        file: \(folder)/input.csv
        area: area
        category: sector
        value: vacancies_published_nearest5
        rounding: nearest 5
      """)
    let grid = outcome.grids[0]
    let all = grid.pooled(0..<grid.areas.count)
    let ratio = try #require(Measure.catalogue.first { $0.name == "provision_per_vacancy" })
    let share = try #require(Measure.catalogue.first { $0.name == "provision_share" })
    let expected = try records(inFile: "\(folder)/expected_bounds.csv").dropFirst().map(\.fields)
    #expect(expected.count == 30)
    func number(_ text: String) -> Double {
      text == "Inf" ? .infinity : Double(text) ?? .nan
    }
    for row in expected {
      let area = try #require(grid.areas.position(of: row[0]))
      let sector = try #require(grid.sectors.position(of: row[1]))
      let pair = grid.pair(area: area)
      let trainees = pair.provision.cells[sector]
      let vacancies = pair.demand.cells[sector]
      let shares = share.cells(pair, allAreas: all)[sector]
      let ratios = ratio.cells(pair, allAreas: all)[sector]
      #expect([trainees.lower, trainees.upper].map { Optional($0) } == row[2...3].map(Double.init))
      #expect(
        [vacancies.lower, vacancies.upper].map { Optional($0) } == row[4...5].map(Double.init))
      for (found, text) in [
        (shares.lower, row[6]), (shares.upper, row[7]), (ratios.lower, row[8]),
        (ratios.upper, row[9]),
      ] {
        let number = number(text)
        #expect(
          found == number || abs(found - number) < 1e-12 || (found.isNaN && number.isNaN),
          "\(row[0]) \(row[1]): \(found), expected \(text)")
      }
    }
  }
}
