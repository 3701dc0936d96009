import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// District figures that are brought to local skills improvement plan areas, against what is published.
///
/// No extract publishes one count for districts and for these areas; regions are published beside
/// districts, and areas that make up a region, or several, must hold what is published for it.
struct RegisterRealTests {
  private static let extracts = Reference.folder.deletingLastPathComponent().appendingPathComponent(
    "extracts")
  static let mayRun =
    FileManager.default.fileExists(atPath: extracts.path)
    || ProcessInfo.processInfo.environment["CI"] != nil
  private static let hierarchy = "lookup/lsip_lad_hierarchy.csv"
  private static let regions =
    "lookup/Local_Authority_District_to_Region_(December_2022)_Lookup_in_England.csv"

  static func rows(_ path: String) throws -> [[String: String]] {
    let text = try String(contentsOf: extracts.appendingPathComponent(path), encoding: .utf8)
    var records = Reference.fields(of: String(text.trimmingPrefix("\u{feff}")))
    let header = records.removeFirst()
    return records.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// Districts that ended on 1 April 2023, and what took their place.
  private static let successors = [
    "E06000063": ["E07000026", "E07000028", "E07000029"],
    "E06000064": ["E07000027", "E07000030", "E07000031"],
    "E06000065": [
      "E07000163", "E07000164", "E07000165", "E07000166", "E07000167", "E07000168", "E07000169",
    ],
    "E06000066": ["E07000187", "E07000188", "E07000189", "E07000246"],
  ]

  /// Groups of areas that make up groups of regions, by what the two lookups share.
  private static func groups(
    areaOf: [String: String], regionOf: [String: String]
  ) -> [(areas: Set<String>, regions: Set<String>)] {
    var groups: [(areas: Set<String>, regions: Set<String>)] = []
    for (district, area) in areaOf {
      guard let region = regionOf[district] else { continue }
      var merged = (areas: Set([area]), regions: Set([region]))
      groups.removeAll { group in
        guard group.areas.contains(area) || group.regions.contains(region) else { return false }
        merged.areas.formUnion(group.areas)
        merged.regions.formUnion(group.regions)
        return true
      }
      groups.append(merged)
    }
    return groups
  }

  private static func outcome(_ job: String, _ files: [String: String]) throws -> Outcome {
    var bench = CheckBench()
    bench.files = files
    bench.files["job.yaml"] = job
    return try bench.outcome()
  }

  private static let demand = """
    demand: { kind: adverts, file: demand.csv, area: area, category: { constant: Social Sciences },
      period: { constant: p }, value: count }
    """

  /// Aims achieved from August 2021 to April 2022, rounded to 10: every subject.
  ///
  /// `low` stands for 0 to 4 here: the regions' figures are too small for 1 to 4 in every district.
  @Test(.enabled(if: mayRun))
  func roundedAimsOfDistrictsMakeThoseOfRegions() throws {
    let file = "provision/FEAchSSAAug21-Apr22.csv"
    let folder = RegisterRealTests.extracts.path
    let districts = try RegisterRealTests.rows(RegisterRealTests.hierarchy).filter {
      $0["first_available_year_included"] == "2023"
    }
    var links = "old,new\n"
    let ended = Set(RegisterRealTests.successors.values.joined())
    for (new, old) in RegisterRealTests.successors {
      links += old.map { "\($0),\(new)\n" }.joined()
    }
    let known = Set(districts.compactMap { $0["lad_code"] })
    for code in known.subtracting(ended) { links += "\(code),\(code)\n" }
    let job = """
      provision: { kind: aims, file: "\(folder)/\(file)", area: location_code, category: ssa_t1_desc,
        period: { constant: p }, value: e_and_t_aims_ach, rounding: nearest 10,
        markers: { low: 0..4 }, totals: { category: Total }, where: { geographic_level: localAuthorityDistrict },
        area-lookup: [ { file: links.csv, from: old, to: new },
          { file: "\(folder)/\(RegisterRealTests.hierarchy)", from: lad_code, to: lsip_code,
            valid-from: first_available_year_included, valid-to: most_recent_year_included,
            as-of: 2023 } ] }
      \(RegisterRealTests.demand)
      """
    let outcome = try RegisterRealTests.outcome(
      job, ["links.csv": links, "demand.csv": "area,count\nE69000013,1\n"])
    #expect(outcome.areas.count == 38)
    // Demand is of one area only.
    #expect(Set(outcome.checks.filter { $0.result == .fail }.map(\.check)) == ["sides-apart"])
    #expect(Set(outcome.unmapped.map(\.code)) == ["z"])
    var regionOf: [String: String] = [:]
    for row in try RegisterRealTests.rows(RegisterRealTests.regions) {
      regionOf[row["LAD22CD"] ?? ""] = row["RGN22CD"]
    }
    for (new, old) in RegisterRealTests.successors { regionOf[new] = regionOf[old[0]] }
    let groups = RegisterRealTests.groups(
      areaOf: Dictionary(
        uniqueKeysWithValues: districts.map { ($0["lad_code"] ?? "", $0["lsip_code"] ?? "") }),
      regionOf: regionOf)
    #expect(groups.map(\.regions.count).sorted() == [1, 1, 1, 1, 1, 4])
    var published: [String: (lower: Double, upper: Double)] = [:]
    for row in try RegisterRealTests.rows(file) where row["geographic_level"] == "region" {
      let value = Double(row["e_and_t_aims_ach"] ?? "")
      published["\(row["location_code"] ?? ""), \(row["ssa_t1_desc"] ?? "")"] =
        value.map { (max(0, $0 - 5), $0 + 4) } ?? (0, 4)
    }
    for group in groups {
      let positions = group.areas.compactMap { outcome.areas.position(of: $0) }
      let pooled = outcome.grids[0].pooled(positions).provision
      let all = zip(outcome.sectors.codes + ["Total"], pooled.cells + [pooled.total])
      for (subject, figure) in all {
        let bounds = group.regions.compactMap { published["\($0), \(subject)"] }
        #expect(bounds.count == group.regions.count)
        #expect(figure.lower <= bounds.reduce(0) { $0 + $1.upper }, "\(group.regions) \(subject)")
        #expect(figure.upper >= bounds.reduce(0) { $0 + $1.lower }, "\(group.regions) \(subject)")
      }
    }
  }

  /// Apprenticeship achievements of 2022/23 by the learners' homes, unrounded: to the last one.
  @Test(.enabled(if: mayRun))
  func apprenticesOfDistrictsMakeThoseOfRegions() throws {
    let folder = RegisterRealTests.extracts.path
    let districts = "provision/apprenticeships_provider_home_delivery_lad_202223_202324.csv.gz"
    let regions = "provision/apprenticeships_provider_region_202223_202324.csv.gz"
    func side(_ file: String, _ area: String, _ parts: String, _ more: String) -> String {
      """
      { kind: achievements, file: "\(folder)/\(file)", area: \(area),
        category: { constant: Total }, period: year, value: achievements, where: { year: 2022/23 },
        sum-over: [ \(parts) ]\(more) }
      """
    }
    let lookup = """
      , area-lookup: { file: "\(folder)/\(RegisterRealTests.hierarchy)", from: lad_name,
          to: lsip_code, valid-from: first_available_year_included,
          valid-to: most_recent_year_included, as-of: 2023 }
      """
    let demand = RegisterRealTests.demand
    let files = ["demand.csv": "area,count\nE69000013,1\n"]
    let rolled = try RegisterRealTests.outcome(
      "provision: "
        + side(districts, "learner_home_lad", "provider_name, delivery_lad", lookup) + "\n"
        + demand,
      files)
    let published = try RegisterRealTests.outcome(
      "provision: "
        + side(
          regions, "learner_home_region",
          "provider_name, provider_type, apps_Level, age_group, delivery_region", "") + "\n"
        + demand, files)
    var regionOf: [String: String] = [:]
    for row in try RegisterRealTests.rows(RegisterRealTests.regions) {
      regionOf[row["LAD22NM"] ?? ""] = row["RGN22NM"]
    }
    for (new, region) in [
      ("Cumberland", "North West"), ("Westmorland and Furness", "North West"),
      ("North Yorkshire", "Yorkshire and The Humber"), ("Somerset", "South West"),
    ] { regionOf[new] = region }
    let hierarchy = try RegisterRealTests.rows(RegisterRealTests.hierarchy).filter {
      $0["first_available_year_included"] == "2023"
    }
    let groups = RegisterRealTests.groups(
      areaOf: Dictionary(
        uniqueKeysWithValues: hierarchy.map { ($0["lad_name"] ?? "", $0["lsip_code"] ?? "") }),
      regionOf: regionOf)
    #expect(groups.count == 6)
    for group in groups {
      let sums = [(rolled, group.areas), (published, group.regions)].map { outcome, codes in
        let positions = codes.compactMap { outcome.areas.position(of: $0) }
        #expect(positions.count == codes.count)
        return outcome.grids[0].pooled(positions).provision.total.value
      }
      #expect(sums[0] == sums[1], "\(group.regions)")
    }
    #expect(Set(rolled.unmapped.map(\.code)) == ["Outside of England and unknown"])
    #expect(rolled.unmapped.map(\.published) == [1802])
  }
}
