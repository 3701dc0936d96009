import Dense
import Jobs
import Mismatch

/// Makes the plans of a grid and scores them.
struct CommissioningRun: Sendable {
  private let job: CommissioningJob
  private let inputs: CommissioningInputs
  private let setting: AnalysisSetting
  private let grid: Grid
  private let excluded: Set<Int>
  private let demand: [Double]
  private let planner: CommissioningPlanner

  init(
    _ job: CommissioningJob, _ inputs: CommissioningInputs, _ grid: Grid, _ setting: AnalysisSetting
  ) throws {
    (self.job, self.inputs, self.grid, self.setting) = (job, inputs, grid, setting)
    let width = grid.sectors.count
    let sides = [grid.provision.value.elements, grid.demand.value.elements]
    excluded = grid.absentAreas.union(
      grid.areas.codes.indices.filter { area in
        sides.contains { $0[area * width..<(area + 1) * width].contains { $0.isNaN } }
      })
    let kept = sides.map { [excluded] values in
      values.indices.map { excluded.contains($0 / width) ? 0 : values[$0] }
    }
    demand = kept[1]
    var groups: [Spelling: Set<Int>] = [:]
    for (area, code) in grid.areas.codes.enumerated() where !excluded.contains(area) {
      guard let group = setting.groupOfArea[Spelling(code)] else { continue }
      groups[Spelling(group), default: []].insert(area)
    }
    planner = CommissioningPlanner(
      try inputs.problem(current: kept[0], excluded: excluded, period: grid.period),
      current: kept[0], groups: Array(groups.values),
      model: DemandModel(counts: demand, sectorCount: width), scales: inputs.scales(for: demand))
  }

  /// The plans, with scores in the own period, in later ones and under draws.
  func commissioned(later: [Grid]) -> CommissionedGrid {
    var planner = planner
    var plans: [CommissionedGrid.Plan] = []
    for kind in job.plans {
      planner.plan(kind, on: demand)
      plans.append(
        CommissionedGrid.Plan(kind: kind, places: planner.places, duals: planner.duals))
    }
    let openings = openings(of: demand)
    var commissioned = CommissionedGrid(
      problem: planner.problem, openings: openings, excluded: excluded, plans: plans)
    commissioned.scores = [score(plans, openings, grid.period)]
    for other in later { commissioned.scores.append(score(plans, on: other)) }
    if job.drawCount > 0 { commissioned.scores.append(drawn(commissioned)) }
    return commissioned
  }

  /// What plans match in a later period, where areas with missing counts are left out.
  private func score(_ plans: [CommissionedGrid.Plan], on later: Grid) -> CommissionedGrid.Score {
    let (values, width) = (later.demand.value.elements, grid.sectors.count)
    let missing = later.demand.absentAreas.union(
      grid.areas.codes.indices.filter { area in
        values[area * width..<(area + 1) * width].contains { $0.isNaN }
      })
    let left = missing.union(excluded)
    let counts = values.indices.map { left.contains($0 / width) ? 0 : values[$0] }
    var score = score(plans, openings(of: counts), later.period)
    score.missing = missing.subtracting(excluded)
    for plan in plans.indices {
      for area in score.missing { score.matched[plan][area] = .nan }
    }
    return score
  }

  /// A period's openings: with a national number of them, each period has as many.
  private func openings(of counts: [Double]) -> [Double] {
    zip(counts, inputs.scales(for: counts)).map { $0 * $1 }
  }

  private func score(_ plans: [CommissionedGrid.Plan], _ openings: [Double], _ period: String)
    -> CommissionedGrid.Score
  {
    CommissionedGrid.Score(
      period: period, openings: openings.reduce(0, +),
      matched: plans.map { plan in
        grid.areas.codes.indices.map { planner.problem.matched(plan.places, openings, area: $0) }
      })
  }

  // MARK: Draws

  /// Plans made on draws of the counts, each scored on another draw of the same rates.
  private func drawn(_ commissioned: CommissionedGrid) -> CommissionedGrid.Score {
    let (areaCount, planCount) = (grid.areas.count, job.plans.count)
    let loop = BlockLoop(of: job.drawCount, size: 4) { draws in
      matches(inDraws: draws)
    }
    runTogether([loop], workerCount: setting.workerCount)
    // By draw, plan and area.
    let matched = loop.results.flatMap { $0 }
    let level = setting.job.inference.level
    func interval(_ value: (Int) -> Double) -> ConfidenceInterval {
      var values = (0..<job.drawCount).map(value)
      return percentileInterval(of: &values, level: level)
    }
    func total(_ draw: Int, _ plan: Int) -> Double {
      matched[draw][plan * areaCount..<(plan + 1) * areaCount].reduce(0, +)
    }
    let totals = (0..<job.drawCount).map { draw in (0..<planCount).map { total(draw, $0) } }
    func gain(_ plan: Int, over kind: CommissioningPlan) -> ConfidenceInterval {
      guard let other = commissioned.place(of: kind) else { return .undefined }
      return interval { totals[$0][plan] - totals[$0][other] }
    }
    return CommissionedGrid.Score(
      period: nil, openings: commissioned.openings.reduce(0, +),
      matched: (0..<planCount).map { plan in
        (0..<areaCount).map { area in
          matched.reduce(0) { $0 + $1[plan * areaCount + area] } / Double(job.drawCount)
        }
      },
      intervals: (0..<planCount).map { plan in
        CommissionedGrid.Intervals(
          areas: (0..<areaCount).map { area in interval { matched[$0][plan * areaCount + area] } },
          all: interval { totals[$0][plan] }, gainOverCurrent: gain(plan, over: .current),
          gainOverTemplate: gain(plan, over: .nationalTemplate))
      })
  }

  /// What each plan matches in each area, draw by draw.
  private func matches(inDraws draws: Range<Int>) -> [[Double]] {
    let areaCount = grid.areas.count
    var planner = planner
    var (deciding, judging) = (demand, demand)
    return draws.map { draw in
      planner.model.draw(draw, seed: setting.seed, deciding: &deciding, judging: &judging)
      return Array(unsafeUninitializedCapacity: job.plans.count * areaCount) { buffer, count in
        buffer.initialize(repeating: 0)
        for (number, kind) in job.plans.enumerated() {
          planner.plan(kind, on: deciding)
          let part = buffer[number * areaCount..<(number + 1) * areaCount]
          planner.score(on: judging, into: UnsafeMutableBufferPointer(rebasing: part))
        }
        count = buffer.count
      }
    }
  }
}
