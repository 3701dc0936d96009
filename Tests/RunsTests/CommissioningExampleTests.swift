import Foundation
import Testing

@testable import Jobs
@testable import Runs

/// `Datasets/commissioning` against what its README says.
struct CommissioningExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Datasets/commissioning").standardizedFileURL

  @Test("The README has the figures of the run", arguments: ["job", "free"])
  func readme(name: String) throws {
    let readme = try String(
      contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
    let job = try Job(file: Self.folder.appendingPathComponent("\(name).yaml").path)
    let found = try #require(
      try Session(job, workerCount: 2).run().each(CommissionedGrid.self).first)
    for kind in [CommissioningPlan.current, .nationalTemplate, .local] {
      let plan = try #require(found.place(of: kind))
      let cells = found.scores.prefix(2).map { score in
        let matched = found.sum(score.matched[plan])
        return
          "\(SectionNumber.count(matched)) (\(SectionNumber.percent(matched / score.openings)) %)"
      }
      #expect(readme.contains("| " + cells.joined(separator: " | ") + " |"), "\(kind) \(cells)")
    }
    let local = try #require(found.place(of: .local))
    let draws = try #require(found.scores.last)
    let interval = draws.intervals[local].gainOverTemplate
    #expect(
      readme.contains(
        SectionNumber.count(found.gain(draws, plan: local, over: .nationalTemplate))))
    #expect(
      readme.contains(
        "\(SectionNumber.count(interval.lower)) to \(SectionNumber.count(interval.upper))"))
  }
}
