import Dense
import Mismatch

/// Makes plans again and again without new arrays, and scores them.
struct CommissioningPlanner: Sendable {
  /// What stays the same however often plans are made.
  struct Setting: Sendable {
    /// Areas that share budgets.
    let groups: [Set<Int>]
    let model: DemandModel
    /// Openings for a unit of demand, by cell.
    let scales: [Double]
    /// Origins × destinations: where those work who are trained; nil where all stay in their area.
    let reach: SparseMatrix?
  }

  let problem: CommissioningProblem
  let setting: Setting
  private let current: [Double]
  private let pools: [CommissioningProblem.Pool]
  private var template: NationalTemplate
  private var smoothed: [Double]
  private var openings: [Double]
  private var scratch: [Double]
  private(set) var places: [Double]
  private(set) var duals: [Double]
  /// How many more matches the commuting plan could have at most; NaN where it was not asked for.
  private(set) var gap = Double.nan

  init(_ problem: CommissioningProblem, current: [Double], _ setting: Setting) {
    (self.problem, self.current, self.setting) = (problem, current, setting)
    pools = setting.groups.map(problem.pool)
    template = NationalTemplate(problem)
    smoothed = current
    openings = current
    scratch = current
    places = current
    duals = Array(repeating: .nan, count: problem.areaCount)
  }

  /// Sets ``places`` and ``duals`` to a plan made on counts of demand.
  ///
  /// - Returns: whether the solver found the plan, which it always should.
  mutating func plan(_ kind: CommissioningPlan, on counts: [Double]) -> Bool {
    if kind == .localSmoothed {
      setting.model.smooth(counts, into: &smoothed)
      scale(smoothed)
    } else {
      scale(counts)
    }
    switch kind {
    case .current: for cell in places.indices { places[cell] = current[cell] }
    case .nationalTemplate: template.fill(for: openings, &places)
    case .local, .localSmoothed: problem.fillLocally(for: openings, &places, duals: &duals)
    case .pooled: problem.fillPooled(pools, for: openings, &places, duals: &duals)
    case .commuting:
      guard
        let plan = setting.reach.flatMap({
          CommutingPlan(problem, reach: $0, openings: openings)
        })
      else { return false }
      (places, duals, gap) = (plan.places, plan.duals, plan.gap)
    }
    if kind == .current || kind == .nationalTemplate {
      for area in duals.indices { duals[area] = .nan }
    }
    return true
  }

  /// What ``places`` match of counts of demand, by area.
  mutating func score(on counts: [Double], into matched: UnsafeMutableBufferPointer<Double>) {
    scale(counts)
    let found = problem.matched(places, openings, reach: setting.reach)
    for area in matched.indices { matched[area] = found[area] }
  }

  /// What the ``places`` cost, and the least that their matches of the counts last scored on would, in pounds.
  mutating func saving(of matched: UnsafeMutableBufferPointer<Double>) -> Double {
    problem.budgets.indices.reduce(0) { sum, area in
      sum + problem.cost(of: places, area: area)
        - problem.leastCost(of: matched[area], for: openings, area: area, &scratch)
    }
  }

  private mutating func scale(_ counts: [Double]) {
    for cell in counts.indices { openings[cell] = counts[cell] * setting.scales[cell] }
  }
}

extension CommissioningProblem {
  /// What places match of openings, by area of the openings.
  ///
  /// - Parameter reach: where those work who are trained; nil where all stay in their area.
  func matched(_ places: [Double], _ openings: [Double], reach: SparseMatrix?) -> [Double] {
    guard let reach else {
      return budgets.indices.map { matched(places, openings, area: $0) }
    }
    let cells = CommutingPlan.matched(places, self, reach: reach, openings: openings)
    return budgets.indices.map { area in self.cells(of: area).reduce(0) { $0 + cells[$1] } }
  }
}
