import Dense
import Mismatch

/// Plans for the places of a grid, what they match in its own period and in later ones, and under draws.
struct CommissionedGrid: Sendable {
  /// Places by cell, and what another pound would bring by area; NaN for places that nobody chose.
  struct Plan: Sendable {
    let kind: CommissioningPlan
    let places: [Double]
    let duals: [Double]
  }

  /// What each plan matches of some openings.
  struct Score: Sendable {
    /// The period of the openings; nil for draws, of which the numbers are means.
    let period: String?
    /// Of all areas that have plans.
    let openings: Double
    /// By plan and area; NaN where counts that judge are missing.
    var matched: [[Double]]
    /// Areas with a plan whose counts that judge are missing; they are in no sum.
    var missing: Set<Int> = []
    /// Of draws, by plan: intervals of areas, of all areas, and of what is gained over other plans.
    var intervals: [Intervals] = []
  }

  struct Intervals: Sendable {
    let areas: [ConfidenceInterval]
    let all: ConfidenceInterval
    let gainOverCurrent: ConfidenceInterval
    let gainOverTemplate: ConfidenceInterval
  }

  let problem: CommissioningProblem
  let openings: [Double]
  /// Areas with a count that has no value, or that a side has no row of: they have no plan.
  let excluded: Set<Int>
  let plans: [Plan]
  /// The own period first, then later ones, then draws.
  var scores: [Score] = []

  /// Places today.
  var current: [Double] { plans[0].places }

  /// The place of a plan among those that the job asks for.
  func place(of kind: CommissioningPlan) -> Int? { plans.firstIndex { $0.kind == kind } }

  /// What a plan matches, area by area or of all areas, beyond another one; NaN where the job has no such plan.
  func gain(_ score: Score, plan: Int, over kind: CommissioningPlan, area: Int? = nil) -> Double {
    guard let other = place(of: kind) else { return .nan }
    guard let area else { return sum(score.matched[plan]) - sum(score.matched[other]) }
    return score.matched[plan][area] - score.matched[other][area]
  }

  /// The least that the own period's matches of a plan cost where each area chooses, in pounds.
  func leastCost(ofMatchesOf plan: Int) -> Double {
    problem.budgets.indices.reduce(0) { cost, area in
      cost
        + problem.leastCost(
          of: problem.matched(plans[plan].places, openings, area: area), for: openings, area: area)
    }
  }

  /// What an interval of local choice's gain says against it, as a clause; nil where all of it is above 0.
  static func verdict(_ lower: Double, _ upper: Double) -> String? {
    if lower > 0 { return nil }
    return upper < 0
      ? "the interval is below 0: local choice meets fewer openings than one mix for all"
      : "the interval reaches 0: nothing shows that local choice adds to one mix for all"
  }

  /// The sum of areas whose number is known.
  func sum(_ areas: [Double]) -> Double { areas.reduce(0) { $1.isNaN ? $0 : $0 + $1 } }
}

/// Makes plans again and again without new arrays.
struct CommissioningPlanner {
  let problem: CommissioningProblem
  let current: [Double]
  let groups: [Set<Int>]
  let model: DemandModel
  let scales: [Double]
  private var template: NationalTemplate
  private var smoothed: [Double]
  private var openings: [Double]
  private(set) var places: [Double]
  private(set) var duals: [Double]

  init(
    _ problem: CommissioningProblem, current: [Double], groups: [Set<Int>], model: DemandModel,
    scales: [Double]
  ) {
    (self.problem, self.current, self.groups) = (problem, current, groups)
    (self.model, self.scales) = (model, scales)
    template = NationalTemplate(problem)
    smoothed = current
    openings = current
    places = current
    duals = Array(repeating: .nan, count: problem.areaCount)
  }

  /// Sets ``places`` and ``duals`` to a plan made on counts of demand.
  mutating func plan(_ kind: CommissioningPlan, on counts: [Double]) {
    if kind == .localSmoothed {
      model.smooth(counts, into: &smoothed)
      scale(smoothed)
    } else {
      scale(counts)
    }
    switch kind {
    case .current: for cell in places.indices { places[cell] = current[cell] }
    case .nationalTemplate: template.fill(for: openings, &places)
    case .local, .localSmoothed: problem.fillLocally(for: openings, &places, duals: &duals)
    case .pooled: problem.fillPooled(groups, for: openings, &places, duals: &duals)
    }
    if kind == .current || kind == .nationalTemplate {
      for area in duals.indices { duals[area] = .nan }
    }
  }

  /// What ``places`` match of counts of demand, added to `matched` by area.
  mutating func score(on counts: [Double], into matched: UnsafeMutableBufferPointer<Double>) {
    scale(counts)
    for area in matched.indices { matched[area] = problem.matched(places, openings, area: area) }
  }

  private mutating func scale(_ counts: [Double]) {
    for cell in counts.indices { openings[cell] = counts[cell] * scales[cell] }
  }
}
