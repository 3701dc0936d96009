/// An indicator of one period: a figure for each area, and one for all areas together.
package struct Indicator: Sendable, Equatable {
  /// In the order of the areas; a figure without a number says why in its status.
  package let areas: [Figure]
  /// All areas together; `incomplete` where areas without a number are left out.
  package let all: Figure

  /// Counts, which add up over areas.
  ///
  /// - Parameter counts: at or above 0, by area.
  package init(counts: [Figure]) {
    areas = counts
    let kept = counts.indices.filter { counts[$0].isDefined }
    all = Indicator.sum(of: counts, over: kept)
  }

  /// Counts divided by others: areas by their own, and all areas by their sums.
  ///
  /// Areas without a number on either of the two take no part in the sums. See ``Figure/per(_:of:)`` for
  /// bounds and division by 0.
  ///
  /// - Parameters:
  ///   - counts, divisors: at or above 0, by area.
  ///   - multiplier: how many of the divisor a ratio is for, above 0.
  package init(counts: [Figure], per multiplier: Double, of divisors: [Figure]) {
    areas = zip(counts, divisors).map { $0.per(multiplier, of: $1) }
    let kept = counts.indices.filter { counts[$0].isDefined && divisors[$0].isDefined }
    all = Indicator.sum(of: counts, over: kept)
      .per(multiplier, of: Indicator.sum(of: divisors, over: kept))
  }

  /// Rates, which are never added up: all areas together have none (`z`).
  package init(rates: [Figure]) {
    areas = rates
    all = .undefined(.notApplicable)
  }

  private static func sum(of figures: [Figure], over kept: [Int]) -> Figure {
    guard !kept.isEmpty else { return .undefined([.unknown, .incomplete]) }
    var sum = Profile(parts: kept.map { figures[$0] }).total
    if kept.count < figures.count { sum.status.insert(.incomplete) }
    return sum
  }
}
