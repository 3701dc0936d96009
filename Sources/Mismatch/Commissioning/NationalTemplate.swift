#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One mix of places for all areas, and what it takes to find it again and again.
///
/// An area with the part b of all budgets gets θ × b places of a sector. Of all mixes θ that the sum of budgets pays
/// for, it is the one that matches most openings of all areas, as if there were neither floors nor caps:
/// Σ min(rate × θ × b, openings) is concave in each θ with a kink for every area, so spending on the sector with the
/// steepest piece per pound is the optimum of the linear programme. With a concave return the sum is K × θ^(1 - α) in
/// each sector, K = Σ openings^α (rate × b)^(1 - α), so θ is proportional to (K / cost)^(1/α).
///
/// Areas with bounds, or with costs of their own, cannot have the mix itself. They have it in proportion within their
/// bounds, at the cost that it would have had. A template so limited is a plan that an area may choose, hence never
/// better than its best one; it may be worse than today's places, which fit local openings in ways that no one mix can.
package struct NationalTemplate {
  private let problem: CommissioningProblem
  /// By area: its part of all budgets.
  private let parts: [Double]
  /// By sector: what a unit of θ costs.
  private let costs: [Double]
  private let budget: Double
  private var kinks: [Kink] = []
  private var mix: [Double]

  private struct Kink {
    let place: Double
    let part: Double
  }

  package init(_ problem: CommissioningProblem) {
    self.problem = problem
    let budget = problem.budgets.reduce(0, +)
    let parts = problem.budgets.map { budget > 0 ? $0 / budget : 0 }
    costs = (0..<problem.sectorCount).map { sector in
      parts.indices.reduce(0) {
        $0 + parts[$1] * problem.costs[$1 * problem.sectorCount + sector]
      }
    }
    (self.budget, self.parts) = (budget, parts)
    mix = Array(repeating: 0, count: problem.sectorCount)
  }

  /// Finds the mix for openings and sets places by it.
  ///
  /// - Returns: places of all areas together, by sector: θ.
  @discardableResult
  package mutating func fill(for openings: [Double], _ places: inout [Double]) -> [Double] {
    switch problem.matching {
    case .matched: findMix(for: openings)
    case .concave(let share): findConcaveMix(for: openings, vacancyShare: share)
    }
    let (mix, problem) = (mix, problem)
    let spent = budget > 0 ? zip(mix, costs).reduce(0) { $0 + $1.0 * $1.1 } / budget : 0
    for area in parts.indices {
      let (cells, part) = (problem.cells(of: area), parts[area])
      let target = min(problem.budgets[area], spent * problem.budgets[area])
      problem.fillInProportion(
        cells, until: target, of: PlacePower { problem.costs[$0] }, &places
      ) { mix[$0] * part }
    }
    return mix
  }

  private mutating func findConcaveMix(for openings: [Double], vacancyShare share: Double) {
    let width = problem.sectorCount
    let logarithms = (0..<width).map { sector in
      let brings = parts.indices.reduce(0) { sum, area in
        sum
          + problem.matching.matches(
            problem.rates[sector] * parts[area], openings[area * width + sector])
      }
      return (log(brings) - log(costs[sector])) / share
    }
    guard budget > 0, let largest = logarithms.max(), largest > -.infinity else {
      mix = mix.map { _ in 0 }
      return
    }
    let weights = logarithms.map { exp($0 - largest) }
    let factor = budget / zip(weights, costs).reduce(0) { $0 + $1.0 * $1.1 }
    mix = weights.map { $0 * factor }
  }

  private mutating func findMix(for openings: [Double]) {
    let width = problem.sectorCount
    kinks.removeAll(keepingCapacity: true)
    var next: [Int] = []
    for sector in 0..<width {
      next.append(kinks.count)
      mix[sector] = 0
      for area in parts.indices where parts[area] > 0 && openings[area * width + sector] > 0 {
        kinks.append(
          Kink(
            place: openings[area * width + sector] / (problem.rates[sector] * parts[area]),
            part: parts[area]))
      }
      kinks[next[sector]...].sort { ($0.place, $0.part) < ($1.place, $1.part) }
    }
    let ends = Array(next.dropFirst()) + [kinks.count]
    var slopes = (0..<width).map { sector in
      kinks[next[sector]..<ends[sector]].reduce(0) { $0 + $1.part } * problem.rates[sector]
        / costs[sector]
    }
    var left = budget
    while left > 0 {
      var best: Int?
      for sector in 0..<width where next[sector] < ends[sector] {
        if best.map({ slopes[sector] > slopes[$0] }) ?? true { best = sector }
      }
      guard let sector = best else { return }
      let kink = kinks[next[sector]]
      let price = (kink.place - mix[sector]) * costs[sector]
      guard price <= left else {
        mix[sector] += left / costs[sector]
        return
      }
      mix[sector] = kink.place
      left -= price
      next[sector] += 1
      slopes[sector] -= kink.part * problem.rates[sector] / costs[sector]
    }
  }
}
