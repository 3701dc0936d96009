import Dense

/// Places of all areas that match most openings where those who are trained may commute to them.
///
/// Those trained in area i reach area j in the part w of the commuting matrix. Matches in j are the smaller of its
/// openings and Σ_i w × rate × x_i: flows of people bounded by w × rate × x_i and by openings give the same sum, so
/// they need no variables. The linear programme max Σm is solved by Clp, sparse.
package struct CommutingPlan: Sendable {
  /// By cell of the area that trains.
  package let places: [Double]
  /// By cell of the area with the openings.
  package let matched: [Double]
  /// Matches that another pound would bring, by area.
  package let duals: [Double]

  /// The plan; nil where none exists.
  ///
  /// - Parameter reach: origins × destinations, the part of each origin's people that works there; rows sum to 1 or
  ///   less.
  package init?(_ problem: CommissioningProblem, reach: SparseMatrix, openings: [Double]) {
    guard problem.cellsWithoutPlan.isEmpty else { return nil }
    let (areaCount, sectorCount) = (problem.areaCount, problem.sectorCount)
    let cellCount = areaCount * sectorCount
    // Row j of a cell: matches - Σ reach ≤ 0; after them the budgets, in units that make them comparable.
    let unit = max(1, problem.costs.max() ?? 1)
    var programme = LinearProgramme(
      rows: Array(repeating: -Double.infinity...0, count: cellCount)
        + problem.budgets.map { -.infinity...$0 / unit })
    for cell in 0..<cellCount {
      let (area, sector) = cell.quotientAndRemainder(dividingBy: sectorCount)
      var entries = reach.row(area).map { entry in
        (
          row: entry.column * sectorCount + sector,
          coefficient: -entry.weight * problem.rates[sector]
        )
      }
      entries.append((row: cellCount + area, coefficient: problem.costs[cell] / unit))
      programme.addVariable(
        cost: 0, within: problem.floors[cell]...problem.caps[cell], entries)
    }
    for cell in 0..<cellCount {
      programme.addVariable(cost: -1, within: 0...openings[cell], [(row: cell, coefficient: 1)])
    }
    guard let optimum = programme.optimum() else { return nil }
    places = Array(optimum.values[..<cellCount])
    matched = Array(optimum.values[cellCount...])
    duals = optimum.prices[cellCount...].map { -$0 / unit }
  }

  /// What places match of openings in reach, by cell of the openings.
  package static func matched(
    _ places: [Double], _ problem: CommissioningProblem, reach: SparseMatrix, openings: [Double]
  ) -> [Double] {
    var reached = Array(repeating: 0.0, count: openings.count)
    for area in 0..<problem.areaCount {
      for entry in reach.row(area) {
        for sector in 0..<problem.sectorCount {
          reached[entry.column * problem.sectorCount + sector] +=
            entry.weight * problem.rates[sector] * places[area * problem.sectorCount + sector]
        }
      }
    }
    return zip(reached, openings).map { min($0, $1) }
  }
}
