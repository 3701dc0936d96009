/// A place in an order from the largest down, and the places that intervals leave open: "3rd, could be
/// 1st to 7th".
package struct RankRange: Sendable, Equatable {
  /// From 1; equal values share the better place.
  package let rank: Int
  /// One place below all whose whole interval lies higher.
  package let best: Int
  /// One place above all whose whole interval lies lower.
  package let worst: Int

  /// The places of values with intervals.
  ///
  /// Intervals are compared one against one: two that do not overlap at level 95 % are ordered with more
  /// than that, yet all of an order together are not held to the level.
  ///
  /// - Parameters:
  ///   - values: NaN has no place.
  ///   - intervals: one per value; an undefined end is open.
  /// - Returns: one per value, nil for NaN.
  package static func ranks(of values: [Double], within intervals: [ConfidenceInterval])
    -> [RankRange?]
  {
    let defined = values.indices.filter { !values[$0].isNaN }
    let sorted = defined.map { values[$0] }.sorted()
    let lowers = defined.map { intervals[$0].lower }.map { $0.isNaN ? -.infinity : $0 }.sorted()
    let uppers = defined.map { intervals[$0].upper }.map { $0.isNaN ? .infinity : $0 }.sorted()
    var ranks = [RankRange?](repeating: nil, count: values.count)
    for index in defined {
      let interval = intervals[index]
      let upper = interval.upper.isNaN ? .infinity : interval.upper
      let lower = interval.lower.isNaN ? -.infinity : interval.lower
      ranks[index] = RankRange(
        rank: 1 + sorted.countAbove(values[index]), best: 1 + lowers.countAbove(upper),
        worst: defined.count - uppers.countBelow(lower))
    }
    return ranks
  }
}

extension [Double] {
  /// How many of the numbers, which rise, are below a limit.
  fileprivate func countBelow(_ limit: Double) -> Int { firstIndex { $0 >= limit } }

  /// How many of the numbers, which rise, are above a limit.
  fileprivate func countAbove(_ limit: Double) -> Int { count - firstIndex { $0 > limit } }

  /// The first place from which on a condition holds, by halving.
  private func firstIndex(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
