import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The files of decomposition, change and mismatch unemployment.
struct HeadlineTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @discardableResult
  private func run(_ job: Job) throws -> Outcome {
    let outcome = try Session(job, workerCount: 2).run()
    try OutputFolder("\(folder.path)/out", force: false)
      .write(outcome, options: Manifest.Options(seed: 1))
    return outcome
  }

  private func table(_ name: String) throws -> [[String: String]] {
    let rows = try RunsTests.rows(try folder.text("out/\(name)"))
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
  }

  private func sum(_ column: String, of rows: [[String: String]]) -> Double {
    rows.reduce(0) { $0 + (Double($1[column] ?? "") ?? 0) }
  }

  private static let demand =
    "area,sector,count\nA,x,60\nA,y,5\nB,x,3\nB,y,70\n"

  @Test("Rows of decomposition.csv sum to the rows of summary.csv")
  func contributionsSumToSummary() throws {
    try run(try Example(files: ["demand.csv": Self.demand]).job(in: folder))
    let summary = Dictionary(
      uniqueKeysWithValues: try table("summary.csv").map {
        ($0["measure"] ?? "", Double($0["value"] ?? "") ?? .nan)
      })
    let rows = try table("decomposition.csv")
    #expect(rows.count == 2 + 2 + 4)
    let closeness = Closeness.absolute(1e-12)
    for (dimension, column, name) in [
      ("area", "contribution", "between_areas"), ("area", "within_contribution", "wrong_skill"),
      ("sector", "contribution", "between_sectors"),
      ("sector", "within_contribution", "wrong_place"),
      ("cell", "contribution", "total_mutual_information"),
    ] {
      let part = sum(column, of: rows.filter { $0["dimension"] == dimension })
      #expect(part > 0 && closeness.holds(part, summary[name] ?? .nan), "\(name)")
    }
    // All areas as one area: what its sectors tell is what lies between sectors.
    #expect(
      closeness.holds(
        summary["mutual_information"] ?? .nan, summary["between_sectors"] ?? .nan))
    #expect(!(try folder.files().contains("out/change.csv")))
  }

  @Test("Groups of areas split what lies between areas")
  func areaGroups() throws {
    try run(
      try Example(
        keys: ["areas: { lookup: areas.csv, code: code, group: region }"],
        files: [
          "areas.csv": "code,region\nA,north\nB,south\nC,south\n",
          "demand.csv": Self.demand + "C,x,40\n", "provision.csv": Example.counts + "C,y,7\n",
        ]
      ).job(in: folder))
    let rows = try table("decomposition.csv")
    let groups = rows.filter { $0["dimension"] == "area group" }
    #expect(groups.map { $0["area_code"] } == ["north", "south"])
    let between = sum("contribution", of: groups) + sum("within_contribution", of: groups)
    let areas = sum("contribution", of: rows.filter { $0["dimension"] == "area" })
    #expect(areas > 0 && Closeness.absolute(1e-12).holds(between, areas))
    let names = try table("summary.csv").map { $0["measure"] }
    #expect(names.contains("between_area_groups") && names.contains("between_areas_within_groups"))
  }

  @Test("A job that asks for other measures has no decomposition")
  func onlyWhereAsked() throws {
    try run(try Example(keys: ["measures: [ gap ]"]).job(in: folder))
    #expect(!(try folder.files().contains("out/decomposition.csv")))
    #expect(!(try table("summary.csv").contains { $0["measure"] == "wrong_skill" }))
  }

  @Test("A withheld cell is left out of the decomposition and told")
  func withheldCells() throws {
    let outcome = try run(
      try Example(
        provision: ["markers": "{ c: 0.. }"],
        files: ["provision.csv": "area,sector,count\nA,x,c\nA,y,20\nB,x,30\nB,y,40\n"]
      ).job(in: folder))
    #expect(outcome.warnings.contains { $0.contains("with no value on one side: 1 of 4;") })
    let cell = try table("decomposition.csv").first { $0["dimension"] == "cell" }
    #expect(cell?["share"] == "" && cell?["status"] == "c incomplete")
    let total = try table("summary.csv").first { $0["measure"] == "total_mutual_information" }
    #expect(total?["status"] == "c incomplete" && total?["value"] != "")
  }

  @Test("Components of change.csv sum to the difference, for every table and method")
  func changes() throws {
    let counts = { (first: String, second: String) in
      "area,sector,year,count\n"
        + [("2020", first), ("2021", second)].map { year, text in
          text.split(separator: " ").enumerated().map { number, count in
            "\(["A", "A", "B", "B"][number]),\(["x", "y", "x", "y"][number]),\(year),\(count)\n"
          }.joined()
        }.joined()
    }
    try run(
      try Example(
        provision: ["period": "year"], demand: ["period": "year"],
        files: [
          "provision.csv": counts("10 20 30 40", "15 10 0 60"),
          "demand.csv": counts("60 5 3 70", "40 9 12 80"),
        ]
      ).job(in: folder))
    let rows = try table("change.csv")
    let keys = Set(rows.map { [$0["compared"], $0["method"]] })
    #expect(rows.count == 6 * 8 && keys.count == 6)
    for key in keys {
      let own = rows.filter { [$0["compared"], $0["method"]] == key }
      let parts = own.filter { !["before", "after", "difference"].contains($0["component"]) }
      let difference = sum("value", of: own.filter { $0["component"] == "difference" })
      #expect(Closeness.absolute(1e-10).holds(sum("value", of: parts), difference))
    }

    let shares = try table("shift_share.csv")
    #expect(shares.count == 2 * 2 * 7)
    let demand = shares.filter { $0["side"] == "demand" && $0["area_code"] == "B" }
    #expect(demand.map { $0["component"] }.prefix(3) == ["before", "after", "growth"])
    #expect(demand.map { $0["value"] }.prefix(3) == ["73", "92", "19"])
    let parts = demand.filter { ["national_share", "net_shift"].contains($0["component"]) }
    #expect(Closeness.absolute(1e-10).holds(sum("value", of: parts), 19))
    #expect(demand.allSatisfy { $0["lower"] == $0["value"] && $0["status"] == "" })
  }

  @Test(
    "A job over c03 gives the case's indices and path", .enabled(if: Reference.mayRun))
  func mismatchUnemployment() throws {
    let place = Reference.folder.appendingPathComponent("c03-sahin-mismatch").path
    let side = { (kind: String, value: String) in
      "{ kind: \(kind), file: \(place)/input_uv.csv, area: { constant: US }, category: sector, "
        + "period: date, value: \(value) }"
    }
    let text = """
      provision: \(side("people", "unemployed"))
      demand: \(side("vacancies", "vacancies"))
      matching:
        vacancy-share: 0.5
        substitution: -0.5
        efficiency: { file: \(place)/input_phi.csv, code: sector, value: matching_efficiency }
        flows:
          file: \(place)/input_flows.csv
          period: date
          job-finding: job_finding_rate
          separation: separation_rate
          start: 0.055
      """
    let file = try folder.write("job.yaml", text)
    try run(try Job(text: text, file: file))
    let rows = try table("mismatch_unemployment.csv").filter {
      $0["area_code"] == "" && $0["markets"] == "sectors"
    }
    let expected = try Reference.rows("c03-sahin-mismatch/expected_index.csv")
    let path = try Reference.rows("c03-sahin-mismatch/expected_counterfactual.csv")
    for (step, row) in zip(path, expected) {
      let own = rows.filter { $0["period"] == row["date"] }
      let found = Dictionary(
        uniqueKeysWithValues: own.map { ($0["measure"] ?? "", Double($0["value"] ?? "") ?? .nan) })
      for (measure, number) in [
        ("mismatch_index", try row.number("M_homogeneous")),
        ("mismatch_index_with_efficiency", try row.number("M_phi")),
        ("mismatch_index_ces", try row.number("M_ces_homogeneous")),
        ("mismatch_index_ces_with_efficiency", try row.number("M_ces_phi")),
        ("planner_move_share", try row.number("planner_move_share_half_abs")),
        ("mismatch_unemployment_rate", try step.number("mismatch_unemployment")),
      ] {
        // As HOW.md of c03 states.
        #expect(Closeness.absolute(1e-8).holds(found[measure] ?? .nan, number), "\(measure)")
      }
    }
  }

  @Test("What is wrong with the keys or files of matching is told with its place")
  func matchingFailures() throws {
    let files = [
      "phi.csv": "code,phi\nx,1\ny,-2\n", "half.csv": "code,phi\nx,1\n",
      "twice.csv": "code,phi\nx,1\ny,2\nx,3\n", "flows.csv": "p,f,s\nall,24.4,1.5\n",
    ]
    for (block, found) in [
      ("{ vacancy-share: 1 }", "`matching.vacancy-share` is \"1\""),
      ("{ substitution: -1 }", "`matching` has no key \"vacancy-share\""),
      ("{ vacancy-share: 0.5, substitution: 0 }", "`matching.substitution` is \"0\""),
      ("{ vacancy-share: 0.5, speed: 1 }", "unknown key \"speed\" in `matching`"),
      (
        "{ vacancy-share: 0.5, efficiency: { file: phi.csv, code: code, value: phi } }",
        "the number of matching efficiency is \"-2\""
      ),
      (
        "{ vacancy-share: 0.5, efficiency: { file: half.csv, code: code, value: phi } }",
        "no matching efficiency of \"y\""
      ),
      (
        "{ vacancy-share: 0.5, efficiency: { file: twice.csv, code: code, value: phi } }",
        "\"x\" is duplicated, first at twice.csv:2"
      ),
      (
        "{ vacancy-share: 0.5, flows: "
          + "{ file: flows.csv, period: p, job-finding: f, separation: s, start: 0.05 } }",
        "the number of matching flows is \"24.4\""
      ),
    ] {
      let failure = try Example(keys: ["matching: \(block)"], files: files).failure()
      #expect(failure?.found == found, "\(block)")
      #expect(failure?.place != nil)
    }
  }
}
