import Mismatch

/// A publisher's projection beside what was counted later: two sides of a run that count the same.
struct ProjectedSeries: Sendable {
  let projected: SideSeries
  let observed: SideSeries
  /// Of the counted side; nil where the job asks for none.
  let trend: SideTrend?
  /// For each projected period, the number of the counted one whose middle it holds, also of one that is foreseen; where
  /// two fit, the later one, those with counts first.
  let numbers: [Int?]

  /// - Parameter horizon: periods that are foreseen of the counted side.
  init(projected: SideSeries, observed: SideSeries, trend: SideTrend?, horizon: Int) {
    let known = observed.periods.isKnown
    var numbers = [Int?](repeating: nil, count: projected.periods.count)
    for number in 0..<known.count + horizon {
      guard let place = projected.periods.number(holding: observed.periods.span(number)) else {
        continue
      }
      let isKnown = known.indices.contains(number) && known[number]
      if isKnown || numbers[place] == nil { numbers[place] = number }
    }
    (self.projected, self.observed, self.trend) = (projected, observed, trend)
    self.numbers = numbers
  }

  /// Whether a period of the counted side has counts.
  func isCounted(_ number: Int) -> Bool {
    observed.periods.isKnown.indices.contains(number) && observed.periods.isKnown[number]
  }
}
