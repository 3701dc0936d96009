import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The jobs of `Tests/Cases/extracts`, which take every real file that carries area figures to a grid,
/// against an account by a script that knows the files and reads no job.
@Suite(.enabled(if: Surroundings.isCI || (Extracts.areWanted && Surroundings.python != nil)))
struct ExtractJobTests {
  private static let folder = "\(Surroundings.package)/Tests/Cases/extracts"

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test(arguments: names)
  func gridHoldsWhatTheFilesPublish(name: String) throws {
    let expected = try #require(
      IndependentAccount.all[name], "extract_totals.py has no job \(name), or did not run")
    let job = try Job(file: "\(Self.folder)/\(name).yaml")
    let outcome = try Session(job, workerCount: 1).run()
    #expect(outcome.checks.filter(\.stops) == [])
    #expect(outcome.areas.count == expected.areas)
    for side in Side.allCases {
      compare(outcome, side, side == .provision ? expected.provision : expected.demand)
    }
    for control in ControlTotal.all where control.job == name {
      #expect(control.found(in: outcome) == control.amount, "\(control)")
    }
    if name == "commuters-2011" { expectCommutersOfTheCensus(outcome) }
  }

  private func compare(_ outcome: Outcome, _ side: Side, _ expected: IndependentAccount.Part) {
    let reconciliation = outcome.reconciliation(Subject(side))
    let job = outcome.job.sides[side]
    let isWeighted = (job.lookups + job.crosswalks).contains { $0.weight != nil }
    func agree(_ found: Double, _ wanted: Double) -> Bool {
      abs(found - wanted) <= (isWeighted ? WeightedMap.tolerance * max(1, wanted) : 0)
    }
    #expect(reconciliation.difference == 0, "\(side)")
    #expect(reconciliation.rowCount == expected.figures, "\(side)")
    #expect(reconciliation.published == expected.published, "\(side)")
    #expect(agree(reconciliation.mapped, expected.mapped), "\(side): \(reconciliation.mapped)")
    #expect(
      agree(reconciliation.unmapped, expected.unmapped), "\(side): \(reconciliation.unmapped)")
    let sources = outcome.evidence.both.filter { $0.subject == Subject(side) }.flatMap(\.periods)
      .flatMap { $0.mapped(.area) }.filter { $0.published > 0 }
    #expect(Set(sources.map(\.code)).count == expected.sources, "\(side)")
    for (position, code) in outcome.areas.codes.enumerated() {
      let parts = outcome.grids.map { grid in
        let pair = grid.pair(area: position)
        return (side == .provision ? pair.provision : pair.demand).total
      }
      let held = expected.held[code] ?? .nothing
      for (found, wanted) in [
        (parts.map(\.value), held.value ?? .nan), (parts.map(\.lower), held.lower),
        (parts.map(\.upper), held.upper ?? .infinity),
      ] {
        #expect(
          isSame(found.reduce(0, +), wanted), "\(side), \(code): \(found), not \(wanted)")
      }
    }
  }

  /// Sums of as many figures as an area has, in two orders.
  private func isSame(_ found: Double, _ wanted: Double) -> Bool {
    guard wanted.isFinite else { return wanted.isNaN ? found.isNaN : found == wanted }
    return abs(found - wanted) <= 1e-9 * max(1, wanted)
  }

  private func expectCommutersOfTheCensus(_ outcome: Outcome) {
    let grid = outcome.grids[0]
    #expect(outcome.areas.count == 346)
    #expect(outcome.sectors.codes == outcome.areas.codes)
    for table in [grid.provision, grid.demand] {
      let profiles = outcome.areas.codes.indices.map { table.profile(area: $0) }
      let total = profiles.reduce(0) { $0 + $1.total.value }
      let diagonal = profiles.enumerated().reduce(0) { $0 + $1.element.cells[$1.offset].value }
      #expect(total == 21_625_060)
      #expect((diagonal / total * 10_000).rounded() == 5226)
    }
  }

  /// Births of enterprises by district, taken to plan areas, are those that the Department for Education
  /// published by plan area, a year and an area at a time.
  @Test func districtsMakeTheirPlanAreas() throws {
    let outcomes = try ["births-lsip", "births-districts-to-lsip"].map { name in
      try Session(Job(file: "\(Self.folder)/\(name).yaml"), workerCount: 1).run()
    }
    #expect(outcomes[0].areas.codes == outcomes[1].areas.codes)
    #expect(outcomes.map(\.grids.count) == [3, 3])
    for (published, added) in zip(outcomes[0].grids, outcomes[1].grids) {
      #expect(published.demand.value.elements == added.demand.value.elements, "\(added.period)")
    }
  }

  /// Folders of codes, names and boundaries.
  private static let foldersWithoutFigures: Set<String> = ["geo", "lookup"]

  /// Files of the other folders that cannot be a side, and why.
  private static let withoutASide = [
    "PROVENANCE.md": "about the files",
    "SHA256SUMS": "about the files",
    "crosswalk/CIP2020_SOC2018_Crosswalk.csv": "codes without counts",
    "crosswalk/leo_education_to_employment_datasets.rds": "of R; a CSV beside it holds its table",
    "crosswalk/soc2010.csv": "codes without counts",
    "crosswalk/soc2020volume1structureanddescriptionofunitgroupsexcel16042025.xlsx":
      "codes without counts",
    "funding/adult_budgets_and_rates_cited.csv": "pounds",
    "funding/apprenticeship_cap_by_ssa_starts_2022_23_DERIVED.csv":
      "prices; its starts are those of the national file",
    "funding/lars_apprenticeship_funding_standards_aug2020.csv": "prices",
    "funding/lars_standard_aug2020.csv": "codes without counts",
    "outcomes/sustained_destinations_ks4_ks5_ay1819_ay2223_lsip_ca_england.csv":
      "shares without the counts that they are of",
    "projections/GL_LSIP_MainTables.Main.xlsm":
      "levels, shares, growth and changes under one another with the same labels",
    "provision/adv-learner-loans-applications-202122-breakdown.meta.csv": "a list of columns",
  ]

  @Test func everyFileWithFiguresHasAJob() throws {
    #expect(Set(Self.names) == Set(IndependentAccount.all.keys))
    var inputs: Set<String> = []
    for name in Self.names {
      let job = try Job(file: "\(Self.folder)/\(name).yaml")
      for side in Side.allCases {
        for file in job.sides[side].table.files {
          inputs.insert(file.path.components(separatedBy: "shared/extracts/").last ?? file.path)
        }
      }
    }
    let files = try Extracts.files().filter { file in
      !Self.foldersWithoutFigures.contains { file.hasPrefix("\($0)/") }
    }
    #expect(Set(files).symmetricDifference(inputs.union(Self.withoutASide.keys)).sorted() == [])
    #expect(inputs.intersection(Self.withoutASide.keys) == [])
  }

  @Test func everyControlTotalNamesAJob() {
    #expect(Set(ControlTotal.all.map(\.job)).subtracting(Self.names) == [])
  }
}

