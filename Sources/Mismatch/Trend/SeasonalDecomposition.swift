/// A series as trend, season and what is left, one number for each of its periods.
package struct SeasonalDecomposition: Sendable, Equatable {
  /// How the parts make the series.
  package enum Form: String, Sendable, CaseIterable {
    /// trend + seasonal + remainder
    case additive
    /// trend × seasonal × remainder
    case multiplicative
  }

  package let trend: [Double]
  package let seasonal: [Double]
  /// NaN where the series is missing or has no trend.
  package let remainder: [Double]

  /// Parts of a series that are added up.
  init(_ series: [Double], trend: [Double], seasonal: [Double]) {
    self.init(series, .additive, trend: trend, seasonal: seasonal)
  }

  private init(_ series: [Double], _ form: Form, trend: [Double], seasonal: [Double]) {
    (self.trend, self.seasonal) = (trend, seasonal)
    remainder = series.indices.map {
      form == .additive
        ? series[$0] - seasonal[$0] - trend[$0] : series[$0] / seasonal[$0] / trend[$0]
    }
  }

  /// The decomposition by moving means, as R's `decompose` has it; nil where the series has fewer than two whole
  /// seasons, or a place in the season without any number that has a trend.
  ///
  /// The trend is the centred mean over a season, NaN for half a season at each end and where its window has a
  /// missing number. Each place in the season has the mean of what the trend leaves there; those of a season
  /// have the mean 0, or 1 where they multiply.
  ///
  /// - Parameters:
  ///   - series: NaN where missing; above 0 where the parts multiply.
  ///   - season: periods in a season, 2 or more.
  /// - Source: Kendall and Stuart (1983), The Advanced Theory of Statistics, volume 3, chapter 46;
  ///   https://stat.ethz.ch/R-manual/R-devel/library/stats/html/decompose.html.
  package static func classical(_ series: [Double], season: Int, _ form: Form)
    -> SeasonalDecomposition?
  {
    guard season > 1, series.count >= 2 * season else { return nil }
    let trend = MovingMean.centred(series, window: season)
    let left = series.indices.map {
      form == .additive ? series[$0] - trend[$0] : series[$0] / trend[$0]
    }
    var places = means(of: left, season: season)
    let mean = places.reduce(0, +) / Double(season)
    guard mean.isFinite else { return nil }
    places = places.map { form == .additive ? $0 - mean : $0 / mean }
    return SeasonalDecomposition(
      series, form, trend: trend, seasonal: series.indices.map { places[$0 % season] })
  }

  /// The mean at each place in the season of the numbers that are there; NaN where none is.
  static func means(of series: [Double], season: Int) -> [Double] {
    (0..<season).map { first in
      let known = stride(from: first, to: series.count, by: season).map { series[$0] }
        .filter { !$0.isNaN }
      return known.reduce(0, +) / Double(known.count)
    }
  }
}
