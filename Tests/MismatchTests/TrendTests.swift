import Dense
import Mismatch
import Support
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sums of some dozens of numbers of the size of 1, in another order.
private let closeness = Closeness.either(1e-9)

/// Series with seasons, gaps and noise, of many lengths.
private struct RandomSeries: CustomTestStringConvertible {
  let season: Int
  let length: Int
  let gapCount: Int

  static let all: [RandomSeries] = [
    RandomSeries(season: 12, length: 73, gapCount: 0),
    RandomSeries(season: 12, length: 72, gapCount: 7),
    RandomSeries(season: 4, length: 21, gapCount: 2),
    RandomSeries(season: 7, length: 50, gapCount: 5),
    RandomSeries(season: 2, length: 5, gapCount: 0),
  ]

  /// A level from 100 on that rises, seasons of up to a tenth of it, and noise; NaN at the gaps.
  var values: [Double] {
    var source = RandomSource(seed: UInt64(season * 1000 + length), stream: 19)
    var values = (0..<length).map { place in
      100 + 0.3 * Double(place) + 10 * Double(place % season) / Double(season)
        + 4 * source.uniform()
    }
    for gap in 0..<gapCount { values[(3 + 5 * gap) % length] = .nan }
    return values
  }

  var testDescription: String { "\(length) periods, season \(season), \(gapCount) gaps" }

  var methods: [(String, ([Double]) -> SeasonalDecomposition?)] {
    [
      ("classical", { .classical($0, season: season, .additive) }),
      (
        "periodic",
        { SeasonalTrend(season: season, seasonalWindow: .periodic).decomposition(of: $0) }
      ),
      (
        "windows",
        {
          SeasonalTrend(season: season, seasonalWindow: .seasons(7), isRobust: true)
            .decomposition(of: $0)
        }
      ),
    ]
  }
}

struct DecompositionOfSeriesTests {
  @Test("Parts make the series; gaps have a season and no remainder", arguments: RandomSeries.all)
  private func parts(series: RandomSeries) throws {
    let values = series.values
    for (name, method) in series.methods {
      let parts = try #require(method(values), "\(name)")
      let whole = values.indices.map {
        parts.trend[$0] + parts.seasonal[$0] + parts.remainder[$0]
      }
      #expect(
        closeness.holds(whole, values.indices.map { parts.trend[$0].isNaN ? .nan : values[$0] }),
        "\(name)")
      #expect(!parts.seasonal.contains { !$0.isFinite }, "\(name)")
    }
  }

  @Test("Another unit or another zero changes the parts alike", arguments: RandomSeries.all)
  private func equivariance(series: RandomSeries) throws {
    let values = series.values
    for (name, method) in series.methods {
      let parts = try #require(method(values))
      let other = try #require(method(values.map { 4 * $0 - 30 }))
      #expect(closeness.holds(other.trend, parts.trend.map { 4 * $0 - 30 }), "\(name)")
      #expect(closeness.holds(other.seasonal, parts.seasonal.map { 4 * $0 }), "\(name)")
    }
  }

  @Test("A level with a fixed season comes back as it was made, gaps or not")
  func exact() throws {
    let places = [3.0, -1, 0, -2]
    var values = (0..<22).map { 50 + places[$0 % 4] }
    values[5] = .nan
    values[16] = .nan
    let series = RandomSeries(season: 4, length: 22, gapCount: 0)
    for (name, method) in series.methods {
      let parts = try #require(method(values))
      #expect(closeness.holds(parts.seasonal, (0..<22).map { places[$0 % 4] }), "\(name)")
      let level = parts.trend.map { $0.isNaN ? 50 : $0 }
      #expect(closeness.holds(level, (0..<22).map { _ in 50 }), "\(name)")
    }
  }

  @Test("Too short series, and seasons that no number is of, have no parts")
  func short() {
    var values = (0..<24).map(Double.init)
    let stl = SeasonalTrend(season: 12, seasonalWindow: .periodic)
    #expect(stl.decomposition(of: values) == nil)
    #expect(SeasonalDecomposition.classical(values, season: 12, .additive) != nil)
    #expect(SeasonalDecomposition.classical([1, 2, 3], season: 2, .additive) == nil)
    values += values
    for year in 0..<4 { values[12 * year + 5] = .nan }
    #expect(stl.decomposition(of: values) == nil)
    #expect(SeasonalDecomposition.classical(values, season: 12, .additive) == nil)
  }
}

struct MovingMeanTests {
  @Test("Means of windows, none at the ends and across a gap")
  func windows() {
    let series: [Double] = [2, 4, 9, .nan, 1, 3, 5, 7]
    #expect(
      closeness.holds(
        MovingMean.trailing(series, window: 3), [.nan, .nan, 5, .nan, .nan, .nan, 3, 5]))
    #expect(
      closeness.holds(
        MovingMean.centred(series, window: 3), [.nan, 5, .nan, .nan, .nan, 3, 5, .nan]))
    #expect(
      closeness.holds(
        MovingMean.centred([2, 4, 9, 1, 3], window: 2), [.nan, 4.75, 5.75, 3.5, .nan]))
    #expect(closeness.holds(MovingMean.centred(series, window: 1), series))
    #expect(MovingMean.centred([1], window: 3)[0].isNaN && MovingMean.trailing([], window: 3) == [])
  }
}

