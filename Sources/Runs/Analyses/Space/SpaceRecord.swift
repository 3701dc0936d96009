import Extracts
import Jobs
import Mismatch

/// What the manifest says of commuting and distances.
struct SpaceRecord: Encodable, Sendable {
  /// How the balancing of one sector ended.
  struct Balancing: Encodable, Sendable {
    let period: String
    let sector: String
    let iterations: Int
    let marginalError: Double?
    let isBalanced: Bool
    let demandScale: Double
    let emptyOrigins: Int
    let emptyDestinations: Int
  }

  let methods: [String]
  let decay: String?
  let costs: String?
  let bounds: String?
  let doublyConstrained: [Balancing]?

  init(_ job: SpaceJob, _ space: SpaceOutcome, _ grids: [Grid]) {
    methods = job.methods.map(\.rawValue)
    let hasWays = job.needsWays
    decay = hasWays ? job.decayText : nil
    costs = space.costText
    bounds =
      hasWays
      ? "two-step floating catchment: least openings by most competitors to most openings by fewest "
        + "competitors, at each destination; spatial availability: times the bounds of the people"
      : nil
    let balancings = zip(grids, space.periods).flatMap { grid, period in
      (period.flows?.convergence ?? []).enumerated().map { sector, state in
        Balancing(
          period: grid.period, sector: grid.sectors.codes[sector], iterations: state.iterationCount,
          marginalError: state.marginalError.isFinite ? state.marginalError : nil,
          isBalanced: state.isReached, demandScale: state.scale,
          emptyOrigins: state.emptyOriginCount, emptyDestinations: state.emptyDestinationCount)
      }
    }
    doublyConstrained = balancings.isEmpty ? nil : balancings
  }
}
