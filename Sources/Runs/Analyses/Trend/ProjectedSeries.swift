import Mismatch

/// A publisher's projection beside what was counted later: two sides of a run that count the same.
struct ProjectedSeries: Sendable {
  let projected: SideSeries
  let observed: SideSeries

  /// The period of the observed side for each projected one: that whose middle it holds; the later one where two fit.
  var observedNumbers: [Int?] {
    var numbers = [Int?](repeating: nil, count: projected.periods.count)
    for number in observed.periods.labels.indices where observed.periods.isKnown[number] {
      if let place = projected.periods.number(holding: observed.periods.span(number)) {
        numbers[place] = number
      }
    }
    return numbers
  }
}
