import Dense
import Mismatch
import Support
import Testing

/// What holds of every plan on every market, for both kinds of return.
struct CommissioningLawTests {
  private static let returns = [MatchingReturn.matched, .concave(vacancyShare: 0.3)]

  /// Markets with and without limits on change, and with both returns.
  private func markets(_ number: Int) -> [RandomMarket] {
    Self.returns.flatMap { matching in
      [nil, 0.2].map { RandomMarket(number, change: $0, matching: matching) }
    }
  }

  @Test("No plan leaves floors, caps or budgets", arguments: 0..<15)
  func bounds(number: Int) {
    for market in markets(number) {
      let problem = market.problem
      for plan in RandomMarket.Plan.allCases {
        let places = market.places(of: plan)
        for cell in places.indices {
          #expect(places[cell] >= problem.floors[cell] - 1e-9)
          #expect(places[cell] <= problem.caps[cell] + 1e-9)
        }
        let costs = (0..<problem.areaCount).map { problem.cost(of: places, area: $0) }
        let whole = problem.budgets.reduce(0, +)
        #expect(costs.reduce(0, +) <= whole + 1e-9 * max(1, whole))
        guard plan != .pooled else { continue }
        for area in costs.indices {
          #expect(costs[area] <= problem.budgets[area] + 1e-9 * max(1, problem.budgets[area]))
        }
      }
    }
  }

  @Test(
    "On the counts that made them, pooled is at least local, and local any other plan",
    arguments: 0..<15)
  func order(number: Int) {
    for market in markets(number) {
      let local = market.places(of: .local)
      let rounding = 1e-9 * max(1, market.total(local))
      #expect(market.total(market.places(of: .pooled)) >= market.total(local) - rounding)
      for other in [market.places(of: .template), market.current] {
        for area in 0..<market.problem.areaCount {
          #expect(market.matched(local, area) >= market.matched(other, area) - rounding)
        }
      }
    }
  }

  @Test(
    "More money never matches fewer, and the size of a pound changes nothing", arguments: 0..<15)
  func money(number: Int) {
    for market in markets(number) {
      for plan in RandomMarket.Plan.allCases {
        let total = market.total(market.places(of: plan))
        let rounding = 1e-9 * max(1, total)
        let doubled = market.places(market.scaled(budget: 1, pounds: 2), of: plan)
        #expect(Closeness.either(1e-9).holds(market.total(doubled), total))
        // A template within bounds is no optimum: only the mix itself is.
        guard plan != .template else { continue }
        let richer = market.places(market.scaled(budget: 1.05, pounds: 1), of: plan)
        #expect(market.total(richer) >= total - rounding)
      }
    }
  }

  @Test("A template without bounds matches more for more money, and no fewer than a common mix")
  func template() {
    for number in 0..<25 {
      for matching in Self.returns {
        let market = RandomMarket(number, change: nil, matching: matching)
        let width = market.problem.sectorCount
        let costs = market.openings.indices.map { market.problem.costs[$0 % width] }
        let sizes = [1.0, 2, 0.5, 3]
        let common = market.openings.indices.map {
          sizes[$0 / width] * market.current[$0 % width]
        }
        func problem(_ budget: Double) -> CommissioningProblem {
          CommissioningProblem(
            costs: costs, rates: market.problem.rates, floors: market.problem.floors,
            caps: market.problem.caps,
            budgets: sizes.map { size in
              budget * size * (0..<width).reduce(0) { $0 + costs[$1] * market.current[$1] }
            }, matching: matching)
        }
        let total = market.total(market.places(problem(1), of: .template))
        let rounding = 1e-9 * max(1, total)
        #expect(total >= market.total(common) - rounding)
        #expect(market.total(market.places(problem(1.1), of: .template)) >= total - rounding)
      }
    }
  }

  /// Where no cell is at a bound, pounds moved from one to another bring nothing; at a bound they bring less.
  @Test("No pounds moved between two cells add to a concave plan", arguments: 0..<15)
  func concaveIsOptimal(number: Int) {
    for change in [nil, 0.2] {
      let market = RandomMarket(number, change: change, matching: .concave(vacancyShare: 0.3))
      let problem = market.problem
      let places = market.places(of: .local)
      for area in 0..<problem.areaCount {
        let found = market.matched(places, area)
        for from in problem.cells(of: area) {
          for to in problem.cells(of: area) where to != from {
            var moved = places
            let pounds = min(
              100, (places[from] - problem.floors[from]) * problem.costs[from],
              (problem.caps[to] - places[to]) * problem.costs[to])
            moved[from] -= pounds / problem.costs[from]
            moved[to] += pounds / problem.costs[to]
            #expect(market.matched(moved, area) <= found * (1 + 1e-12))
          }
        }
      }
    }
  }

