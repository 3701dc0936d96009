import Mismatch

/// What the manifest says of commuting and distances.
struct SpaceRecord: Codable {
  /// How the balancing of one sector ended.
  struct Balancing: Codable {
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

  init?(_ outcome: Outcome) {
    guard let job = outcome.job.space, let space = outcome.space else { return nil }
    methods = job.methods.map(\.rawValue)
    let hasWays = job.needsWays
    decay = hasWays ? job.decayText : nil
    costs = space.costText
    bounds =
      hasWays
      ? "two-step floating catchment: least openings by most competitors to most openings by fewest "
        + "competitors, at each destination; spatial availability: times the bounds of the people"
      : nil
    let balancings = zip(outcome.grids, space.periods).flatMap { grid, period in
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
