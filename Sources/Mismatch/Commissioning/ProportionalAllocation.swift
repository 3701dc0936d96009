#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sum over cells that grows with their places: Σ amount × places^exponent.
struct PlacePower {
  var exponent = 1.0
  /// By cell, at or above 0.
  let amount: (Int) -> Double

  func raised(_ places: Double) -> Double { exponent == 1 ? places : pow(places, exponent) }
}

extension CommissioningProblem {
  /// The places of cells in proportion to weights, within floors and caps, whose sum is as given.
  ///
  /// Places are κ × weight, or the bound that this is outside. Between the places where a cell comes to a bound the
  /// sum is a power of κ, so steps that solve it there, within a bracket, end at κ exactly. Where all caps give less,
  /// places are the caps of cells with a weight.
  ///
  /// - Parameters:
  ///   - target: below what floors give, gives floors.
  ///   - sum: such as their cost.
  ///   - weight: of each cell by its place among the cells, at or above 0.
  /// - Returns: κ; 0 where places are floors, infinite where they are caps.
  @discardableResult
  func fillInProportion(
    _ cells: some Collection<Int>, until target: Double, of sum: PlacePower,
    _ places: inout [Double], weight: (Int) -> Double
  ) -> Double {
    /// Sets places; returns their sum, and that of the part which grows with κ for κ = 1.
    func set(_ factor: Double) -> (sum: Double, growing: Double) {
      var (total, growing) = (0.0, 0.0)
      for (number, cell) in cells.enumerated() {
        let weight = weight(number)
        let wanted = weight > 0 ? factor * weight : 0
        places[cell] = max(floors[cell], min(caps[cell], wanted))
        let amount = sum.amount(cell)
        total += amount * sum.raised(places[cell])
        if wanted >= floors[cell], wanted < caps[cell] { growing += amount * sum.raised(weight) }
      }
      return (total, growing)
    }
    guard set(0).sum < target else { return 0 }
    guard set(.infinity).sum > target else { return .infinity }
    var (low, high, factor) = (0.0, Double.infinity, 1.0)
    for _ in 0..<200 {
      let (total, growing) = set(factor)
      if total == target { break }
      if total < target { low = factor } else { high = factor }
      let step =
        sum.exponent == 1
        ? factor + (target - total) / growing
        : pow(sum.raised(factor) + (target - total) / growing, 1 / sum.exponent)
      if step == factor { break }
      let next =
        step > low && step < high ? step : high.isInfinite ? 2 * factor : (low + high) / 2
      if next == low || next == high { break }
      factor = next
    }
    return factor
  }

  /// The places of cells that bring most by Σ openings^α (rate × x)^(1 - α) for a budget; returns what another pound
  /// would bring, 0 where bounds hold all cells.
  ///
  /// The first-order condition makes places proportional to (openings^α rate^(1 - α) / cost)^(1/α) within bounds.
  func fillConcavely(
    _ cells: ArraySlice<Int>, vacancyShare share: Double, budget: Double, for openings: [Double],
    _ places: inout [Double]
  ) -> Double {
    let (weights, largest) = concaveWeights(cells, share, openings)
    let factor = fillInProportion(
      cells, until: budget, of: PlacePower { costs[$0] }, &places
    ) { weights[$0] }
    return factor.isFinite && factor > 0 ? (1 - share) * exp(share * (largest - log(factor))) : 0
  }

  /// Weights of cells by the first-order condition, the largest of which is 1, and the logarithm of what that stands
  /// for: powers of pounds leave the range of doubles where α is small.
  private func concaveWeights(
    _ cells: some Collection<Int>, _ share: Double, _ openings: [Double]
  ) -> (weights: [Double], largest: Double) {
    let logarithms = cells.map { cell in
      (share * log(openings[cell]) + (1 - share) * log(rate(of: cell)) - log(costs[cell])) / share
    }
    let largest = logarithms.max() ?? -.infinity
    return (logarithms.map { largest > -.infinity ? exp($0 - largest) : 0 }, largest)
  }

  /// The least that an area can pay for a concave return, in pounds; infinite where its bounds do not let it have that.
  func leastConcaveCost(
    of matched: Double, vacancyShare share: Double, for openings: [Double], area: Int,
    _ places: inout [Double]
  ) -> Double {
    let cells = cells(of: area)
    let (weights, _) = concaveWeights(cells, share, openings)
    let brings = PlacePower(exponent: 1 - share) { [matching] cell in
      matching.matches(rate(of: cell), openings[cell])
    }
    fillInProportion(cells, until: matched, of: brings, &places) { weights[$0] }
    let isEnough = self.matched(places, openings, area: area) >= matched * (1 - 1e-9)
    return isEnough ? cost(of: places, area: area) : .infinity
  }
}
