import Mismatch
import Support
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The tolerances of HOW.md of c11.
private let (closeness, robustCloseness) = (Closeness.absolute(1e-8), Closeness.absolute(1e-6))

/// One series of c11 with the rows of an expectation.
private struct Case {
  let counts: [Double]
  let logarithms: [Double]

  init(_ name: String) throws {
    counts = try Self.rows("input_monthly.csv", of: name).map { try $0.number("vacancies") }
    logarithms = counts.map { log(max($0, 1)) }
  }

  static func rows(_ file: String, of name: String) throws -> [Reference.Row] {
    try Reference.rows("c11-trend/\(file)").filter { $0["series"] == name }
  }
}

private func numbers(_ rows: [Reference.Row], _ column: String) throws -> [Double] {
  try rows.map { try $0.number(column) }
}

@Suite(.enabled(if: Reference.mayRun))
struct TrendReferenceTests {
  @Test("c11: means, decompositions and local levels", arguments: ["S1", "S2", "S3", "S4"])
  func series(name: String) throws {
    let own = try Case(name)
    let parts = try Case.rows("expected_decomposition.csv", of: name)
    let rolling = try numbers(Case.rows("expected_rolling3.csv", of: name), "roll3")
    #expect(own.counts.count == 73 && parts.count == 73)
    #expect(closeness.holds(MovingMean.trailing(own.counts, window: 3), rolling))

    let classical = try #require(
      SeasonalDecomposition.classical(own.counts, season: 12, .multiplicative))
    #expect(closeness.holds(classical.seasonal, try numbers(parts, "classical_mult_seasonal")))
    #expect(closeness.holds(classical.trend, try numbers(parts, "classical_mult_trend")))

    let periodic = try #require(
      SeasonalTrend(season: 12, seasonalWindow: .periodic).decomposition(of: own.logarithms))
    #expect(closeness.holds(periodic.seasonal, try numbers(parts, "stl_periodic_seasonal")))
    #expect(closeness.holds(periodic.trend, try numbers(parts, "stl_periodic_trend")))

    let robust = try #require(
      SeasonalTrend(
        season: 12, seasonalWindow: .seasons(13), trendWindow: 23, isRobust: true
      ).decomposition(of: own.logarithms))
    #expect(
      robustCloseness.holds(robust.seasonal, try numbers(parts, "stl_13_23_robust_seasonal")))
    #expect(robustCloseness.holds(robust.trend, try numbers(parts, "stl_13_23_robust_trend")))

    let expected = try Case.rows("expected_kalman.csv", of: name)
    let deseasonalised = zip(own.logarithms, periodic.seasonal).map { $0 - $1 }
    #expect(closeness.holds(deseasonalised, try numbers(expected, "deseasonalised_log")))
    let model = LocalLevel(noise: 0.0025, drift: 0.0009)
    let filtered = model.filtered(
      deseasonalised, prior: LocalLevel.Estimate(mean: 0, variance: 1e7))
    let smoothed = model.smoothed(filtered)
    #expect(closeness.holds(filtered.map(\.mean), try numbers(expected, "filtered_level")))
    #expect(closeness.holds(smoothed.map(\.mean), try numbers(expected, "smoothed_level")))
    #expect(closeness.holds(smoothed.map(\.variance), try numbers(expected, "smoothed_var")))

    let ahead = try Case.rows("expected_forecast.csv", of: name)
    let last = try #require(filtered.last)
    let forecast = model.forecast(from: last, steps: ahead.count)
    #expect(closeness.holds(forecast.map(\.mean), try numbers(ahead, "forecast")))
    #expect(
      closeness.holds(forecast.map { $0.variance.squareRoot() }, try numbers(ahead, "se")))
  }
}

/// Data sets of R's `datasets`.
private enum Series {
  static let nile: [Double] = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960,
    1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940,
    833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768,
    845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771,
    676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797,
    923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
  ]
  static let gas: [Double] = [
    160.1, 129.7, 84.8, 120.1, 160.1, 124.9, 84.8, 116.9, 169.7, 140.9, 89.7, 123.3, 187.3, 144.1,
    92.9, 120.1, 176.1, 147.3, 89.7, 123.3, 185.7, 155.3, 99.3, 131.3, 200.1, 161.7, 102.5, 136.1,
    204.9, 176.1, 112.1, 140.9, 227.3, 195.3, 115.3, 142.5, 244.9, 214.5, 118.5, 153.7, 244.9,
    216.1, 188.9, 142.5, 301, 196.9, 136.1, 267.3, 317, 230.5, 152.1, 336.2, 371.4, 240.1, 158.5,
    355.4, 449.9, 286.6, 179.3, 403.4, 491.5, 321.8, 177.7, 409.8, 593.9, 329.8, 176.1, 483.5,
    584.3, 395.4, 187.3, 485.1, 669.2, 421, 216.1, 509.1, 827.7, 467.5, 209.7, 542.7, 840.5,
    414.6, 217.7, 670.8, 848.5, 437, 209.7, 701.2, 925.3, 443.4, 214.5, 683.6, 917.3, 515.5,
    224.1, 694.8, 989.4, 477.1, 233.7, 730, 1087, 534.7, 281.8, 787.6, 1163.9, 613.1, 347.4,
    782.8,
  ]
}

struct TrendPublishedTests {
  /// An even number of quarters, so that the median of remainders lies between two of them, and jumps of 1.
  ///
  /// statsmodels 0.14.5: `STL(log(UKgas), period=4, seasonal=7, trend=9, low_pass=5, seasonal_deg=0, robust=True)
  /// .fit(2, 15)`; R 4.2.2: `decompose(UKgas, "multiplicative")`.
  @Test("Decompositions of quarters by statsmodels and R")
  func quarters() throws {
    let places = [0, 1, 49, 53, 54, 106, 107]
    let robust = try #require(
      SeasonalTrend(season: 4, seasonalWindow: .seasons(7), trendWindow: 9, isRobust: true)
        .decomposition(of: Series.gas.map { log($0) }))
    #expect(
      closeness.holds(
        places.map { robust.seasonal[$0] },
        [
          0.3112583190526951, 0.09567169878156209, -0.03080397760622194, -0.0540438298414184,
          -0.5390879026149469, -0.8321135678127768, 0.28576067586228227,
        ]))
    #expect(
      closeness.holds(
        places.map { robust.trend[$0] },
        [
          4.770374903003032, 4.770793519011957, 5.475520230339845, 5.575872915160306,
          5.61081938746662, 6.51638048673359, 6.557592522624091,
        ]))
    let classical = try #require(
      SeasonalDecomposition.classical(Series.gas, season: 4, .multiplicative))
    #expect(
      closeness.holds(
        [1, 2, 49, 105, 106].map { classical.trend[$0] },
        [.nan, 123.675, 250.3375, 727.4, .nan]))
    #expect(
      closeness.holds(
        [1, 2, 49, 105, 106].map { classical.remainder[$0] },
        [.nan, 1.22781869361668328, 0.96320282986953731, 0.88172011855623100, .nan]))
    #expect(closeness.holds(classical.seasonal[2], 0.55844408073470575))
  }

  /// Durbin and Koopman (2012), section 2.10.3, print 15,099 and 1,469.1, where their search ended.
  @Test("Variances of the Nile's yearly flow by maximum likelihood")
  func nile() throws {
    let model = try #require(LocalLevel(fitting: Series.nile))
    #expect(Closeness.absolute(0.5).holds(model.noise, 15_099))
    #expect(Closeness.absolute(0.1).holds(model.drift, 1_469.1))
  }
}
