import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs that ask which kinds of areas there are.
struct TypologyJobTests {
  private static let counts =
    "area,sector,count\nA,x,10\nA,y,30\nA,z,60\nB,x,12\nB,y,28\nB,z,61\nC,x,50\nC,y,20\nC,z,10\n"
    + "D,x,55\nD,y,18\nD,z,9\nE,x,0\nE,y,0\nE,z,0\n"
  private static let demand = Example.counts + "A,z,5\nC,x,8\nC,z,9\nD,y,4\nE,x,3\n"

  private func example(_ typology: String) -> Example {
    Example(
      keys: ["typology: \(typology)"],
      files: ["provision.csv": Self.counts, "demand.csv": Self.demand])
  }

  @Test func likeAreasAreInOneClusterAndEmptyOnesInNone() throws {
    let outcome = try example("{ table: provision, clusters: 2 }").run()
    let typology = try #require(outcome.each(Typology.self).first)
    #expect(typology.clusters == [1, 1, 2, 2])
    #expect(typology.droppedAreas == [4: .noProvision])
    #expect(typology.meanSilhouette() > 0.8)
    #expect(
      outcome.warnings.contains { $0.contains("excludes 1 area without a profile (\"E\")") })
    #expect(
      outcome.caveats.contains {
        $0.hasPrefix("Typology of provision, all: ward linkage, clusters of 2, 2 areas, mean")
      })
  }

  @Test func subjectsDropOnlyWhatTheyNeed() throws {
    let gap = try #require(try example("{ clusters: 2 }").run().each(Typology.self).first)
    #expect(gap.subject == .gap && gap.droppedAreas == [4: .noProvision])
    let demand = try example("{ table: demand, linkage: average, clusters: 2 }").run()
    #expect(demand.each(Typology.self).first?.droppedAreas.isEmpty == true)
  }

  @Test func filesHaveARowForEveryAreaAndSector() throws {
    let folder = try TestFolder()
    var bytes: [[String: [UInt8]]] = []
    for workerCount in [1, 3] {
      let job = try example("{ clusters: 2 }").job(in: folder)
      let outcome = try Session(job, workerCount: workerCount).run()
      let name = "out\(workerCount)"
      try OutputFolder("\(folder.path)/\(name)", force: false)
        .write(outcome, options: Manifest.Options(seed: 1))
      var files: [String: [UInt8]] = [:]
      for file in ["areas", "sectors", "summary"] {
        files[file] = try folder.bytes("\(name)/typology_\(file).csv")
      }
      bytes.append(files)
    }
    #expect(bytes[0] == bytes[1])
    let areas = try rows(try folder.text("out1/typology_areas.csv"))
    #expect(
      areas[0] == [
        "period", "area_code", "area_name", "mass", "distance", "inertia", "axis_1", "axis_2",
        "axis_3", "cluster", "silhouette", "status",
      ])
    #expect(areas.map { $0[1] } == ["area_code", "A", "B", "C", "D", "E"])
    #expect(areas[5].suffix(9) == ["", "", "", "", "", "", "", "", "no-provision"])
    // Three sectors leave two axes.
    #expect(!areas[1][7].isEmpty && areas[1][8].isEmpty)
    let sectors = try rows(try folder.text("out1/typology_sectors.csv"))
    #expect(sectors.map { $0[1] } == ["sector_code", "x", "y", "z"])
    let summary = try rows(try folder.text("out1/typology_summary.csv"))
    #expect(summary.count { $0[1] == "height" } == 3)
    #expect(summary.count { $0[1] == "inertia" } == 2)
    #expect(summary.count { $0[1] == "cluster_silhouette" } == 2)
    let sizes = summary.filter { $0[1] == "cluster_areas" }.compactMap { Int($0[3]) }
    #expect(sizes.reduce(0, +) == 4)
    #expect(try folder.text("out1/manifest.json").contains("\"linkage\" : \"ward\""))
  }

  @Test func runsWithoutTypologyHaveNoSuchFiles() throws {
    let outcome = try Example().run()
    #expect(outcome.each(Typology.self).isEmpty)
    #expect(!OutputCatalogue.tables(of: outcome).contains { $0.name.hasPrefix("typology") })
    #expect(!OutputCatalogue.tables(of: outcome).contains { $0.name == "balancing.csv" })
  }

  @Test(
    "Unusable keys are told",
    arguments: [
      ("{ table: gaps, clusters: 2 }", "unknown table \"gaps\" in `typology.table`"),
      ("{ linkage: single, clusters: 2 }", "unknown linkage \"single\" in `typology.linkage`"),
      ("{ clusters: 1 }", "`typology.clusters` is \"1\""),
      ("{ table: gap }", "`typology` has no key \"clusters\""),
      ("{ clusters: 9 }", "the typology has 4 areas with a profile of gap"),
    ])
  func badKeys(typology: String, found: String) throws {
    let failure = try #require(try example(typology).failure())
    #expect(failure.found == found && failure.kind == .badData)
  }
}
