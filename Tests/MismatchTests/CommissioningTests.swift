import Dense
import Mismatch
import Support
import Testing

private let areas = Set(0..<4)

struct CommissioningTests {
  /// max Σm, m ≤ rate × x, m ≤ V, floor ≤ x ≤ cap, cost × x ≤ budget, by Clp.
  private func programme(_ market: RandomMarket, area: Int, budget: Double) throws -> (
    matched: Double, dual: Double
  ) {
    let problem = market.problem
    let width = problem.sectorCount
    var programme = LinearProgramme(
      rows: Array(repeating: -Double.infinity...0, count: width) + [-.infinity...budget / 1000])
    for (row, cell) in problem.cells(of: area).enumerated() {
      programme.addVariable(
        cost: 0, within: problem.floors[cell]...problem.caps[cell],
        [(row, -problem.rates[row]), (width, problem.costs[cell] / 1000)])
      programme.addVariable(cost: -1, within: 0...market.openings[cell], [(row, 1)])
    }
    let optimum = try #require(programme.optimum())
    let matched = stride(from: 1, to: 2 * width, by: 2).reduce(0) { $0 + optimum.values[$1] }
    return (matched, -optimum.prices[width] / 1000)
  }

  @Test("Greedy equals the linear programme, and its dual the next pound", arguments: 0..<25)
  func greedyIsOptimal(number: Int) throws {
    for change in [nil, 0.2] {
      let market = RandomMarket(number, change: change)
      let (places, duals) = market.local()
      for area in 0..<4 {
        let (matched, dual) = try programme(
          market, area: area, budget: market.problem.budgets[area])
        #expect(Closeness.either(1e-9).holds(market.matched(places, area), matched))
        let more = market.scaled(budget: 1 + 1e-7, pounds: 1)
        var (filled, others) = (market.zeros, duals)
        more.fillLocally(for: market.openings, &filled, duals: &others)
        let extra = more.budgets[area] - market.problem.budgets[area]
        let difference = market.matched(filled, area) - market.matched(places, area)
        if extra > 0 { #expect(abs(difference / extra - duals[area]) < 1e-6 * 1e-3) }
        #expect(duals[area] <= dual + 1e-9)
      }
    }
  }

  @Test("No plan leaves its bounds and none is better than the local one", arguments: 0..<25)
  func laws(number: Int) {
    for change in [nil, 0.2] {
      let market = RandomMarket(number, change: change)
      let problem = market.problem
      let (local, duals) = market.local()
      var (pooled, template, scratch) = (market.zeros, market.zeros, market.zeros)
      var others = duals
      problem.fillPooled([problem.pool(areas)], for: market.openings, &pooled, duals: &others)
      var finder = NationalTemplate(problem)
      finder.fill(for: market.openings, &template)
      for plan in [local, template] {
        for cell in plan.indices {
          #expect(plan[cell] >= problem.floors[cell] - 1e-9)
          #expect(plan[cell] <= problem.caps[cell] + 1e-9)
        }
        for area in areas {
          let budget = problem.budgets[area]
          #expect(problem.cost(of: plan, area: area) <= budget * (1 + 1e-12) + 1e-9)
          #expect(market.matched(plan, area) <= market.matched(local, area) + 1e-9)
        }
      }
      let total = { (plan: [Double]) in areas.sorted().reduce(0) { $0 + market.matched(plan, $1) } }
      #expect(total(pooled) >= total(local) - 1e-9)
      let spent = areas.sorted().reduce(0) { $0 + problem.cost(of: pooled, area: $1) }
      let budget = problem.budgets.reduce(0, +)
      #expect(spent <= budget * (1 + 1e-12) + 1e-9)
      for area in areas {
        #expect(market.matched(local, area) >= market.matched(market.current, area) - 1e-9)
        let least = problem.leastCost(
          of: market.matched(market.current, area), for: market.openings, area: area, &scratch)
        #expect(least <= problem.budgets[area] * (1 + 1e-12))
      }
    }
  }

  @Test(
    "More money never matches fewer, and the size of a pound changes nothing", arguments: 0..<10)
  func money(number: Int) {
    let market = RandomMarket(number)
    let (places, _) = market.local()
    var (richer, duals) = (market.zeros, Array(repeating: 0.0, count: 4))
    market.scaled(budget: 1.1, pounds: 1).fillLocally(
      for: market.openings, &richer, duals: &duals)
    for area in areas {
      #expect(market.matched(richer, area) >= market.matched(places, area))
    }
    let doubled = market.scaled(budget: 1, pounds: 2)
    var same = market.zeros
    doubled.fillLocally(for: market.openings, &same, duals: &duals)
    #expect(areIdentical(same, places))
    var (first, second) = (market.zeros, market.zeros)
    var templates = (NationalTemplate(market.problem), NationalTemplate(doubled))
    templates.0.fill(for: market.openings, &first)
    templates.1.fill(for: market.openings, &second)
    #expect(areIdentical(first, second))
  }

  @Test("Whole places by trial are never better than greedy")
  func bruteForce() {
    for number in 0..<20 {
      let market = RandomMarket(number, areaCount: 1, sectorCount: 3, change: nil)
      let (problem, budget) = (market.problem, 20_000.0)
      let small = CommissioningProblem(
        costs: problem.costs, rates: problem.rates, floors: problem.floors, caps: problem.caps,
        budgets: [budget])
      var (places, duals) = (market.zeros, [0.0])
      small.fillLocally(for: market.openings, &places, duals: &duals)
      var best = 0.0
      for a in 0...40 {
        for b in 0...40 {
          for c in 0...40 {
            let trial = [Double(a), Double(b), Double(c)]
            guard small.cost(of: trial, area: 0) <= budget else { continue }
            best = max(best, market.matched(trial, 0))
          }
        }
      }
      let found = market.matched(places, 0)
      // A whole place of each sector is what rounding may lose.
      let rounding = problem.rates.reduce(0, +)
      #expect(found >= best - 1e-9)
      #expect(found <= best + rounding)
    }
  }

  @Test("Without commuting the programme over areas is the local plan; with it never worse")
  func commuting() throws {
    for number in 0..<10 {
      let market = RandomMarket(number)
      let (places, _) = market.local()
      let total = areas.sorted().reduce(0) { $0 + market.matched(places, $1) }
      let alone = try #require(
        CommutingPlan(
          market.problem, reach: .identity(count: 4), openings: market.openings))
      #expect(Closeness.either(1e-9).holds(alone.matched.reduce(0, +), total))
      let reach = market.reach
      let plan = try #require(
        CommutingPlan(market.problem, reach: reach, openings: market.openings))
      let score = { (places: [Double]) in
        CommutingPlan.matched(places, market.problem, reach: reach, openings: market.openings)
          .reduce(0, +)
      }
      #expect(score(plan.places) >= max(score(places), score(market.current)) - 1e-9 * total)
      #expect(Closeness.either(1e-9).holds(score(plan.places), plan.matched.reduce(0, +)))
    }
  }

  @Test("The mix of a template is that of the linear programme", arguments: 0..<25)
  func templateIsOptimal(number: Int) throws {
    let market = RandomMarket(number, areaCount: 12, change: nil)
    let width = market.problem.sectorCount
    let problem = CommissioningProblem(
      costs: market.openings.indices.map { market.problem.costs[$0 % width] },
      rates: market.problem.rates, floors: market.problem.floors, caps: market.problem.caps,
      budgets: market.problem.budgets)
    var (places, template) = (market.zeros, NationalTemplate(problem))
    template.fill(for: market.openings, &places)
    let whole = problem.budgets.reduce(0, +)
    var programme = LinearProgramme(
      rows: Array(repeating: -Double.infinity...0, count: market.openings.count)
        + [-.infinity...whole / 1000])
    for sector in 0..<width {
      var entries = (0..<12).map { area in
        (
          row: area * width + sector,
          coefficient: -problem.rates[sector] * problem.budgets[area] / whole
        )
      }
      entries.append((row: market.openings.count, coefficient: problem.costs[sector] / 1000))
      programme.addVariable(cost: 0, within: 0...Double.infinity, entries)
    }
    for cell in market.openings.indices {
      programme.addVariable(
        cost: -1, within: 0...market.openings[cell], [(row: cell, coefficient: 1)])
    }
    let optimum = try #require(programme.solution())[width...].reduce(0, +)
    let found = (0..<12).reduce(0) { $0 + problem.matched(places, market.openings, area: $1) }
    #expect(Closeness.either(1e-9).holds(found, optimum))
  }

  @Test("Floors beyond a budget have no plan")
  func infeasible() {
    let problem = CommissioningProblem(
      costs: [10, 10, 10, 10], rates: [1, 1], floors: [3, 3, 0, 5], caps: [9, 9, 9, 4],
      budgets: [50, 100])
    #expect(problem.areasWithoutPlan.map(\.area) == [0])
    #expect(problem.areasWithoutPlan.map(\.leastCost) == [60])
    #expect(problem.cellsWithoutPlan == [3])
    #expect(CommutingPlan(problem, reach: .identity(count: 2), openings: [1, 1, 1, 1]) == nil)
  }
}

