import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension LocalLevel {
  /// The fewest numbers from which both variances can be estimated.
  package static let fewestNumbers = 4

  /// The local level whose variances make a series most likely, given its first number; nil for fewer numbers than
  /// ``fewestNumbers``.
  ///
  /// The likelihood is that of Durbin and Koopman (2012), section 2.10.2, with nothing known of the first level: the sum
  /// of both variances follows from the share that is drift, and the share is looked for among powers of two of
  /// drift / noise, 0 and infinity, then by golden section around the best.
  package init?(fitting series: [Double]) {
    guard series.count(where: { !$0.isNaN }) >= Self.fewestNumbers else { return nil }
    func fit(_ ratio: Double) -> Likelihood { Likelihood(series, share: Self.share(ratio)) }
    let exponents = Array(-20...20)
    let ends = [Likelihood(series, share: 0), Likelihood(series, share: 1)]
    let inner = exponents.map { fit(Double($0)) }
    var best = inner.indices.max { inner[$0].value < inner[$1].value } ?? 0
    best = min(max(best, 1), inner.count - 2)
    let peak = Self.goldenSection(
      Double(exponents[best - 1]), Double(exponents[best + 1])
    ) { fit($0).value }
    var chosen = fit(peak)
    for end in ends where end.value >= chosen.value { chosen = end }
    self.init(
      noise: chosen.scale * (1 - chosen.share), drift: chosen.scale * chosen.share)
  }

  /// The share of drift in both variances, by the binary logarithm of their ratio.
  private static func share(_ exponent: Double) -> Double {
    let ratio = exp2(exponent)
    return ratio / (1 + ratio)
  }

  /// Where a function with one peak between two ends is largest, to 1e-9 (Kiefer 1953,
  /// https://doi.org/10.1090/S0002-9939-1953-0055639-3).
  private static func goldenSection(_ low: Double, _ high: Double, _ value: (Double) -> Double)
    -> Double
  {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (low, high)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (ofLeft, ofRight) = (value(left), value(right))
    while high - low > 1e-9 {
      if ofLeft >= ofRight {
        (high, right, ofRight) = (right, left, ofLeft)
        left = high - ratio * (high - low)
        ofLeft = value(left)
      } else {
        (low, left, ofLeft) = (left, right, ofRight)
        right = low + ratio * (high - low)
        ofRight = value(right)
      }
    }
    return (low + high) / 2
  }

  /// How likely a series is for a share of drift, at the best scale of both variances.
  private struct Likelihood {
    let share: Double
    /// Both variances together.
    let scale: Double
    /// The logarithm of the likelihood, without what all shares have in common.
    let value: Double

    init(_ series: [Double], share: Double) {
      let model = LocalLevel(noise: 1 - share, drift: share)
      var (squares, logarithms, count) = (0.0, 0.0, 0)
      var level = Estimate(mean: .nan, variance: .infinity)
      for number in series {
        if !number.isNaN, level.variance.isFinite {
          let variance = level.variance + model.noise
          let error = number - level.mean
          squares += error * error / variance
          logarithms += log(variance)
          count += 1
        }
        let updated = model.updated(level, by: number)
        level = Estimate(mean: updated.mean, variance: updated.variance + model.drift)
      }
      self.share = share
      scale = squares / Double(count)
      value = scale > 0 ? -(Double(count) * log(scale) + logarithms) / 2 : .infinity
    }
  }
}
