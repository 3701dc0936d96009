/// Places to be bought in areas and sectors, each area from its own budget.
///
/// Arrays of cells hold areas × sectors, row after row. A place costs `costs` pounds and trains `rates` people who may
/// be matched; what they and the openings of their cell make is the `matching`. Openings are no part of the problem,
/// since a plan is judged on others than it was made for.
package struct CommissioningProblem: Sendable {
  package let areaCount: Int
  package let sectorCount: Int
  package let matching: MatchingReturn
  /// Pounds for a place, by cell; above 0.
  package let costs: [Double]
  /// Matches that a place can make, by sector; above 0.
  package let rates: [Double]
  /// The fewest and the most places, by cell; caps may be infinite.
  package let floors: [Double]
  package let caps: [Double]
  /// Pounds, by area.
  package let budgets: [Double]
  /// The cells of each area, those with most matches per pound first, equals in sector order.
  let order: [Int]

  package init(
    costs: [Double], rates: [Double], floors: [Double], caps: [Double], budgets: [Double],
    matching: MatchingReturn = .matched
  ) {
    let (areaCount, sectorCount) = (budgets.count, rates.count)
    precondition(
      [costs, floors, caps].allSatisfy { $0.count == areaCount * sectorCount }, "a value per cell")
    precondition(costs.allSatisfy { $0 > 0 } && rates.allSatisfy { $0 > 0 }, "above 0")
    (self.areaCount, self.sectorCount, self.matching) = (areaCount, sectorCount, matching)
    (self.costs, self.rates) = (costs, rates)
    (self.floors, self.caps, self.budgets) = (floors, caps, budgets)
    order = (0..<areaCount).flatMap {
      Self.sorted(Array($0 * sectorCount..<($0 + 1) * sectorCount), costs, rates)
    }
  }

  /// Cells with most matches per pound first, equals in their order.
  private static func sorted(_ cells: [Int], _ costs: [Double], _ rates: [Double]) -> [Int] {
    let value = cells.map { rates[$0 % rates.count] / costs[$0] }
    return cells.indices.sorted {
      value[$0] == value[$1] ? $0 < $1 : value[$0] > value[$1]
    }.map { cells[$0] }
  }

  /// The cells of an area.
  package func cells(of area: Int) -> Range<Int> { area * sectorCount..<(area + 1) * sectorCount }

  /// What an area's places cost, in pounds.
  package func cost(of places: [Double], area: Int) -> Double {
    cells(of: area).reduce(0) { $0 + costs[$1] * places[$1] }
  }

  /// What an area's places match of its openings.
  package func matched(_ places: [Double], _ openings: [Double], area: Int) -> Double {
    cells(of: area).reduce(0) {
      $0 + matching.matches(rate(of: $1) * places[$1], openings[$1])
    }
  }

  func rate(of cell: Int) -> Double { rates[cell % sectorCount] }

  /// Areas whose floors cost more than their budgets, with what the floors cost: no plan exists there.
  ///
  /// Within 10⁻⁹ of the budget is no more than rounding.
  package var areasWithoutPlan: [(area: Int, leastCost: Double)] {
    (0..<areaCount).compactMap { area in
      let least = cost(of: floors, area: area)
      return least > budgets[area] * (1 + 1e-9) ? (area, least) : nil
    }
  }

  /// Cells whose floor is above their cap.
  package var cellsWithoutPlan: [Int] { costs.indices.filter { floors[$0] > caps[$0] } }

  /// Areas that share the sum of their budgets.
  package struct Pool: Sendable {
    package let areas: [Int]
    let budget: Double
    /// All cells in the order of ``CommissioningProblem/order``.
    let order: [Int]
  }

  /// The pool of some areas.
  package func pool(_ areas: Set<Int>) -> Pool {
    let areas = areas.sorted()
    return Pool(
      areas: areas, budget: areas.reduce(0) { $0 + budgets[$1] },
      order: Self.sorted(areas.flatMap { Array(cells(of: $0)) }, costs, rates))
  }
}