/// As HOW.md of c10 states: objectives to 10⁻⁶, duals to 10⁻⁹.
struct CommissioningReferenceTests {
  private struct Case {
    let codes: [String]
    let bounded: CommissioningProblem
    let free: CommissioningProblem
    let openings: [Double]
    let current: [Double]

    init() throws {
      func rows(_ name: String) throws -> [Reference.Row] {
        try Reference.rows("c10-allocation/\(name).csv")
      }
      let (budgets, sectors, cells) = try (
        rows("input_budget"), rows("input_sector"), rows("input_cells")
      )
      codes = try budgets.map { try $0.text("area") }
      let costs = try sectors.map { try $0.number("unit_cost_gbp") }
      let all = cells.indices.map { costs[$0 % costs.count] }
      let rates = try sectors.map { try $0.number("job_entry_probability") }
      let money = try budgets.map { try $0.number("budget_gbp") }
      openings = try cells.map { try $0.number("vacancies") }
      current = try cells.map { try $0.number("current_trainees") }
      bounded = CommissioningProblem(
        costs: all, rates: rates, floors: try cells.map { try $0.number("floor") },
        caps: try cells.map { try $0.number("capacity") }, budgets: money)
      free = CommissioningProblem(
        costs: all, rates: rates, floors: all.map { _ in 0 }, caps: all.map { _ in .infinity },
        budgets: money)
    }

