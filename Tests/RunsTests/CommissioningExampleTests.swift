import Foundation
import Testing

@testable import Jobs
@testable import Runs

/// `Datasets/commissioning` against what its README says.
struct CommissioningExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Datasets/commissioning").standardizedFileURL

  private func readme() throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
  }

  private func found(_ name: String) throws -> CommissionedGrid {
    let job = try Job(file: Self.folder.appendingPathComponent("\(name).yaml").path)
    return try #require(try Session(job, workerCount: 2).run().each(CommissionedGrid.self).first)
  }

  @Test(
    "The README has the figures of the run",
    arguments: [
      ("job", CommissioningPlan.local), ("free", .local), ("commuting", .commuting),
    ])
  func figures(name: String, adding: CommissioningPlan) throws {
    let (readme, found) = (try readme(), try found(name))
    #expect(found.scores.map(\.period) == ["AY23/24 = Jan-25", "AY23/24 = Jul-25", nil])
    for kind in [CommissioningPlan.current, .nationalTemplate, .local, adding] {
      let plan = try #require(found.place(of: kind))
      let cells = found.scores.prefix(2).map { score in
        let matched = found.sum(score.matched[plan])
        return
          "\(SectionNumber.count(matched)) (\(SectionNumber.percent(matched / score.openings)) %)"
      }
      #expect(readme.contains("| " + cells.joined(separator: " | ") + " |"), "\(kind) \(cells)")
    }
    let plan = try #require(found.place(of: adding))
    let (later, draws) = (found.scores[1], found.scores[2])
    let interval = draws.intervals[plan].gainOverTemplate
    #expect(
      readme.contains(SectionNumber.count(found.gain(draws, plan: plan, over: .nationalTemplate))))
    #expect(
      readme.contains(
        "\(SectionNumber.count(interval.lower)) to \(SectionNumber.count(interval.upper))"))
    let judged = abs(found.gain(later, plan: plan, over: .nationalTemplate))
    #expect(readme.contains(SectionNumber.count(judged)), "\(judged)")
  }

  @Test("The README has what plans cost and what could be saved")
  func money() throws {
    let (readme, found) = (try readme(), try found("job"))
    func millions(_ pounds: Double) -> String { "£" + SectionNumber.count(pounds / 1e6) }
    func cost(_ kind: CommissioningPlan) throws -> Double {
      let places = found.plans[try #require(found.place(of: kind))].places
      return found.problem.budgets.indices.reduce(0) {
        $0 + found.problem.cost(of: places, area: $1)
      }
    }
    #expect(readme.contains("today's places cost \(millions(try cost(.current))) million"))
    #expect(readme.contains("local plan costs \(millions(try cost(.local))) million"))
    let saving = found.scores[2].intervals[0].saving
    #expect(
      readme.contains(
        "\(millions(found.scores[0].savings[0])) million less (\(millions(saving.lower)) to "
          + "\(millions(saving.upper)) million)"))
  }
}
