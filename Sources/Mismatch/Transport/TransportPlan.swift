import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An entropic plan of moves from provision to demand: what it costs, what it changes, and which cells
/// give and take.
///
/// The plan of an ε is unique, so shares of kinds of move are facts of it; those of a cheapest plan are not.
package struct TransportPlan: Sendable {
  package let state: PlanState
  package let iterationCount: Int
  /// How far the plan is from the masses it must meet, as a part of its mass: Σ |difference| / mass.
  package let marginalError: Double
  /// What is moved: 1 where masses are balanced.
  package let mass: Double
  /// Sums over the plan, in the masses' unit times the costs'.
  package let placeCost: Double
  package let skillCost: Double
  /// ⟨P, C⟩ + ε Σ P (ln P − 1), and for penalised masses their penalties.
  package let objective: Double
  /// Mass by what it changes, areas × sectors: as it leaves the provision's cells.
  package let given: [MoveKind: Matrix]
  /// The same, as it arrives in the demand's cells.
  package let taken: [MoveKind: Matrix]

  package var totalCost: Double { placeCost + skillCost }

  /// The mass of one kind of move, as a part of all.
  package func share(_ kind: MoveKind) -> Double {
    guard let given = given[kind] else { return .nan }
    return ExactSum(given.elements).value / mass
  }

  /// The entropic plan.
  ///
  /// - Parameters:
  ///   - provision: counts, areas × sectors, none missing; the total must be above 0. So `demand`.
  ///   - regularisation: ε above 0, in the unit of the costs.
  ///   - iterationLimit: after which the plan counts as not converged.
  ///   - kernelByteLimit: a place kernel that takes more bytes is calculated in every pass, not held; the
  ///     result has the same bits.
  ///   - workerCount: threads; the result has the same bits for any.
  ///   - state: where an earlier search for the same plan was stopped; the result has the same bits.
  ///   - beforeIteration: called before every iteration; what it throws ends the search.
  package init(
    _ costs: TransportCosts, provision: Matrix, demand: Matrix, mass: TransportMass,
    regularisation: Double, iterationLimit: Int = 10_000, kernelByteLimit: Int = 4 << 30,
    workerCount: Int = 1, resuming state: [Double]? = nil,
    beforeIteration: (PlanProgress) throws -> Void
  ) rethrows {
    var transport = EntropicTransport(
      costs, provision: provision, demand: demand, mass: mass, regularisation: regularisation,
      kernelByteLimit: kernelByteLimit, workerCount: workerCount)
    if let state { transport.resume(state) }
    self.state = try transport.solve(
      regularisation: regularisation, iterationLimit: iterationLimit,
      beforeIteration: { try beforeIteration(PlanProgress(transport: $0)) })
    iterationCount = transport.iterationCount
    marginalError = transport.marginalError
    let sums = PlanSums(transport)
    (given, taken) = sums.byKind()
    placeCost = sums.placeCost()
    skillCost = sums.skillCost()
    (self.mass, objective) = sums.massAndObjective()
  }
}

/// How far the search for a plan has come.
package struct PlanProgress {
  fileprivate let transport: EntropicTransport

  /// All from which the search can go on.
  package var state: [Double] { transport.state }

  /// How many numbers the state of so many areas and sectors is.
  package static func stateCount(areaCount: Int, sectorCount: Int) -> Int {
    EntropicTransport.stateCount(areaCount: areaCount, sectorCount: sectorCount)
  }

  /// From 0 to 1: how far the logarithm of the marginal error has come to that of a plan that has converged.
  package var share: Double {
    min(1, max(0, log(transport.marginalError) / log(EntropicTransport.tolerance)))
  }
}
