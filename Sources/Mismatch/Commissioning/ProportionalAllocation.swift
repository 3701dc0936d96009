#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension CommissioningProblem {
  /// The places of an area in proportion to weights, within floors and caps, that cost as much as given.
  ///
  /// Places are κ × weight, or the bound that this is outside; their cost rises with κ in straight pieces, so Newton's
  /// steps within a bracket end at κ exactly. Where all caps cost less, places are the caps of cells with a weight.
  ///
  /// - Parameters:
  ///   - weight: of each cell, at or above 0.
  ///   - target: pounds; below what floors cost gives floors.
  /// - Returns: κ; 0 where places are floors, infinite where they are caps.
  @discardableResult
  func fillInProportion(
    area: Int, target: Double, _ places: inout [Double], weight: (Int) -> Double
  ) -> Double {
    let cells = cells(of: area)
    /// Sets places; returns their cost and how fast it rises.
    func set(_ factor: Double) -> (cost: Double, slope: Double) {
      var (cost, slope) = (0.0, 0.0)
      for cell in cells {
        let weight = weight(cell)
        let wanted = weight > 0 ? factor * weight : 0
        places[cell] = max(floors[cell], min(caps[cell], wanted))
        cost += costs[cell] * places[cell]
        if wanted >= floors[cell], wanted < caps[cell] { slope += costs[cell] * weight }
      }
      return (cost, slope)
    }
    guard set(0).cost < target else { return 0 }
    guard set(.infinity).cost > target else { return .infinity }
    var (low, high, factor) = (0.0, Double.infinity, 1.0)
    for _ in 0..<200 {
      let (cost, slope) = set(factor)
      if cost == target { break }
      if cost < target { low = factor } else { high = factor }
      let step = factor + (target - cost) / slope
      if step == factor { break }
      let next =
        step > low && step < high ? step : high.isInfinite ? 2 * factor : (low + high) / 2
      if next == low || next == high { break }
      factor = next
    }
    return factor
  }

  /// The places of each area that bring most by Σ openings^α (rate × x)^(1 - α), and what another pound would bring.
  ///
  /// The first-order condition makes places proportional to (openings^α rate^(1 - α) / cost)^(1/α) within bounds.
  /// Where bounds hold all cells the dual is 0.
  ///
  /// - Parameter openingsShare: α, between 0 and 1.
  package func fillConcavely(
    openingsShare: Double, for openings: [Double], _ places: inout [Double],
    duals: inout [Double]
  ) {
    let (share, labour) = (openingsShare, 1 - openingsShare)
    for area in 0..<areaCount {
      // Weights are as large as 1, since powers of pounds leave the range of doubles where α is small.
      func logOfWeight(_ cell: Int) -> Double {
        (share * log(openings[cell]) + labour * log(rate(of: cell))
          - log(costs[cell])) / share
      }
      let logarithms = cells(of: area).map(logOfWeight)
      let largest = logarithms.max() ?? 0
      guard largest > -.infinity else {
        fillInProportion(area: area, target: 0, &places) { _ in 0 }
        duals[area] = 0
        continue
      }
      let first = area * sectorCount
      let weights = logarithms.map { exp($0 - largest) }
      let factor = fillInProportion(area: area, target: budgets[area], &places) {
        weights[$0 - first]
      }
      duals[area] =
        factor.isFinite && factor > 0
        ? labour * exp(share * (largest - log(factor))) : 0
    }
  }

  /// What places bring by the concave return.
  package func concaveReturn(
    of places: [Double], for openings: [Double], openingsShare: Double, area: Int
  ) -> Double {
    cells(of: area).reduce(0) { sum, cell in
      let (openings, makes) = (openings[cell], rate(of: cell) * places[cell])
      guard openings > 0, makes > 0 else { return sum }
      return sum
        + exp(
          openingsShare * log(openings)
            + (1 - openingsShare) * log(makes))
    }
  }
}