/// The local level as one Gaussian vector, conditioned on what is known by a linear solve.
private struct GaussianTwin {
  let model: LocalLevel
  let prior: LocalLevel.Estimate
  let series: [Double]

  /// The mean and variance of a period's level given the numbers of all periods before `end`.
  func level(_ period: Int, before end: Int) -> LocalLevel.Estimate {
    let known = series.indices.filter { $0 < end && !series[$0].isNaN }
    let covariance: (Int, Int) -> Double = { prior.variance + model.drift * Double(min($0, $1)) }
    var matrix = Matrix(rowCount: known.count, columnCount: known.count)
    for (row, left) in known.enumerated() {
      for (column, right) in known.enumerated() {
        matrix[row, column] = covariance(left, right) + (row == column ? model.noise : 0)
      }
    }
    let own = known.map { covariance($0, period) }
    let weights = matrix.solvedAsPositiveDefinite(own) ?? []
    var (mean, variance) = (prior.mean, covariance(period, period))
    for (place, number) in known.enumerated() {
      mean += weights[place] * (series[number] - prior.mean)
      variance -= weights[place] * own[place]
    }
    return LocalLevel.Estimate(mean: mean, variance: variance)
  }
}

struct LocalLevelTests {
  @Test("Filter, smoother and forecast are conditional means and variances of one Gaussian vector")
  func twin() throws {
    for (noise, drift) in [(4.0, 1.0), (1, 0), (0.5, 6)] {
      var series = RandomSeries(season: 4, length: 31, gapCount: 3).values
      series[0] = .nan
      series[30] = .nan
      let model = LocalLevel(noise: noise, drift: drift)
      let prior = LocalLevel.Estimate(mean: 90, variance: 40)
      let twin = GaussianTwin(model: model, prior: prior, series: series)
      let filtered = model.filtered(series, prior: prior)
      let smoothed = model.smoothed(filtered)
      for period in series.indices {
        let past = twin.level(period, before: period + 1)
        let all = twin.level(period, before: series.count)
        #expect(closeness.holds(filtered[period].mean, past.mean))
        #expect(closeness.holds(filtered[period].variance, past.variance))
        #expect(closeness.holds(smoothed[period].mean, all.mean))
        #expect(closeness.holds(smoothed[period].variance, all.variance))
      }
      let last = try #require(filtered.last)
      for (step, ahead) in model.forecast(from: last, steps: 3).enumerated() {
        let level = twin.level(series.count + step, before: series.count)
        #expect(closeness.holds(ahead.mean, level.mean))
        #expect(closeness.holds(ahead.variance, level.variance + noise))
      }
    }
  }

  @Test("Nothing known before the first number is the limit of a prior that says ever less")
  func diffuse() {
    var series = RandomSeries(season: 4, length: 12, gapCount: 1).values
    series[0] = .nan
    let model = LocalLevel(noise: 3, drift: 2)
    let wide = LocalLevel.Estimate(mean: 0, variance: 1e10)
    let (own, near) = (model.filtered(series), model.filtered(series, prior: wide))
    let isClose = Closeness.either(1e-5)
    #expect(own[0].mean.isNaN && own[0].variance == .infinity)
    for (own, near) in zip(own.dropFirst(), near.dropFirst()) {
      #expect(isClose.holds(own.mean, near.mean) && isClose.holds(own.variance, near.variance))
    }
    for (own, near) in zip(model.smoothed(own), model.smoothed(near)) {
      #expect(isClose.holds(own.mean, near.mean) && isClose.holds(own.variance, near.variance))
    }
  }

  @Test("No other pair of variances makes the series more likely")
  func likelihood() throws {
    let series = RandomSeries(season: 4, length: 40, gapCount: 4).values
    let model = try #require(LocalLevel(fitting: series))
    let own = Self.likelihood(series, model)
    for factor in [0.5, 0.9, 0.99, 1.01, 1.1, 2] {
      for (noise, drift) in [(factor, 1.0), (1, factor), (factor, factor), (factor, 1 / factor)] {
        let other = LocalLevel(noise: model.noise * noise, drift: model.drift * drift)
        #expect(Self.likelihood(series, other) <= own)
      }
    }
  }

  /// The logarithm of the likelihood given the first number, without its constant: each number given those before
  /// it.
  private static func likelihood(_ series: [Double], _ model: LocalLevel) -> Double {
    let first = series.firstIndex { !$0.isNaN } ?? 0
    let twin = GaussianTwin(
      model: model,
      prior: LocalLevel.Estimate(mean: series[first], variance: model.noise + model.drift),
      series: Array(series[(first + 1)...]))
    var value = 0.0
    for (period, number) in twin.series.enumerated() where !number.isNaN {
      let level = twin.level(period, before: period)
      let variance = level.variance + model.noise
      value -= (number - level.mean) * (number - level.mean) / variance / 2
      value -= log(variance) / 2
    }
    return value
  }

