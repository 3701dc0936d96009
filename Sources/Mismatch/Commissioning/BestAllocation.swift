extension CommissioningProblem {
  /// The places of each area that match most of its openings within its budget, floors and caps, and what another
  /// pound would bring there.
  ///
  /// Where matches are the smaller of people and openings it is a continuous knapsack: floors first, then the cells with
  /// most matches per pound, each up to its cap or its openings (Dantzig 1957,
  /// https://doi.org/10.1287/opre.5.2.266). This is the optimum of the linear programme
  /// max Σm, m ≤ rate × x, m ≤ openings, floor ≤ x ≤ cap, Σcost × x ≤ budget; of equal plans it is the cheapest, as
  /// money that would match nothing stays unspent. The dual is the derivative to the right: where a budget is used up
  /// exactly when a cell is full, it is the value of the next cell, and 0 where none has room.
  ///
  /// A concave return has its closed form in ``fillInProportion(_:until:of:_:weight:)``, and spends all.
  ///
  /// - Parameters:
  ///   - openings: by cell, at or above 0.
  ///   - places: by cell; what it held is lost.
  ///   - duals: matches that another pound would bring, by area.
  package func fillLocally(
    for openings: [Double], _ places: inout [Double], duals: inout [Double]
  ) {
    for area in 0..<areaCount {
      duals[area] = fill(
        order[cells(of: area)], budget: budgets[area], for: openings, &places)
    }
  }

  /// The same with one budget for the areas of each pool; others keep their own.
  package func fillPooled(
    _ pools: [Pool], for openings: [Double], _ places: inout [Double], duals: inout [Double]
  ) {
    fillLocally(for: openings, &places, duals: &duals)
    for pool in pools {
      let dual = fill(pool.order[...], budget: pool.budget, for: openings, &places)
      for area in pool.areas { duals[area] = dual }
    }
  }

  private func fill(
    _ cells: ArraySlice<Int>, budget: Double, for openings: [Double], _ places: inout [Double]
  ) -> Double {
    switch matching {
    case .matched: fillInOrder(cells, budget: budget, for: openings, &places)
    case .concave(let share):
      fillConcavely(cells, vacancyShare: share, budget: budget, for: openings, &places)
    }
  }

  /// Fills cells in their order; returns what another pound would bring.
  private func fillInOrder(
    _ order: ArraySlice<Int>, budget: Double, for openings: [Double], _ places: inout [Double]
  ) -> Double {
    var left = budget
    for cell in order {
      places[cell] = floors[cell]
      left -= costs[cell] * floors[cell]
    }
    for cell in order {
      let rate = rate(of: cell)
      let room = min(caps[cell], openings[cell] / rate) - floors[cell]
      guard room > 0 else { continue }
      guard left > 0 else { return rate / costs[cell] }
      let price = room * costs[cell]
      if price > left {
        places[cell] += left / costs[cell]
        return rate / costs[cell]
      }
      places[cell] += room
      left -= price
    }
    return 0
  }

  /// The least that an area can pay to match as much as it does with some places, in pounds; infinite where its
  /// bounds do not let it match so much.
  ///
  /// - Parameters:
  ///   - matched: what is to be matched of the openings.
  ///   - places: as many numbers as cells, to work with; those of the area are lost.
  package func leastCost(
    of matched: Double, for openings: [Double], area: Int, _ places: inout [Double]
  ) -> Double {
    switch matching {
    case .matched: leastCostInOrder(of: matched, for: openings, area: area)
    case .concave(let share):
      leastConcaveCost(of: matched, vacancyShare: share, for: openings, area: area, &places)
    }
  }

  private func leastCostInOrder(of matched: Double, for openings: [Double], area: Int) -> Double {
    var cost = 0.0
    var missing = matched
    for cell in order[cells(of: area)] {
      cost += floors[cell] * costs[cell]
      missing -= min(floors[cell] * rate(of: cell), openings[cell])
    }
    for cell in order[cells(of: area)] where missing > 0 {
      let rate = rate(of: cell)
      let room = min(caps[cell], openings[cell] / rate) - floors[cell]
      guard room > 0 else { continue }
      let taken = min(room, missing / rate)
      cost += taken * costs[cell]
      missing -= taken * rate
    }
    return missing > 1e-9 * max(1, matched) ? .infinity : cost
  }
}
