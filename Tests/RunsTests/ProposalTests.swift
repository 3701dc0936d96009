import Foundation
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Whether what `inspect` proposes runs as it is pasted.
@Suite(.enabled(if: Extracts.areWanted)) struct ProposalTests {
  /// Files whose proposal is refused for a fault of the file, with a part of the message.
  static let faults: [String: String] = [:]

  /// Every extract, and every file of figures of the cases from the field, by its whole path.
  static func files() throws -> [String] {
    let field = URL(fileURLWithPath: Extracts.path("")).deletingLastPathComponent()
      .appendingPathComponent("field").path
    let cases = try FileManager.default.subpathsOfDirectory(atPath: field).map { "\(field)/\($0)" }
    let all = try Extracts.files().map { Extracts.path($0) } + cases
    let endings = ["csv", "tsv", "gz", "xlsx", "xlsm", "rds"]
    return all.filter { file in endings.contains { file.hasSuffix(".\($0)") } }.sorted()
  }

  /// A lookup or crosswalk in a job of tiny files.
  private static func job(lookup: String, _ folder: TestFolder) throws -> String {
    try folder.write("tiny.csv", "area,sector,count\nA,x,1\n")
    let side = "  file: tiny.csv\n  area: area\n  category: sector\n  value: count\n"
    let block = lookup.split(separator: "\n").map { "  \($0)\n" }.joined()
    return "provision:\n  kind: people\n\(side)\(block)demand:\n  kind: vacancies\n\(side)"
  }

  /// The block for one side, and the same rows again for the other, so that all periods meet.
  private static func job(_ proposal: String) -> String {
    let isProvision = proposal.hasPrefix("provision:")
    let other = proposal.split(separator: "\n").dropFirst(2).joined(separator: "\n")
    return proposal
      + (isProvision ? "demand:\n  kind: vacancies\n" : "provision:\n  kind: people\n") + other
      + "\n"
  }

  @Test(arguments: (try? files()) ?? [])
  func proposalIsAccepted(_ file: String) throws {
    for account in try Inspection.accounts(of: file) {
      guard let proposal = account.proposal else { continue }
      let name =
        file.split(separator: "/").suffix(2).joined(separator: "/")
        + (account.sheet.map { "[\($0)]" } ?? "")
      let folder = try TestFolder()
      let isSide = proposal.hasPrefix("provision:") || proposal.hasPrefix("demand:")
      let text =
        isSide ? ProposalTests.job(proposal) : try ProposalTests.job(lookup: proposal, folder)
      let found = message {
        let job = try Job(text: text, file: folder.path + "/job.yaml")
        _ = try Session(job, workerCount: 1).check()
      }
      let expected = ProposalTests.faults[name] ?? "no failure"
      #expect(found.contains(expected), "\(name): \(found)\n\(proposal)")
    }
  }

  /// Two files of one kind or of two, in any order, with periods that meet or not.
  @Test(arguments: [
    ("provision/FEAchSSAAug21-Apr22.csv", "demand/D_OnsProfDetail_Dec22.csv"),
    ("demand/D_OnsProfDetail_Dec22.csv", "provision/FEAchSSAAug21-Apr22.csv"),
    (
      "provision/fe_aims_ssa_ay2324_lsip_ca_england.csv",
      "demand/vacancies_soc2020_jul25_lsip_ca_england.csv"
    ),
    (
      "provision/fe_participation_achievements_ay1920_ay2324_lsip_ca_england.csv",
      "labour/aps_employment_soc2020_industry_apr2020_mar2025_lsip_ca_england.csv"
    ),
    (
      "provision/apprenticeships_ssa_tier2_standard_national.csv",
      "demand/VACS02_vacancies_by_industry_SIC07.xlsx"
    ),
    (
      "claimants/claimant_count_gm_lad_ca_jan2014_dec2014.csv",
      "nomis/Employment by sector - BRES 2019.csv"
    ),
  ])
  func jobOfTwoFilesIsAccepted(_ first: String, _ second: String) throws {
    let accounts = try [first, second].map { try Inspection.accounts(of: Extracts.path($0)) }
    let text = try #require(JobProposal(provision: accounts[0], demand: accounts[1])?.text())
    let found = message {
      let job = try Job(text: text, file: "/job.yaml")
      #expect(job.sides.provision.table.files.first?.path.contains("/demand/") == false, "\(text)")
      _ = try Session(job, workerCount: 1).check()
    }
    #expect(found == "no failure", "\(text)")
  }

  @Test func filesWithFaultsAreThere() throws {
    let files = try ProposalTests.files()
    #expect(files.count > 80)
    for name in ProposalTests.faults.keys {
      #expect(files.contains { $0.hasSuffix(name) }, "\(name)")
    }
  }

  @Test func lookupsAreProposed() throws {
    func proposal(_ name: String) throws -> String {
      try #require(try Inspection.accounts(of: Extracts.path("lookup/\(name)")).first?.proposal)
    }
    let districts = try proposal(
      "Local_Authority_District_to_Region_(December_2022)_Lookup_in_England.csv")
    #expect(districts.hasPrefix("area-lookup:"))
    #expect(districts.contains("from: LAD22CD\n  to: RGN22CD\n"))
    let subjects = try proposal("SectorSubjectArea.csv")
    #expect(subjects.hasPrefix("crosswalk:"))
    #expect(
      subjects.contains("from: SectorSubjectAreaTier2Desc\n  to: SectorSubjectAreaTier1Desc\n"))
    let years = try proposal("lsip_lad_hierarchy.csv")
    #expect(years.contains("as-of: 2025\n"))
    // A list of areas is no lookup.
    #expect(try Inspection.accounts(of: Extracts.path("lookup/lads.csv")).first?.proposal == nil)
  }
}