  @Test(
    "Prediction intervals hold what comes as often as they say, with gaps, estimated variances and a season that is none",
    arguments: [nil, 12])
  func coverage(season: Int?) throws {
    var inside = 0
    for number in 0..<150 {
      var source = RandomSource(seed: 31, stream: UInt64(number))
      var level = 50.0
      var values = (0..<64).map { _ in
        level += StandardNormal.upperQuantile(1 - source.uniform())
        return level + 2 * StandardNormal.upperQuantile(1 - source.uniform())
      }
      let later = Array(values.suffix(4))
      values.removeLast(4)
      for gap in [9, 10, 33] { values[gap] = .nan }
      let method = TrendMethod(.localLevel(season: season), isLogarithmic: false, level: 0.9)
      let forecast = method.trend(of: values, horizon: 4).forecast
      inside += zip(later, forecast).count { $1.interval.lower <= $0 && $0 <= $1.interval.upper }
    }
    // 540 of 600 are expected; the four of a series go together, and variances are estimated.
    #expect((510...570).contains(inside), "\(inside)")
  }

  @Test("A series that does not move has no variance; a short one has no fit")
  func edges() throws {
    let constant = try #require(LocalLevel(fitting: [7, 7, .nan, 7, 7, 7]))
    #expect(constant == LocalLevel(noise: 0, drift: 0))
    let filtered = constant.filtered([7, 7, .nan, 7])
    #expect(filtered == filtered.map { _ in LocalLevel.Estimate(mean: 7, variance: 0) })
    #expect(constant.smoothed(filtered) == filtered)
    #expect(LocalLevel(fitting: [1, .nan, 2, 3]) == nil)
    #expect(LocalLevel(noise: 1, drift: 1).smoothed([]) == [])
  }
}

struct TrendMethodTests {
  @Test(
    "Logarithms have factors of the trend, counts have counts beside it", arguments: [true, false])
  func parts(isLogarithmic: Bool) throws {
    let values = RandomSeries(season: 12, length: 49, gapCount: 3).values
    for model in [
      TrendMethod.Model.localLevel(season: 12),
      .seasonalTrend(SeasonalTrend(season: 12, seasonalWindow: .periodic)),
    ] {
      let found = TrendMethod(model, isLogarithmic: isLogarithmic, level: 0.95)
        .trend(of: values, horizon: 0)
      let whole = values.indices.map { place in
        let (trend, seasonal, rest) = (
          found.trend[place], found.seasonal[place], found.remainder[place]
        )
        return isLogarithmic ? trend * seasonal * rest : trend + seasonal + rest
      }
      #expect(closeness.holds(whole, values) && found.lack == nil)
    }
  }

  @Test("A forecast carries level and season on, whatever the place in the season it begins with")
  func forecast() throws {
    let places = [30.0, -10, 0, -20]
    for length in 20...23 {
      let values = (0..<length).map { 100 + places[$0 % 4] }
      let forecast = TrendMethod(.localLevel(season: 4), isLogarithmic: false, level: 0.95)
        .trend(of: values, horizon: 5).forecast
      let expected = (length..<length + 5).map { 100 + places[$0 % 4] }
      #expect(closeness.holds(forecast.map(\.value), expected))
    }
  }
}

struct PeriodSequenceTests {
  @Test(
    "Periods go on as their side writes time",
    arguments: [
      (["Jul-25", "May-25", "Jun-25"], 1, 12, "Aug 2025"),
      (["2021/22", "2023/24", "2022/23"], 12, nil, "2024/25"),
      (["AY23/24", "AY22/23"], 12, nil, "AY2024/25"),
      (["2023 Q1", "2023 Q2"], 3, 4, "Jul 2023-Sep 2023"),
      (["Apr 2023-Mar 2024", "Apr 2022-Mar 2023"], 12, nil, "Apr 2024-Mar 2025"),
      (["2019", "2020"], 12, nil, "2021"), (["2022"], 12, nil, "2023"),
      (["Jan 2025", "Jul 2024"], 6, 2, "Jul 2025"),
    ] as [([String], Int, Int?, String)])
  func next(labels: [String], step: Int, season: Int?, next: String) throws {
    let sequence = try PeriodSequence(labels)
    #expect(sequence.step == step && sequence.season == season)
    let count = sequence.count
    #expect(sequence.label(count) == next)
    #expect(sequence.number(of: next) == count)
    #expect(Period(next)?.span == sequence.span(count))
    for (number, label) in sequence.labels.enumerated() {
      #expect(sequence.number(of: label) == number)
    }
  }

  @Test("What lies between the periods is there, unknown; what is out of step has no number")
  func gaps() throws {
    let sequence = try PeriodSequence(["2023-01", "2023-02", "2023-05"])
    #expect(sequence.labels == ["2023-01", "2023-02", "Mar 2023", "Apr 2023", "2023-05"])
    #expect(sequence.isKnown == [true, true, false, false, true])
    #expect(sequence.number(of: "Dec 2022") == nil && sequence.number(of: "2023") == nil)
    #expect(sequence.number(of: "soon") == nil)
  }
}
