import Dense
import Mismatch
import Support

/// A small market with random costs, openings, floors and caps; today's places cost its budgets.
struct RandomMarket {
  let problem: CommissioningProblem
  let openings: [Double]
  let current: [Double]

  init(
    _ number: Int, areaCount: Int = 4, sectorCount: Int = 5, change: Double? = 0.2,
    matching: MatchingReturn = .matched
  ) {
    var source = RandomSource(seed: 19, stream: UInt64(number))
    let cells = 0..<areaCount * sectorCount
    let sectorCosts = (0..<sectorCount).map { _ in 500 + 9500 * source.uniform() }
    current = cells.map { _ in source.happens(0.1) ? 0 : Double(source.whole(0...80)) }
    openings = cells.map { _ in source.happens(0.1) ? 0 : Double(source.whole(0...100)) }
    let costs = cells.map { sectorCosts[$0 % sectorCount] * (0.9 + 0.2 * source.uniform()) }
    problem = CommissioningProblem(
      costs: costs, rates: (0..<sectorCount).map { _ in 0.4 + source.uniform() },
      floors: current.map { places in change.map { places * (1 - $0) } ?? 0 },
      caps: current.map { places in change.map { places * (1 + $0) } ?? .infinity },
      budgets: (0..<areaCount).map { [current] area in
        var budget = 0.0
        for cell in area * sectorCount..<(area + 1) * sectorCount {
          budget += costs[cell] * current[cell]
        }
        return budget
      }, matching: matching)
  }

  var zeros: [Double] { Array(repeating: 0, count: openings.count) }

  func local() -> (places: [Double], duals: [Double]) {
    var (places, duals) = (zeros, Array(repeating: 0.0, count: problem.areaCount))
    problem.fillLocally(for: openings, &places, duals: &duals)
    return (places, duals)
  }

  func matched(_ places: [Double], _ area: Int) -> Double {
    problem.matched(places, openings, area: area)
  }

  /// The same market with budgets times a factor and pounds of another size.
  func scaled(budget: Double, pounds: Double) -> CommissioningProblem {
    CommissioningProblem(
      costs: problem.costs.map { $0 * pounds }, rates: problem.rates, floors: problem.floors,
      caps: problem.caps, budgets: problem.budgets.map { $0 * budget * pounds },
      matching: problem.matching)
  }

  /// What places of all areas match.
  func total(_ places: [Double]) -> Double {
    (0..<problem.areaCount).reduce(0) { $0 + matched(places, $1) }
  }

  /// The places of a plan of another problem of the same size, or of its own.
  func places(
    _ problem: CommissioningProblem? = nil, of plan: Plan
  ) -> [Double] {
    let problem = problem ?? self.problem
    var (places, duals) = (zeros, Array(repeating: 0.0, count: problem.areaCount))
    switch plan {
    case .local: problem.fillLocally(for: openings, &places, duals: &duals)
    case .pooled:
      problem.fillPooled(
        [problem.pool(Set(0..<problem.areaCount))], for: openings, &places, duals: &duals)
    case .template:
      var template = NationalTemplate(problem)
      template.fill(for: openings, &places)
    }
    return places
  }

  enum Plan: CaseIterable { case local, pooled, template }

  /// Most people stay; three in ten work in the next area.
  var reach: SparseMatrix {
    var entries = SparseMatrix.Entries()
    for area in 0..<problem.areaCount {
      entries.add(row: area, column: area, weight: 0.7)
      entries.add(row: area, column: (area + 1) % problem.areaCount, weight: 0.3)
    }
    return SparseMatrix(
      rowCount: problem.areaCount, columnCount: problem.areaCount, entries: entries)
  }
}
