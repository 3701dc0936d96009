/// Seasonal-trend decomposition by local regression (STL), with the numbers of R's `stl` at `inner = 2` and, where
/// it is robust, `outer = 15`.
///
/// The median of an even number of remainders is the mean of the middle two, as in the paper and in statsmodels; R 4.2 takes
/// another one instead of the lower of them in some series, so that robust seasons of an even number of periods differ from
/// R's there (by 6e-4 for its `UKgas`).
///
/// A missing number has weight 0 in every regression, so that it is neither guessed nor taken as 0; seasons and
/// trend are there all the same, its remainder is NaN.
///
/// - Source: Cleveland, Cleveland, McRae and Terpenning (1990), Journal of Official Statistics 6 (1), 3-73,
///   https://www.scb.se/contentassets/ca21efb41fee47d293bbee5bf7be7fb3/stl-a-seasonal-trend-decomposition-procedure-based-on-loess.pdf;
///   windows and jumps that are not named are those of
///   https://stat.ethz.ch/R-manual/R-devel/library/stats/html/stl.html.
package struct SeasonalTrend: Sendable {
  /// How far the season may change from one year to the next.
  package enum SeasonalWindow: Sendable, Hashable {
    /// Not at all: each place in the season has one number.
    case periodic
    /// Seasons that take part in a local regression, an odd number.
    case seasons(Int)
  }

  /// Periods in a season, 2 or more.
  package let season: Int
  package let seasonalWindow: SeasonalWindow
  /// Periods that take part in the trend's local regression; nil for R's rule.
  package let trendWindow: Int?
  /// Whether numbers far off weigh less.
  package let isRobust: Bool

  package init(
    season: Int, seasonalWindow: SeasonalWindow, trendWindow: Int? = nil, isRobust: Bool = false
  ) {
    self.season = season
    self.seasonalWindow = seasonalWindow
    self.trendWindow = trendWindow
    self.isRobust = isRobust
  }

  /// The parts of a series; nil where it has no more than two seasons, and where too many numbers are missing for
  /// every place in the season to have one.
  package func decomposition(of series: [Double]) -> SeasonalDecomposition? {
    guard season > 1, series.count > 2 * season else { return nil }
    var weights = series.map { $0.isNaN ? 0.0 : 1 }
    var parts = Parts(count: series.count)
    update(&parts, series, weights: weights)
    for _ in 0..<(isRobust ? 15 : 0) {
      weights = Self.robustness(series, parts)
      update(&parts, series, weights: weights)
    }
    if seasonalWindow == .periodic {
      let places = SeasonalDecomposition.means(of: parts.seasonal, season: season)
      parts.seasonal = parts.seasonal.indices.map { places[$0 % season] }
    }
    guard parts.trend.allSatisfy(\.isFinite), parts.seasonal.allSatisfy(\.isFinite) else {
      return nil
    }
    return SeasonalDecomposition(series, trend: parts.trend, seasonal: parts.seasonal)
  }

  private struct Parts {
    var trend: [Double]
    var seasonal: [Double]

    init(count: Int) {
      trend = Array(repeating: 0, count: count)
      seasonal = trend
    }
  }

  // MARK: Rounds

  /// Season and trend by turns, twice.
  private func update(_ parts: inout Parts, _ series: [Double], weights: [Double]) {
    for _ in 0..<2 {
      let detrended = zip(series, parts.trend).map { $0 - $1 }
      let cycles = smoothedCycles(detrended, weights: weights)
      let level = lowPass(cycles)
      parts.seasonal = series.indices.map { cycles[season + $0] - level[$0] }
      parts.trend = trendRegression(count: series.count).smoothed(
        zip(series, parts.seasonal).map { $0 - $1 }, weights: weights)
    }
  }

  /// Each place in the season smoothed over the years, from one season before the series to one after it.
  private func smoothedCycles(_ series: [Double], weights: [Double]) -> [Double] {
    var cycles = Array(repeating: 0.0, count: series.count + 2 * season)
    let regression = seasonalRegression(count: series.count)
    for first in 0..<season {
      let places = Array(stride(from: first, to: series.count, by: season))
      let (own, ownWeights) = (places.map { series[$0] }, places.map { weights[$0] })
      let count = own.count
      let smoothed = regression.smoothed(own, weights: ownWeights)
      let (near, far) = (
        regression.neighbours(of: 1, count: count), regression.neighbours(of: count, count: count)
      )
      let before = regression.value(
        at: 0, own, weights: ownWeights, from: near.first, through: near.last)
      let after = regression.value(
        at: Double(count + 1), own, weights: ownWeights, from: far.first, through: far.last)
      let whole = [before ?? smoothed[0]] + smoothed + [after ?? smoothed[count - 1]]
      for (number, value) in whole.enumerated() { cycles[first + number * season] = value }
    }
    return cycles
  }

  /// What cycles hold besides seasons: two means over a season and one over three, smoothed.
  private func lowPass(_ cycles: [Double]) -> [Double] {
    let means = [season, season, 3].reduce(cycles) { series, window in
      Array(MovingMean.trailing(series, window: window)[(window - 1)...])
    }
    return regression(window: Self.odd(season), degree: 1).smoothed(
      means, weights: Array(repeating: 1, count: means.count))
  }

  /// Weights by the bisquare of remainders over six times their median; 0 where the series is missing.
  private static func robustness(_ series: [Double], _ parts: Parts) -> [Double] {
    let remainders = series.indices.map { abs(series[$0] - parts.trend[$0] - parts.seasonal[$0]) }
    let sorted = remainders.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return remainders.map { _ in 0 } }
    let scale = 3 * (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2])
    return remainders.map { remainder in
      guard !remainder.isNaN else { return 0 }
      if remainder <= 0.001 * scale { return 1 }
      let ratio = remainder / scale
      return remainder <= 0.999 * scale ? (1 - ratio * ratio) * (1 - ratio * ratio) : 0
    }
  }

  // MARK: Windows

  private func seasonalRegression(count: Int) -> LocalRegression {
    switch seasonalWindow {
    case .periodic: regression(window: 10 * count + 1, degree: 0)
    case .seasons(let window): regression(window: Self.odd(max(3, window)), degree: 0)
    }
  }

  private func trendRegression(count: Int) -> LocalRegression {
    let seasons = Double(seasonalRegression(count: count).window)
    let window =
      trendWindow ?? Int((1.5 * Double(season) / (1 - 1.5 / seasons)).rounded(.up))
    return regression(window: Self.odd(max(3, window)), degree: 1)
  }

  private func regression(window: Int, degree: Int) -> LocalRegression {
    LocalRegression(window: window, degree: degree, jump: (window + 9) / 10)
  }

  private static func odd(_ number: Int) -> Int { number.isMultiple(of: 2) ? number + 1 : number }
}