  @Test(
    "A concave dual is the next pound, and the least cost of a plan's matches its budget",
    arguments: 0..<15)
  func concaveDuals(number: Int) {
    for change in [nil, 0.2] {
      let market = RandomMarket(number, change: change, matching: .concave(vacancyShare: 0.3))
      let (places, duals) = market.local()
      let more = market.places(market.scaled(budget: 1 + 1e-6, pounds: 1), of: .local)
      var scratch = market.zeros
      for area in 0..<market.problem.areaCount {
        let (budget, matched) = (market.problem.budgets[area], market.matched(places, area))
        guard duals[area] > 0 else { continue }
        let difference = (market.matched(more, area) - matched) / (1e-6 * budget)
        // Curvature over a millionth of the budget, and digits lost by the difference.
        #expect(Closeness.relative(1e-5).holds(difference, duals[area]))
        let least = market.problem.leastCost(
          of: matched, for: market.openings, area: area, &scratch)
        #expect(Closeness.relative(1e-9).holds(least, budget))
        let half = market.problem.leastCost(
          of: market.matched(market.current, area), for: market.openings, area: area, &scratch)
        #expect(half <= budget * (1 + 1e-9))
      }
    }
  }

  @Test("Where money ends as a cell is full, the dual is the next cell's worth, not the last one's")
  func degenerateDuals() {
    func dual(_ budget: Double) -> (matched: Double, dual: Double) {
      let problem = CommissioningProblem(
        costs: [1000, 2000, 4000], rates: [1, 1, 1], floors: [0, 0, 0],
        caps: [.infinity, .infinity, .infinity], budgets: [budget])
      var (places, duals) = ([0.0, 0, 0], [0.0])
      problem.fillLocally(for: [10, 10, 10], &places, duals: &duals)
      return (problem.matched(places, [10, 10, 10], area: 0), duals[0])
    }
    for budget in [0.0, 10_000, 30_000, 70_000] {
      let (matched, found) = dual(budget)
      #expect(Closeness.either(1e-12).holds(dual(budget + 100).matched - matched, 100 * found))
      if budget > 0 { #expect((matched - dual(budget - 100).matched) / 100 > found * 1.5) }
    }
  }

  @Test(
    "A commuting plan keeps bounds, is proved best, and its duals enclose the next pound",
    arguments: 0..<10)
  func commuting(number: Int) throws {
    for change in [nil, 0.2] {
      let market = RandomMarket(number, change: change)
      let problem = market.problem
      func plan(_ problem: CommissioningProblem) throws -> CommutingPlan {
        try #require(
          CommutingPlan(problem, reach: market.reach, openings: market.openings))
      }
      let found = try plan(problem)
      let total = found.matched.reduce(0, +)
      #expect(abs(found.gap) <= 1e-9 * total)
      for cell in found.places.indices {
        #expect(found.places[cell] >= problem.floors[cell])
        #expect(found.places[cell] <= problem.caps[cell] + 1e-9)
      }
      let doubled = try plan(market.scaled(budget: 1, pounds: 2)).matched.reduce(0, +)
      #expect(Closeness.either(1e-9).holds(doubled, total))
      for plan in [RandomMarket.Plan.local, .template] {
        let other = CommutingPlan.matched(
          market.places(of: plan), problem, reach: market.reach, openings: market.openings)
        #expect(total >= other.reduce(0, +) - 1e-9 * total)
      }
      for area in 0..<problem.areaCount {
        #expect(problem.cost(of: found.places, area: area) <= problem.budgets[area] * (1 + 1e-12))
        func most(with pounds: Double) throws -> Double {
          var budgets = problem.budgets
          budgets[area] += pounds
          return try plan(
            CommissioningProblem(
              costs: problem.costs, rates: problem.rates, floors: problem.floors,
              caps: problem.caps, budgets: budgets)
          ).matched.reduce(0, +)
        }
        // 1 pound matches some 10⁻⁴; sums of some hundred matches have 13 digits after Clp.
        let (more, fewer) = (try most(with: 1) - total, total - (try most(with: -1)))
        #expect(more >= -1e-9 && more <= found.duals[area] + 1e-9)
        #expect(fewer >= found.duals[area] - 1e-9)
      }
    }
  }
}