    func total(_ places: [Double]) -> Double {
      codes.indices.reduce(0) { $0 + bounded.matched(places, openings, area: $1) }
    }
  }

  @Test("Plans of areas, of all and of one mix equal HiGHS", .enabled(if: Reference.mayRun))
  func plans() throws {
    let reference = try Case()
    var (places, duals) = (reference.openings, reference.bounded.budgets)
    reference.bounded.fillLocally(for: reference.openings, &places, duals: &duals)
    for (area, row) in try Reference.rows("c10-allocation/expected_local_lp.csv").enumerated() {
      let matched = reference.bounded.matched(places, reference.openings, area: area)
      #expect(Closeness.absolute(1e-6).holds(matched, try row.number("matched_optimal")))
      #expect(
        Closeness.absolute(1e-9).holds(duals[area], try row.number("shadow_price_jobs_per_gbp")))
      let now = reference.bounded.matched(
        reference.current, reference.openings, area: area)
      #expect(now <= (try row.number("matched_current_mix_unscaled")) + 1e-9)
    }
    var found = ["local_budgets_floor_cap": reference.total(places)]
    reference.bounded.fillPooled(
      [reference.bounded.pool(Set(reference.codes.indices))], for: reference.openings, &places,
      duals: &duals)
    found["pooled_budget_floor_cap"] = reference.total(places)
    reference.free.fillLocally(for: reference.openings, &places, duals: &duals)
    found["local_free_no_floor_cap"] = reference.total(places)
    var template = NationalTemplate(reference.free)
    template.fill(for: reference.openings, &places)
    found["national_template_no_floor_cap"] = reference.total(places)
    for row in try Reference.rows("c10-allocation/expected_system.csv") {
      let value = try #require(found[try row.text("item")])
      #expect(Closeness.absolute(1e-6).holds(value, try row.number("value")), "\(row)")
    }
    // One mix for all is no better than today's places here: that it is would be no law.
    #expect(reference.total(places) < reference.total(reference.current))
  }

  @Test("The concave return equals Clarabel", .enabled(if: Reference.mayRun))
  func concave() throws {
    let reference = try Case()
    var (places, duals) = (reference.openings, reference.free.budgets)
    let problem = CommissioningProblem(
      costs: reference.free.costs, rates: reference.free.rates.map { _ in 1 },
      floors: reference.free.floors, caps: reference.free.caps, budgets: reference.free.budgets,
      matching: .concave(vacancyShare: 0.5))
    problem.fillLocally(for: reference.openings, &places, duals: &duals)
    let expected = try Reference.rows("c10-allocation/expected_concave_alpha0.5.csv")
    for (area, row) in expected.enumerated() {
      let value = problem.matched(places, reference.openings, area: area)
      #expect(Closeness.absolute(1e-6).holds(value, try row.number("matches")))
      #expect(
        Closeness.absolute(1e-9).holds(
          duals[area], try row.number("shadow_price_matches_per_gbp")))
    }
  }
}
