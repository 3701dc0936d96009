import Foundation
import Mismatch
import Testing

@testable import Jobs
@testable import Runs

/// "What if" of `Datasets/london/README.md` against its run.
struct ScenariosExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Datasets/london").standardizedFileURL

  @Test("The README has the figures of the run")
  func readme() throws {
    let readme = try String(
      contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
    let job = try Job(file: Self.folder.appendingPathComponent("scenarios.yaml").path)
    let outcome = try Session(job, workerCount: 2).run()
    let found = try #require(outcome.each(ScenarioEffects.self).first)
    #expect(found.effects.count == 4)
    for effect in found.effects {
      let index = try #require(
        effect.figures.first {
          $0.area != nil && found.measures[$0.measure].name == Measure.dissimilarity.name
        })
      let ends = [index.difference, index.interval.lower, index.interval.upper].map {
        String(format: "%+.2f", 100 * $0).replacing("+0.00", with: "0.00")
      }
      let row =
        "| \(effect.scenario.name) | \(SectionNumber.percent(index.base.value)) "
        + "| \(SectionNumber.percent(index.changed.value)) | \(ends[0]) | \(ends[1]) to \(ends[2]) |"
      #expect(readme.contains(row), "\(row)")
    }
    let moved = try #require(
      found.effects[0].figures.first { found.measures[$0.measure].name == "provision" })
    #expect(readme.contains("(\(SectionNumber.count(-moved.difference)))"))
  }
}
