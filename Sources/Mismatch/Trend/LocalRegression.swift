/// Local regression on the places of a series, counted from 1, with tricube weights.
///
/// It is worked out at some places and taken as straight between (Cleveland et al. 1990, section 2).
struct LocalRegression: Sendable {
  /// Places that take part, an odd number; more than the series has makes it smoother still.
  let window: Int
  /// 0 for local means, 1 for local lines.
  let degree: Int
  /// From one of the places where it is worked out to the next.
  let jump: Int

  /// The smoothed series.
  ///
  /// - Parameter weights: one for each number; a number of weight 0 takes no part and may be NaN.
  /// - Returns: numbers as they are where all of their neighbours have weight 0.
  func smoothed(_ series: [Double], weights: [Double]) -> [Double] {
    let count = series.count
    guard count > 1 else { return series }
    let step = min(jump, count - 1)
    var smoothed = series
    var before = 0
    var place = 0
    while place < count {
      let (first, last) = neighbours(of: place + 1, count: count)
      let fitted = value(
        at: Double(place + 1), series, weights: weights, from: first, through: last)
      if let fitted { smoothed[place] = fitted }
      let slope = (smoothed[place] - smoothed[before]) / Double(max(1, place - before))
      for between in before..<place where between > before {
        smoothed[between] = smoothed[before] + slope * Double(between - before)
      }
      before = place
      place = place == count - 1 ? count : min(place + step, count - 1)
    }
    return smoothed
  }

  /// The places nearest to one of them, counted from 1.
  func neighbours(of place: Int, count: Int) -> (first: Int, last: Int) {
    guard window < count else { return (1, count) }
    let first = min(max(1, place - (window + 1) / 2 + 1), count - window + 1)
    return (first, first + window - 1)
  }

  /// The regression at a place, which may lie beyond the series; nil where all weights are 0.
  func value(
    at place: Double, _ series: [Double], weights: [Double], from first: Int, through last: Int
  ) -> Double? {
    let count = series.count
    var reach = max(place - Double(first), Double(last) - place)
    if window > count { reach += Double((window - count) / 2) }
    var local = (first...last).map { neighbour in
      let distance = abs(Double(neighbour) - place)
      guard distance <= 0.999 * reach else { return 0.0 }
      let ratio = distance / reach
      let cube = 1 - ratio * ratio * ratio
      return (distance <= 0.001 * reach ? 1 : cube * cube * cube) * weights[neighbour - 1]
    }
    let sum = local.reduce(0, +)
    guard sum > 0 else { return nil }
    for index in local.indices { local[index] /= sum }
    if reach > 0, degree > 0 {
      let mean = local.indices.reduce(0) { $0 + local[$1] * Double(first + $1) }
      let spread = local.indices.reduce(0) { sum, index in
        let distance = Double(first + index) - mean
        return sum + local[index] * distance * distance
      }
      if spread.squareRoot() > 0.001 * Double(count - 1) {
        let slope = (place - mean) / spread
        for index in local.indices {
          local[index] *= slope * (Double(first + index) - mean) + 1
        }
      }
    }
    return local.indices.reduce(0) { value, index in
      weights[first + index - 1] == 0 ? value : value + local[index] * series[first + index - 1]
    }
  }
}
