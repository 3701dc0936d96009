/// Bounds of parts, tightened by the published bounds of their total.
package enum Totals {
  /// The tightest bounds of each part, given the bounds of all parts and of their sum.
  ///
  /// Sharp: each end is reached by some set of parts that fits every bound, and for whole-number bounds
  /// by whole numbers. `lower[i] = max(lower[i], total.lower - Σ_{j≠i} upper[j])` and the mirror image.
  ///
  /// - Parameters:
  ///   - lower: one bound per part, at or above 0.
  ///   - upper: as many, each at or above its lower bound; may be infinite.
  ///   - total: the bounds of the sum.
  /// - Returns: new bounds, or nil where no parts within the bounds can make that sum.
  package static func tighten(
    lower: [Double], upper: [Double], total: (lower: Double, upper: Double)
  ) -> (lower: [Double], upper: [Double])? {
    let lowerSum = lower.reduce(0, +)
    let finiteUpperSum = upper.reduce(0) { $1.isFinite ? $0 + $1 : $0 }
    let openCount = upper.count { !$0.isFinite }
    // Sums of decimals may miss a total that they make by the rounding of the additions.
    let slack = 1e-12 * max(1, lowerSum)
    guard lowerSum <= total.upper + slack, openCount > 0 || finiteUpperSum >= total.lower - slack
    else { return nil }
    var sharpLower = lower
    var sharpUpper = upper
    for part in lower.indices {
      let othersOpen = openCount - (upper[part].isFinite ? 0 : 1)
      if othersOpen == 0 {
        let others = finiteUpperSum - (upper[part].isFinite ? upper[part] : 0)
        sharpLower[part] = min(upper[part], max(lower[part], total.lower - others))
      }
      sharpUpper[part] = max(lower[part], min(upper[part], total.upper - (lowerSum - lower[part])))
    }
    return (sharpLower, sharpUpper)
  }

  /// The bounds of Σ weightᵢ xᵢ over all parts within their bounds whose sum lies within the total's.
  ///
  /// Solved exactly by giving the total's slack to the parts in order of their weights (a fractional
  /// knapsack).
  ///
  /// - Parameters:
  ///   - weights: one per part, at or above 0.
  ///   - lower: one bound per part.
  ///   - upper: as many; may be infinite.
  ///   - total: the bounds of the sum; feasible with the parts (see ``tighten(lower:upper:total:)``).
  package static func weightedBounds(
    weights: [Double], lower: [Double], upper: [Double], total: (lower: Double, upper: Double)
  ) -> (lower: Double, upper: Double) {
    let base = zip(weights, lower).reduce(0) { $0 + $1.0 * $1.1 }
    let lowerSum = lower.reduce(0, +)
    func filled(_ slack: Double, _ order: [Int]) -> Double {
      var left = max(0, slack)
      var sum = base
      for part in order where left > 0 {
        let step = min(left, upper[part] - lower[part])
        if weights[part] > 0 { sum += weights[part] * step }
        left -= step
      }
      return sum
    }
    let rising = weights.indices.sorted { (weights[$0], $0) < (weights[$1], $1) }
    return (
      filled(total.lower - lowerSum, rising), filled(total.upper - lowerSum, rising.reversed())
    )
  }
}
