import Dense

/// Two limits that hold a quantity in at least a stated share of samples.
///
/// The exact intervals here leave at most half of the rest on either side, so they cover at the level or
/// above it for whole counts. Counts after weighted maps are not whole: there the limits follow the
/// incomplete beta and gamma functions between the whole counts, which is cautious, because weights
/// below 1 make a sum vary less than a count of its size.
package struct ConfidenceInterval: Sendable, Equatable {
  package var lower: Double
  package var upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// No limits, for a quantity that is undefined.
  package static let undefined = ConfidenceInterval(lower: .nan, upper: .nan)

  /// The exact interval of the mean of a Poisson count: 0 as lower limit for a count of 0.
  ///
  /// Garwood (1936), https://doi.org/10.1093/biomet/28.3-4.437: a count of 5 has 1.6235 to 11.6683.
  ///
  /// - Parameters:
  ///   - count: at or above 0; infinite gives infinite limits.
  ///   - level: within 0..<1, such as 0.95.
  package static func poissonMean(count: Double, level: Double) -> ConfidenceInterval {
    ConfidenceInterval(
      lower: lowerMean(count: count, level: level), upper: upperMean(count: count, level: level))
  }

  /// The lower limit of ``poissonMean(count:level:)``.
  static func lowerMean(count: Double, level: Double) -> Double {
    guard count.isFinite, count > 0 else { return count }
    return Gamma(shape: count).quantile((1 - level) / 2)
  }

  /// The upper limit of ``poissonMean(count:level:)``.
  static func upperMean(count: Double, level: Double) -> Double {
    guard count.isFinite else { return count }
    return Gamma(shape: count + 1).upperQuantile((1 - level) / 2)
  }

  /// The exact interval of a binomial probability, within 0...1; undefined without trials, and all of
  /// 0...1 where their number has no bound.
  ///
  /// Clopper and Pearson (1934), https://doi.org/10.1093/biomet/26.4.404.
  ///
  /// - Parameters:
  ///   - count: successes, within 0...trials.
  ///   - trials: may be infinite.
  ///   - level: within 0..<1.
  package static func share(count: Double, trials: Double, level: Double) -> ConfidenceInterval {
    ConfidenceInterval(
      lower: lowerShare(count: count, trials: trials, level: level),
      upper: upperShare(count: count, trials: trials, level: level))
  }

  /// The lower limit of ``share(count:trials:level:)``.
  static func lowerShare(count: Double, trials: Double, level: Double) -> Double {
    guard trials > 0 else { return .nan }
    guard count > 0, trials.isFinite else { return 0 }
    return Beta(count, trials - count + 1).quantile((1 - level) / 2)
  }

  /// The upper limit of ``share(count:trials:level:)``.
  static func upperShare(count: Double, trials: Double, level: Double) -> Double {
    guard trials > 0 else { return .nan }
    guard count < trials, trials.isFinite else { return 1 }
    return Beta(count + 1, trials - count).upperQuantile((1 - level) / 2)
  }

  /// The exact interval of the ratio of the means of two Poisson counts; infinite as upper limit where
  /// the denominator is 0, undefined where both are.
  ///
  /// Given their sum, the first count is binomial with probability r / (1 + r) for a ratio r of means:
  /// Przyborowski and Wilenski (1940), https://doi.org/10.1093/biomet/31.3-4.313.
  ///
  /// - Parameters:
  ///   - numerator: at or above 0.
  ///   - denominator: at or above 0.
  ///   - level: within 0..<1.
  package static func ratio(numerator: Double, denominator: Double, level: Double)
    -> ConfidenceInterval
  {
    let share = share(count: numerator, trials: numerator + denominator, level: level)
    return ConfidenceInterval(
      lower: quotient(share.lower, 1 - share.lower), upper: quotient(share.upper, 1 - share.upper))
  }
}
