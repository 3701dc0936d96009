import Dense

/// How far an entropic plan has come.
package enum PlanState: String, Sendable {
  case converged
  /// The limit of iterations was reached first.
  case notConverged = "not-converged"
  /// The numbers went out of range: some mass can reach nothing, or ε is too small beside the skill
  /// distances (below about a 600th of the largest).
  case brokenDown = "broken-down"
}

/// The search for the plan P of moves between all pairs of area and sector that makes cost and order
/// small: the minimum of ⟨P, C⟩ + ε Σ P (ln P − 1) under the rules of both sides.
///
/// Sinkhorn's iteration (Cuturi 2013, https://arxiv.org/abs/1306.0895; with penalised and bounded masses
/// Chizat, Peyré, Schmitzer and Vialard 2018, https://doi.org/10.1090/mcom/3303, table 1) with the
/// Kronecker kernel Kp ⊗ Ks, so that each half of a step is two matrix products and nothing of the size
/// of the plan exists. Stabilised as by Schmitzer 2019 (https://doi.org/10.1137/16M1106018): the place
/// kernel takes up what the scalings of an area have in common, and ε falls to its value in stages.
struct EntropicTransport {
  let costs: TransportCosts
  let workerCount: Int
  private let kernelByteLimit: Int
  /// ε of the current stage.
  private(set) var regularisation: Double
  private(set) var provision: PlanSide
  private(set) var demand: PlanSide
  private(set) var placeKernel: StripedMatrix
  private(set) var iterationCount = 0
  /// Mass that the demand's rule would still move, as a part of all that is moved; the provision's rule is
  /// met.
  private(set) var marginalError = Double.infinity
  private var extrapolation: Extrapolation
  /// The iteration at which the current stage ends anyhow, unless it is the last.
  private var stageLimit = Self.stageEnd.iterationCount

  /// The marginal error of a plan that has converged.
  static let tolerance = 1e-11

  /// The marginal error, and the iterations, at which a stage before the last one ends.
  private static let stageEnd = (error: 1e-3, iterationCount: 100)

  /// The largest cost, in units of ε, for which no earlier stage is needed.
  private static let reach = 300.0

  /// - Parameters:
  ///   - provision: counts, areas × sectors; the total must be above 0. So `demand`.
  ///   - kernelByteLimit: a larger place kernel is not held but calculated in every pass.
  init(
    _ costs: TransportCosts, provision: Matrix, demand: Matrix, mass: TransportMass,
    regularisation: Double, kernelByteLimit: Int, workerCount: Int
  ) {
    let totals = (ExactSum(provision.elements).value, ExactSum(demand.elements).value)
    let rules = MarginalRule.rules(mass, provision: totals.0, demand: totals.1)
    let isBalanced = mass == .balanced
    self.costs = costs
    self.workerCount = workerCount
    self.kernelByteLimit = kernelByteLimit
    self.provision = PlanSide(
      counts: provision, dividedBy: isBalanced ? totals.0 : 1, rule: rules.provision)
    self.demand = PlanSide(
      counts: demand, dividedBy: isBalanced ? totals.1 : 1, rule: rules.demand)
    self.regularisation = max(
      regularisation, costs.largest(workerCount: workerCount) / Self.reach)
    placeKernel = StripedMatrix(rowCount: 0, columnCount: 0) { _, _, _ in }
    extrapolation = Extrapolation(self.demand.remainders)
  }

  /// Iterates until the plan has converged or the limit is reached.
  mutating func solve(
    regularisation target: Double, iterationLimit: Int,
    beforeIteration: (EntropicTransport) throws -> Void
  ) rethrows -> PlanState {
    makeKernel()
    while regularisation > target {
      let state = try iterate(
        to: Self.stageEnd.error, limit: min(iterationLimit, stageLimit),
        beforeIteration: beforeIteration)
      guard state != .brokenDown else { return state }
      let next = max(target, regularisation / 4)
      _ = provision.shift(factor: regularisation / next)
      _ = demand.shift(factor: regularisation / next)
      regularisation = next
      stageLimit = iterationCount + Self.stageEnd.iterationCount
      extrapolation = Extrapolation(demand.remainders)
      makeKernel()
    }
    return try iterate(
      to: Self.tolerance, limit: iterationLimit, beforeIteration: beforeIteration)
  }

