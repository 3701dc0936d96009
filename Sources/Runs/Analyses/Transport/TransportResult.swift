import Extracts
import Jobs
import Dense
import Mismatch

/// The transport of one pair of periods.
package struct TransportResult: Sendable {
  package let period: String
  /// Nil where a count is withheld, or a side has none.
  package let plan: TransportPlan?
  /// The least cost; nil where it was not sought or does not exist.
  package let exact: ExactTransport?
  /// Why there is no least cost, or no plan; empty where there are both.
  let planNote: String
  let exactNote: String
  /// Areas that are absent on a side, and so take no part on either.
  let absentAreas: Set<Int>

  /// The largest linear programme that a run solves: some seconds.
  private static let moveLimit = 400_000

  init(_ grid: Grid, _ costs: TransportCosts, _ job: TransportJob, _ work: TransportWork) throws {
    period = grid.period
    absentAreas = grid.absentAreas
    let provision = grid.provision.value.clearing(rows: absentAreas)
    let demand = grid.demand.value.clearing(rows: absentAreas)
    let isKnown = (provision.elements + demand.elements).allSatisfy(\.isFinite)
    let hasMass = [provision, demand].allSatisfy { $0.elements.contains { $0 > 0 } }
    guard isKnown, hasMass else {
      (plan, exact) = (nil, nil)
      planNote = isKnown ? "no-mass" : "unknown"
      exactNote = planNote
      return
    }
    let plan = try TransportPlan(
      costs, provision: provision, demand: demand, mass: job.mass,
      regularisation: job.regularisation, kernelByteLimit: work.kernelByteLimit,
      workerCount: work.workerCount,
      resuming: try work.keeper.state(
        areaCount: grid.areas.count, sectorCount: grid.sectors.count),
      beforeIteration: work.keeper.attend)
    self.plan = plan.state == .brokenDown ? nil : plan
    planNote = plan.state.rawValue
    let moveCount = ExactTransport.moveCount(
      areaCount: grid.areas.count, sectorCount: grid.sectors.count)
    if case .unbalanced = job.mass {
      (exact, exactNote) = (nil, "not-linear")
    } else if moveCount > Self.moveLimit {
      (exact, exactNote) = (nil, "too-large")
    } else {
      exact = ExactTransport(costs, provision: provision, demand: demand, mass: job.mass)
      exactNote = exact == nil ? "no-plan" : "optimal"
    }
  }
}

extension TransportResult {
  /// What is wrong with a plan that has not converged.
  var trouble: String {
    switch PlanState(rawValue: planNote) {
    case .notConverged:
      "the plan has not converged, so its costs and shares are not final (marginal error "
        + "\(NumberText.text(of: plan?.marginalError ?? .nan))); raise `regularisation`"
    case .brokenDown:
      "no plan was found: some area can reach no other, or `regularisation` is too small relative to "
        + "the skill distances"
    default:
      planNote == "unknown"
        ? "a suppressed count has no imputed value, so there is no plan"
        : "one side has no count, so there is no plan"
    }
  }
}

extension TransportJob {
  /// What to keep in mind with a plan.
  package var caveats: [String] {
    [
      "The skill distance and its weight relative to kilometres are judgements; costs and shares of "
        + "moves depend on them.",
      "A plan of regularisation \(NumberText.text(of: regularisation)) also uses moves that cost little "
        + "more than the cheapest; a smaller value uses fewer.",
      mass == .balanced
        ? "Transport compares shares: both sides are scaled to the same total."
        : "Transport of counts pairs one unit of provision with one of demand, whatever they count.",
    ]
  }
}
