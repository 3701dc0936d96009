import Dense
import Mismatch

/// Plans for the places of a grid, what they match in its own period and in later ones, and under draws.
struct CommissionedGrid: Sendable {
  /// Places by cell, and what another pound would bring by area; NaN for places that nobody chose.
  struct Plan: Sendable {
    let kind: CommissioningPlan
    let places: [Double]
    let duals: [Double]
    /// What is matched of the openings, by cell of the openings.
    let matched: [Double]
    /// Matches that another pound spent in the cell would bring; infinite where a concave return has no places yet.
    let marginals: [Double]
  }

  /// What each plan matches of some openings.
  struct Score: Sendable {
    /// The period of the openings; nil for draws, of which the numbers are means.
    let period: String?
    /// Of all areas that have plans.
    let openings: Double
    /// By plan and area; NaN where counts that judge are missing.
    var matched: [[Double]]
    /// By plan: what its places cost beyond the least that its matches would; NaN where that is not known.
    var savings: [Double]
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
    let saving: ConfidenceInterval
  }

  let problem: CommissioningProblem
  let openings: [Double]
  /// Areas with a count that has no value, or that a side has no row of: they have no plan.
  let excluded: Set<Int>
  let plans: [Plan]
  /// How many more matches the commuting plan could have at most; NaN where it was not asked for.
  let gap: Double
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

extension Outcome {
  /// The grids that have plans, with what was found.
  var commissioned: [(grid: Grid, found: CommissionedGrid)] {
    periods.compactMap { period in
      period.results[CommissionedGrid.self].map { (period.grid, $0) }
    }
  }
}