  private mutating func iterate(
    to tolerance: Double, limit: Int, beforeIteration: (EntropicTransport) throws -> Void
  ) rethrows -> PlanState {
    let skillKernel = skillKernel
    while true {
      try beforeIteration(self)
      iterationCount += 1
      let product = meetProvision(skillKernel)
      let (next, change, mass) = metDemand(product)
      marginalError = change / mass
      guard marginalError.isFinite else { return .brokenDown }
      // The scalings stay as they are now, so that the plan meets the provision's rule.
      if marginalError <= tolerance { return .converged }
      if iterationCount >= limit { return .notConverged }
      demand.replace(
        by: extrapolation.next(
          current: demand.remainders, image: next, masses: demand.masses, workerCount: workerCount))
      if provision.wantsShift || demand.wantsShift {
        let shifts = [provision.shift(), demand.shift()]
        if shifts.contains(true) {
          makeKernel()
          extrapolation = Extrapolation(demand.remainders)
        }
      }
    }
  }

  /// Brings the provision's scalings to its rule; gives the product that the demand's depend on.
  private mutating func meetProvision(_ skillKernel: Matrix) -> Matrix {
    let (next, product) = placeKernel.pass(
      demand.remainders, mixing: skillKernel, workerCount: workerCount
    ) { [provision, regularisation] areas, products in
      provision.meet(areas, products, stride: areas.count, regularisation: regularisation)
    }
    provision.replace(by: next)
    return product
  }

  /// The demand's scalings that meet its rule, the mass by which that alters the plan, and the plan's mass.
  private func metDemand(_ product: Matrix) -> (next: Matrix, change: Double, mass: Double) {
    var next = product
    let width = costs.areaCount
    let sums = next.elements.withUnsafeMutableBufferPointer { next in
      let next = Shared(next)
      return mapBlocks(of: width, size: 512, workerCount: workerCount) { areas in
        var (change, mass) = (0.0, 0.0)
        guard let start = next.value.baseAddress else { return (change, mass) }
        demand.meet(
          areas, start + areas.lowerBound, stride: width, regularisation: regularisation)
        for sector in 0..<product.rowCount {
          for index in sector * width + areas.lowerBound..<sector * width + areas.upperBound {
            let old = demand.remainders.elements[index]
            change += abs(start[index] - old) * product.elements[index]
            mass += old * product.elements[index]
          }
        }
        return (change, mass)
      }
    }
    return (next, sums.reduce(0) { $0 + $1.0 }, sums.reduce(0) { $0 + $1.1 })
  }

  // MARK: State

  /// What an iteration follows from, beside the problem: a few numbers, both sides, and the last image.
  var state: [Double] {
    [
      regularisation, Double(iterationCount), marginalError, Double(stageLimit),
      Double(extrapolation.stepCount),
    ] + provision.state + demand.state + extrapolation.last.elements
  }

  /// How many numbers the state of so many areas and sectors is.
  static func stateCount(areaCount: Int, sectorCount: Int) -> Int {
    5 + areaCount * (2 + 3 * sectorCount)
  }

  /// Goes back to a state of a search for the same plan.
  mutating func resume(_ state: [Double]) {
    let panelCount = demand.masses.elements.count
    (regularisation, marginalError) = (state[0], state[2])
    (iterationCount, stageLimit) = (Int(state[1]), Int(state[3]))
    let sideCount = costs.areaCount + panelCount
    provision.restore(state[5..<5 + sideCount])
    demand.restore(state[(5 + sideCount)..<(5 + 2 * sideCount)])
    extrapolation = Extrapolation(
      last: Matrix(
        rowCount: costs.sectorCount, columnCount: costs.areaCount,
        elements: Array(state.suffix(panelCount))), stepCount: Int(state[4]))
  }

  // MARK: Kernels

  /// e^(−skill distance / ε).
  var skillKernel: Matrix {
    var kernel = costs.skill
    kernel.elements.withUnsafeMutableBufferPointer { elements in
      for index in elements.indices { elements[index] /= -regularisation }
      takeExponentials(of: elements)
    }
    return kernel
  }

  private mutating func makeKernel() {
    placeKernel = StripedMatrix(
      rowCount: costs.areaCount, columnCount: costs.areaCount, fill: placeKernelFill)
    if placeKernel.byteCount <= kernelByteLimit {
      placeKernel = placeKernel.holding(workerCount: workerCount)
    }
  }

  /// The elements of the place kernel: e^(shift of provision + shift of demand − distance / ε).
  var placeKernelFill: TiledMatrix.Fill {
    let (rowShifts, columnShifts) = (provision.shifts, demand.shifts)
    let (place, scale) = (costs.place, -1 / regularisation)
    return { rows, columns, tile in
      place.fill(rows, columns, tile)
      columnShifts.withUnsafeBufferPointer { columnShifts in
        for row in 0..<rows.count {
          let start = tile + row * columns.count
          let rowShift = rowShifts[rows.lowerBound + row]
          for column in 0..<columns.count {
            start[column] =
              start[column] * scale + (rowShift + columnShifts[columns.lowerBound + column])
          }
        }
      }
      takeExponentials(
        of: UnsafeMutableBufferPointer(start: tile, count: rows.count * columns.count))
    }
  }
}
