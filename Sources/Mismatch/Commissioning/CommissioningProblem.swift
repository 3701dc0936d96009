/// Places to be bought in areas and sectors, each area from its own budget.
///
/// Arrays of cells hold areas × sectors, row after row. A place costs `costs` pounds and can make `rates` matches;
/// matches of a cell are the smaller of rate × places and its openings. Openings are no part of the problem, since
/// a plan is judged on others than it was made for.
package struct CommissioningProblem: Sendable {
  package let areaCount: Int
  package let sectorCount: Int
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
  /// The cells of all areas in the same order.
  private let wholeOrder: [Int]

  package init(
    costs: [Double], rates: [Double], floors: [Double], caps: [Double], budgets: [Double]
  ) {
    let (areaCount, sectorCount) = (budgets.count, rates.count)
    precondition(
      [costs, floors, caps].allSatisfy { $0.count == areaCount * sectorCount }, "a value per cell")
    precondition(costs.allSatisfy { $0 > 0 } && rates.allSatisfy { $0 > 0 }, "above 0")
    (self.areaCount, self.sectorCount) = (areaCount, sectorCount)
    (self.costs, self.rates) = (costs, rates)
    (self.floors, self.caps, self.budgets) = (floors, caps, budgets)
    func sorted(_ cells: Range<Int>) -> [Int] {
      let value = cells.map { rates[$0 % sectorCount] / costs[$0] }
      return cells.sorted {
        let (first, second) = (value[$0 - cells.lowerBound], value[$1 - cells.lowerBound])
        return first == second ? $0 < $1 : first > second
      }
    }
    order = (0..<areaCount).flatMap { sorted($0 * sectorCount..<($0 + 1) * sectorCount) }
    wholeOrder = sorted(0..<costs.count)
  }

  /// The cells of an area.
  package func cells(of area: Int) -> Range<Int> { area * sectorCount..<(area + 1) * sectorCount }

  /// What an area's places cost, in pounds.
  package func cost(of places: [Double], area: Int) -> Double {
    cells(of: area).reduce(0) { $0 + costs[$1] * places[$1] }
  }

  /// What an area's places match of its openings.
  package func matched(_ places: [Double], _ openings: [Double], area: Int) -> Double {
    cells(of: area).reduce(0) { $0 + min(rate(of: $1) * places[$1], openings[$1]) }
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

  /// All cells of a group of areas in the order of ``order``.
  func order(ofGroup areas: Set<Int>) -> [Int] {
    wholeOrder.filter { areas.contains($0 / sectorCount) }
  }
}