/// What `extract_totals.py` says of one job.
private struct IndependentAccount: Decodable {
  /// A count and its bounds over all periods.
  struct Held: Decodable {
    /// Of an area that no row of the source reaches.
    static let nothing = Held(value: nil, lower: 0, upper: nil)

    /// Nil where a marked figure in it has no point.
    let value: Double?
    let lower: Double
    /// Nil where a marked figure in it has no bound above.
    let upper: Double?
  }

  struct Part: Decodable {
    let figures: Int
    let published: Double
    let mapped: Double
    let unmapped: Double
    /// Areas of the source of which the grid receives a count above 0.
    let sources: Int
    /// What each area of the grid receives.
    let held: [String: Held]
  }

  let job: String
  let areas: Int
  let provision: Part
  let demand: Part

  /// By the name of the job; empty where the script cannot be run.
  static let all: [String: IndependentAccount] = {
    let package = Surroundings.package
    guard let python = Surroundings.python,
      let text = Surroundings.run(
        python,
        [
          "\(package)/Tests/Independent/extract_totals.py", Surroundings.extracts,
          "\(package)/Tests/Cases/extracts", "\(package)/Datasets",
        ])
    else { return [:] }
    let accounts = text.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(IndependentAccount.self, from: Data($0.utf8))
    }
    return Dictionary(accounts.map { ($0.job, $0) }) { first, _ in first }
  }()
}
