/// Means over a window of a series in order of time.
///
/// A series has one number for each period and NaN where one is missing; a window with a missing number has no
/// mean. Each mean is one sum, earliest number first.
package enum MovingMean {
  /// The mean of each number and those before it, `window` together; NaN for the first `window - 1`.
  ///
  /// With 3 months this is the rule of the DfE's local skills dashboard, without its rounding.
  package static func trailing(_ series: [Double], window: Int) -> [Double] {
    series.indices.map { last in
      last + 1 < window ? .nan : series[(last + 1 - window)...last].reduce(0, +) / Double(window)
    }
  }

  /// The mean of each number with as many before as after it; NaN where the window leaves the series.
  ///
  /// An even window reaches one further and takes both ends by half, as R's `decompose` does
  /// (Kendall and Stuart 1983, The Advanced Theory of Statistics, volume 3, section 46.11).
  package static func centred(_ series: [Double], window: Int) -> [Double] {
    let half = window / 2
    return series.indices.map { place in
      guard place >= half, place + half < series.count else { return .nan }
      let (first, last) = (series[place - half], series[place + half])
      guard window > 1 else { return series[place] }
      let inner = series[(place - half + 1)..<(place + half)].reduce(0, +)
      let sum = window.isMultiple(of: 2) ? (first + last) / 2 + inner : first + inner + last
      return sum / Double(window)
    }
  }
}
