import Dense
import Extracts
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
  private let draws: CommissioningDraws

  /// - Throws: ``Failure`` where no plan exists.
  init(
    _ job: CommissioningJob, _ inputs: CommissioningInputs, _ period: PeriodOutcome,
    reach: SparseMatrix?, _ setting: AnalysisSetting
  ) throws {
    let grid = period.grid
    (self.job, self.inputs, self.grid, self.setting) = (job, inputs, grid, setting)
    let width = grid.sectors.count
    let sides = Sides { grid[$0].value.elements }
    excluded = grid.absentAreas.union(
      grid.areas.codes.indices.filter { area in
        sides.both.contains { $0[area * width..<(area + 1) * width].contains { $0.isNaN } }
      })
    let kept = sides.map { [excluded] values in
      values.indices.map { excluded.contains($0 / width) ? 0 : values[$0] }
    }
    demand = kept.demand
    var groups: [Spelling: Set<Int>] = [:]
    for (area, code) in grid.areas.codes.enumerated() where !excluded.contains(area) {
      guard let group = setting.groupOfArea[Spelling(code)] else { continue }
      groups[Spelling(group), default: []].insert(area)
    }
    let problem = inputs.problem(current: kept.provision, excluded: excluded)
    try inputs.verify(problem, period: grid.period)
    planner = CommissioningPlanner(
      problem, current: kept.provision,
      CommissioningPlanner.Setting(
        groups: job.plans.contains(.pooled) ? Array(groups.values) : [],
        model: DemandModel(
          counts: demand, sectorCount: width, budgets: problem.budgets),
        scales: inputs.scales(for: demand),
        reach: reach))
    draws = CommissioningDraws(inputs, period, kept, excluded: excluded, setting)
  }

  /// The plans, with scores in the own period, in later ones and under draws.
  ///
  /// - Throws: ``Failure`` where the solver finds no plan, or totals cannot be met by a drawn crosswalk.
  func commissioned(later: [Grid]) throws -> CommissionedGrid {
    var planner = planner
    let openings = openings(of: demand)
    let plans = try job.plans.map { kind in
      guard planner.plan(kind, on: demand) else { throw Self.noPlan(grid.period) }
      return plan(kind, planner, openings)
    }
    var commissioned = CommissionedGrid(
      problem: planner.problem, openings: openings, excluded: excluded, plans: plans,
      gap: planner.gap)
    commissioned.scores = [score(plans, openings, grid.period)]
    for other in later { commissioned.scores.append(score(plans, on: other)) }
    if job.drawCount > 0 {
      commissioned.scores.append(try drawn(commissioned, planner))
    }
    return commissioned
  }

  private static func noPlan(_ period: String) -> Failure {
    Failure(
      .failed,
      "\(period): the linear programme of the plan commuting has no solution that Clp finds",
      advice: "Leave `commuting` out of `plans`, and report this with the job")
  }

  private func plan(
    _ kind: CommissioningPlan, _ planner: CommissioningPlanner, _ openings: [Double]
  ) -> CommissionedGrid.Plan {
    let (problem, places, width) = (planner.problem, planner.places, grid.sectors.count)
    let reach = planner.setting.reach
    let reached =
      reach.map { CommutingPlan.reached(places, problem, reach: $0) } ?? places
    let slopes = openings.indices.map { problem.matching.slope(reached[$0], openings[$0]) }
    return CommissionedGrid.Plan(
      kind: kind, places: places, duals: planner.duals,
      matched: openings.indices.map { problem.matching.matches(reached[$0], openings[$0]) },
      marginals: openings.indices.map { cell in
        let (area, sector) = cell.quotientAndRemainder(dividingBy: width)
        let slope =
          reach.map {
            $0.row(area).reduce(0) { $0 + $1.weight * slopes[$1.column * width + sector] }
          } ?? slopes[cell]
        return slope / problem.costs[cell]
      })
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
    score.savings = plans.map { _ in .nan }
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
    let (problem, reach) = (planner.problem, planner.setting.reach)
    let matched = plans.map { problem.matched($0.places, openings, reach: reach) }
    var scratch = openings
    return CommissionedGrid.Score(
      period: period, openings: openings.reduce(0, +), matched: matched,
      savings: zip(plans, matched).map { plan, matched in
        guard reach == nil else { return .nan }
        return problem.budgets.indices.reduce(0) { sum, area in
          sum + problem.cost(of: plan.places, area: area)
            - problem.leastCost(of: matched[area], for: openings, area: area, &scratch)
        }
      })
  }

  // MARK: Draws

  /// What plans match in one draw: by plan and area, and what each could save.
  private struct Draw: Sendable {
    var matched: [Double]
    var savings: [Double]
  }

  /// Plans made on draws of the counts, each scored on another draw of the same rates.
  private func drawn(_ commissioned: CommissionedGrid, _ planner: CommissioningPlanner) throws
    -> CommissionedGrid.Score
  {
    let (areaCount, planCount) = (grid.areas.count, job.plans.count)
    let loop = BlockLoop(of: job.drawCount, size: 4) { numbers in
      Result { try found(inDraws: numbers, planner) }
    }
    runTogether([loop], workerCount: setting.workerCount)
    let draws = try loop.results.flatMap { try $0.get() }
    let level = setting.job.inference.level
    func interval(_ value: (Draw) -> Double) -> ConfidenceInterval {
      var values = draws.map(value)
      return percentileInterval(of: &values, level: level)
    }
    let totals = draws.map { draw in
      Draw(
        matched: (0..<planCount).map {
          draw.matched[$0 * areaCount..<($0 + 1) * areaCount].reduce(0, +)
        }, savings: draw.savings)
    }
    func all(_ value: (Draw) -> Double) -> ConfidenceInterval {
      var values = totals.map(value)
      return percentileInterval(of: &values, level: level)
    }
    func gain(_ plan: Int, over kind: CommissioningPlan) -> ConfidenceInterval {
      guard let other = commissioned.place(of: kind) else { return .undefined }
      return all { $0.matched[plan] - $0.matched[other] }
    }
    let count = Double(draws.count)
    return CommissionedGrid.Score(
      period: nil, openings: commissioned.openings.reduce(0, +),
      matched: (0..<planCount).map { plan in
        (0..<areaCount).map { area in
          draws.reduce(0) { $0 + $1.matched[plan * areaCount + area] } / count
        }
      },
      savings: (0..<planCount).map { plan in draws.reduce(0) { $0 + $1.savings[plan] } / count },
      intervals: (0..<planCount).map { plan in
        CommissionedGrid.Intervals(
          areas: (0..<areaCount).map { area in
            interval { $0.matched[plan * areaCount + area] }
          }, all: all { $0.matched[plan] }, gainOverCurrent: gain(plan, over: .current),
          gainOverTemplate: gain(plan, over: .nationalTemplate),
          saving: planner.setting.reach == nil ? all { $0.savings[plan] } : .undefined)
      })
  }

  private func found(inDraws numbers: Range<Int>, _ base: CommissioningPlanner) throws -> [Draw] {
    let areaCount = grid.areas.count
    var planner = base
    var (deciding, judging) = (demand, demand)
    return try numbers.map { number in
      if let (problem, current) = try draws.problem(draw: number) {
        planner = CommissioningPlanner(problem, current: current, base.setting)
      }
      try draws.counts(
        draw: number, base.setting.model, deciding: &deciding, judging: &judging)
      var savings = Array(repeating: Double.nan, count: job.plans.count)
      let matched = try Array(unsafeUninitializedCapacity: job.plans.count * areaCount) {
        (buffer: inout UnsafeMutableBufferPointer<Double>, count) in
        buffer.initialize(repeating: 0)
        for (place, kind) in job.plans.enumerated() {
          guard planner.plan(kind, on: deciding) else { throw Self.noPlan(grid.period) }
          let part = UnsafeMutableBufferPointer(
            rebasing: buffer[place * areaCount..<(place + 1) * areaCount])
          planner.score(on: judging, into: part)
          if base.setting.reach == nil { savings[place] = planner.saving(of: part) }
        }
        count = buffer.count
      }
      return Draw(matched: matched, savings: savings)
    }
  }
}
