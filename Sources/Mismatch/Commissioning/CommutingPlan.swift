import Dense

/// Places of all areas that match most openings where those who are trained may commute to them.
///
/// Those trained in area i reach area j in the part w of the commuting matrix. Matches in j are the smaller of its
/// openings and Σ_i w × rate × x_i: flows of people bounded by w × rate × x_i and by openings give the same sum, so
/// they need no variables. The linear programme max Σm is solved by Clp, sparse. Several plans may match as many; it
/// gives one, always the same, which need not be the cheapest.
package struct CommutingPlan: Sendable {
  /// By cell of the area that trains; within bounds and budgets to rounding.
  package let places: [Double]
  /// By cell of the area with the openings.
  package let matched: [Double]
  /// Matches that another pound would bring, by area.
  package let duals: [Double]
  /// How many more matches there could be at most: the programme's dual bound less what is matched, at or above 0 but
  /// for rounding.
  package let gap: Double

  /// The plan; nil where none exists.
  ///
  /// - Parameter reach: origins × destinations, the part of each origin's people that works there; rows sum to 1 or
  ///   less.
  package init?(_ problem: CommissioningProblem, reach: SparseMatrix, openings: [Double]) {
    guard problem.cellsWithoutPlan.isEmpty, problem.areasWithoutPlan.isEmpty else { return nil }
    let cellCount = problem.areaCount * problem.sectorCount
    let unit = max(1, problem.costs.max() ?? 1)
    let programme = Self.programme(problem, reach, openings, pounds: unit)
    let method: LinearProgramme.Method =
      problem.caps.allSatisfy(\.isFinite) ? .automatic : .barrier
    guard let optimum = programme.optimum(by: method) else { return nil }
    places = problem.bounded(Array(optimum.values[..<cellCount]))
    matched = Self.matched(places, problem, reach: reach, openings: openings)
    duals = optimum.prices[cellCount...].map { max(0, -$0 / unit) }
    gap =
      Self.bound(
        problem, reach, openings, values: optimum.prices[..<cellCount].map { min(1, max(0, -$0)) },
        duals) - matched.reduce(0, +)
  }

  /// Row j of a cell says matches - Σ reach ≤ 0; after them come the budgets, in units that make them comparable.
  private static func programme(
    _ problem: CommissioningProblem, _ reach: SparseMatrix, _ openings: [Double],
    pounds unit: Double
  ) -> LinearProgramme {
    let width = problem.sectorCount
    let cellCount = problem.areaCount * width
    var programme = LinearProgramme(
      rows: Array(repeating: -Double.infinity...0, count: cellCount)
        + problem.budgets.map { -.infinity...$0 / unit })
    for cell in 0..<cellCount {
      let (area, sector) = cell.quotientAndRemainder(dividingBy: width)
      var entries = reach.row(area).map { entry in
        (row: entry.column * width + sector, coefficient: -entry.weight * problem.rates[sector])
      }
      entries.append((row: cellCount + area, coefficient: problem.costs[cell] / unit))
      programme.addVariable(
        cost: 0, within: problem.floors[cell]...problem.looseCap(of: cell), entries)
    }
    for cell in 0..<cellCount {
      programme.addVariable(cost: -1, within: 0...openings[cell], [(row: cell, coefficient: 1)])
    }
    return programme
  }

  /// The most that can be matched, by weak duality: whatever the prices, Lagrange's bound is no less than any plan.
  ///
  /// - Parameters:
  ///   - values: of a person who reaches a cell, by cell, from 0 to 1.
  ///   - duals: matches for a pound, by area, at or above 0.
  private static func bound(
    _ problem: CommissioningProblem, _ reach: SparseMatrix, _ openings: [Double],
    values: [Double], _ duals: [Double]
  ) -> Double {
    let width = problem.sectorCount
    var bound = zip(values, openings).reduce(0) { $0 + (1 - $1.0) * $1.1 }
    for area in 0..<problem.areaCount {
      bound += duals[area] * problem.budgets[area]
      for cell in problem.cells(of: area) {
        let sector = cell % width
        let brings = reach.row(area).reduce(0) {
          $0 + $1.weight * values[$1.column * width + sector]
        }
        let net = problem.rates[sector] * brings - duals[area] * problem.costs[cell]
        bound += net * (net > 0 ? problem.payableCap(of: cell) : problem.floors[cell])
      }
    }
    return bound
  }

  /// What places match of openings in reach, by cell of the openings.
  package static func matched(
    _ places: [Double], _ problem: CommissioningProblem, reach: SparseMatrix, openings: [Double]
  ) -> [Double] {
    zip(reached(places, problem, reach: reach), openings).map { min($0, $1) }
  }

  /// How many of those trained reach each cell.
  package static func reached(
    _ places: [Double], _ problem: CommissioningProblem, reach: SparseMatrix
  ) -> [Double] {
    let width = problem.sectorCount
    var reached = Array(repeating: 0.0, count: places.count)
    for area in 0..<problem.areaCount {
      for entry in reach.row(area) {
        for sector in 0..<width {
          reached[entry.column * width + sector] +=
            entry.weight * problem.rates[sector] * places[area * width + sector]
        }
      }
    }
    return reached
  }
}

extension CommissioningProblem {
  /// The cap of a cell, or more than its area can pay for there.
  ///
  /// Clp needs caps to be fast; this one never binds, so that what money is worth stays with the budget.
  fileprivate func looseCap(of cell: Int) -> Double {
    min(caps[cell], floors[cell] + 2 * max(1, budgets[cell / sectorCount]) / costs[cell])
  }

  /// The cap of a cell, or what its area can pay for there beside its other floors.
  fileprivate func payableCap(of cell: Int) -> Double {
    let area = cell / sectorCount
    let left = max(0, budgets[area] - cost(of: floors, area: area))
    return min(caps[cell], floors[cell] + left / costs[cell])
  }

  /// Places put within floors, caps and budgets that a solver keeps within its tolerance.
  fileprivate func bounded(_ places: [Double]) -> [Double] {
    var bounded = places.indices.map { max(floors[$0], min(caps[$0], places[$0])) }
    for area in 0..<areaCount {
      let (cost, least) = (cost(of: bounded, area: area), cost(of: floors, area: area))
      guard cost > budgets[area], cost > least else { continue }
      let kept = max(0, budgets[area] - least) / (cost - least)
      for cell in cells(of: area) {
        bounded[cell] = floors[cell] + (bounded[cell] - floors[cell]) * kept
      }
    }
    return bounded
  }
}
