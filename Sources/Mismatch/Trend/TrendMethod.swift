import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How the trend of a series is found.
package struct TrendMethod: Sendable {
  package enum Model: Sendable {
    /// Means over so many periods, no forecast.
    case trailingMean(window: Int)
    case centredMean(window: Int)
    /// Season and trend by local regression, no forecast.
    case seasonalTrend(SeasonalTrend)
    /// A local level after a season that does not change, where there is one: variances by maximum likelihood.
    case localLevel(season: Int?)
  }

  package let model: Model
  /// Whether logarithms are decomposed, so that the parts multiply; counts below 1 are then taken as 1.
  package let isLogarithmic: Bool
  /// Of intervals, within 0..<1.
  package let level: Double

  package init(_ model: Model, isLogarithmic: Bool, level: Double) {
    (self.model, self.isLogarithmic, self.level) = (model, isLogarithmic, level)
  }

  /// The trend of a series, and a forecast of so many periods beyond it where the model has one.
  ///
  /// Variances of forecasts with a season of s periods, estimated from n numbers, are (n + s - 1) / (n - s + 1) times those of the
  /// local level, as in Akaike's final prediction error (1969, https://doi.org/10.1007/BF02532251).
  ///
  /// - Parameter series: counts in order of time, NaN where missing.
  package func trend(of series: [Double], horizon: Int) -> SeriesTrend {
    switch model {
    case .trailingMean(let window):
      return means(of: series, MovingMean.trailing(series, window: window))
    case .centredMean(let window):
      return means(of: series, MovingMean.centred(series, window: window))
    case .seasonalTrend(let method):
      let known = series.map(transformed)
      guard let parts = method.decomposition(of: known) else {
        return SeriesTrend(of: series, lacking: lack(series, season: method.season))
      }
      return SeriesTrend(
        trend: parts.trend.map(restored), seasonal: parts.seasonal.map(factor),
        remainder: parts.remainder.map(factor))
    case .localLevel(let season):
      return localLevel(series, season: season, horizon: horizon)
    }
  }

  private func means(of series: [Double], _ trend: [Double]) -> SeriesTrend {
    let isShort = trend.allSatisfy(\.isNaN)
    return SeriesTrend(
      trend: trend, remainder: zip(series, trend).map { $0 - $1 }, lack: isShort ? .tooFew : nil)
  }

  private func localLevel(_ series: [Double], season: Int?, horizon: Int) -> SeriesTrend {
    let known = series.map(transformed)
    var seasonal = known.map { _ in 0.0 }
    if let season {
      let method = SeasonalTrend(season: season, seasonalWindow: .periodic)
      guard let parts = method.decomposition(of: known) else {
        return SeriesTrend(of: series, lacking: lack(series, season: season))
      }
      seasonal = parts.seasonal
    }
    let adjusted = zip(known, seasonal).map { $0 - $1 }
    // What was estimated of the season beside the level: each place but one.
    let (count, freedom) = (adjusted.count { !$0.isNaN }, season.map { $0 - 1 } ?? 0)
    guard count > freedom, let fit = LocalLevel(fitting: adjusted) else {
      return SeriesTrend(of: series, lacking: .tooFew)
    }
    let filtered = fit.filtered(adjusted)
    let levels = fit.smoothed(filtered)
    let ahead = filtered.last.map { fit.forecast(from: $0, steps: horizon) } ?? []
    var result = SeriesTrend(
      trend: levels.map { restored($0.mean) }, seasonal: seasonal.map(factor),
      remainder: adjusted.indices.map { factor(adjusted[$0] - levels[$0].mean) })
    result.intervals = levels.map { interval($0) }
    result.forecast = ahead.enumerated().map { step, estimate in
      let added = season.map { seasonal[(series.count + step) % $0] } ?? 0
      let shifted = LocalLevel.Estimate(
        mean: estimate.mean + added,
        variance: estimate.variance * Double(count + freedom) / Double(count - freedom))
      return SeriesTrend.Forecast(value: restored(shifted.mean), interval: interval(shifted))
    }
    return result
  }

  /// Why a series has no season.
  private func lack(_ series: [Double], season: Int) -> SeriesTrend.Lack {
    series.count > 2 * season ? .tooFew : .tooShort
  }

  private func interval(_ estimate: LocalLevel.Estimate) -> ConfidenceInterval {
    let reach = StandardNormal.upperQuantile((1 - level) / 2) * estimate.variance.squareRoot()
    return ConfidenceInterval(
      lower: restored(estimate.mean - reach), upper: restored(estimate.mean + reach))
  }

  private func transformed(_ count: Double) -> Double {
    isLogarithmic && !count.isNaN ? log(max(count, 1)) : count
  }

  /// A level as a count, which is not below 0.
  private func restored(_ level: Double) -> Double {
    isLogarithmic ? exp(level) : level.isNaN ? .nan : max(0, level)
  }

  /// A part beside the level: a factor of counts where logarithms are decomposed.
  private func factor(_ part: Double) -> Double { isLogarithmic ? exp(part) : part }
}

/// The trend of one series, with NaN for what it does not have.
package struct SeriesTrend: Sendable {
  /// Why there is no trend.
  package enum Lack: String, Sendable {
    case tooShort = "no more than two seasons"
    case tooFew = "too few values"
  }

  package struct Forecast: Sendable {
    /// The middle of what is foreseen: as likely above as below.
    package let value: Double
    package let interval: ConfidenceInterval
  }

  /// One for each period.
  package let trend: [Double]
  package let seasonal: [Double]
  package let remainder: [Double]
  /// Of the trend, where the model has one.
  package fileprivate(set) var intervals: [ConfidenceInterval]
  package fileprivate(set) var forecast: [Forecast] = []
  package let lack: Lack?

  fileprivate init(
    trend: [Double], seasonal: [Double]? = nil, remainder: [Double], lack: Lack? = nil
  ) {
    self.trend = trend
    self.seasonal = seasonal ?? trend.map { _ in .nan }
    self.remainder = remainder
    self.lack = lack
    intervals = trend.map { _ in .undefined }
  }

  fileprivate init(of series: [Double], lacking lack: Lack) {
    let none = series.map { _ in Double.nan }
    self.init(trend: none, remainder: none, lack: lack)
  }
}
