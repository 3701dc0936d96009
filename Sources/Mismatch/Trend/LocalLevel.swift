/// A level that moves by chance from period to period, seen with noise: yₜ = μₜ + εₜ, μₜ₊₁ = μₜ + ηₜ.
///
/// A missing number (NaN) is skipped: the level stays where it was, less surely.
///
/// - Source: Durbin and Koopman (2012), Time Series Analysis by State Space Methods, 2nd edition, chapter 2,
///   https://doi.org/10.1093/acprof:oso/9780199641178.001.0001.
package struct LocalLevel: Sendable, Equatable {
  /// The variance of ε, at or above 0.
  package let noise: Double
  /// The variance of η, at or above 0.
  package let drift: Double

  package init(noise: Double, drift: Double) { (self.noise, self.drift) = (noise, drift) }

  /// A mean and its variance.
  package struct Estimate: Sendable, Equatable {
    package let mean: Double
    package let variance: Double

    package init(mean: Double, variance: Double) { (self.mean, self.variance) = (mean, variance) }
  }

  /// The level of each period given the numbers up to it.
  ///
  /// - Parameter prior: of the level in the first period; nil where nothing is known before the first number, which
  ///   then is the level with the noise for variance. Until then means are NaN and variances infinite.
  /// - Source: equations 2.15, and 2.19 for missing numbers.
  package func filtered(_ series: [Double], prior: Estimate? = nil) -> [Estimate] {
    var predicted = prior ?? Estimate(mean: .nan, variance: .infinity)
    return series.map { number in
      let filtered = updated(predicted, by: number)
      predicted = Estimate(mean: filtered.mean, variance: filtered.variance + drift)
      return filtered
    }
  }

  func updated(_ predicted: Estimate, by number: Double) -> Estimate {
    if number.isNaN { return predicted }
    if predicted.variance.isInfinite { return Estimate(mean: number, variance: noise) }
    let whole = predicted.variance + noise
    guard whole > 0 else { return predicted }
    let gain = predicted.variance / whole
    return Estimate(
      mean: predicted.mean + gain * (number - predicted.mean), variance: gain * noise)
  }

  /// The level of each period given all numbers; NaN with an infinite variance where there is none at all.
  ///
  /// - Parameter filtered: what ``filtered(_:prior:)`` gives.
  /// - Source: Rauch, Tung and Striebel (1965), https://doi.org/10.2514/3.3166.
  package func smoothed(_ filtered: [Estimate]) -> [Estimate] {
    guard var next = filtered.last else { return [] }
    var smoothed = [next]
    for estimate in filtered.dropLast().reversed() {
      if estimate.variance.isInfinite {
        next = Estimate(mean: next.mean, variance: next.variance + drift)
      } else {
        let predicted = estimate.variance + drift
        let gain = predicted > 0 ? estimate.variance / predicted : 1
        next = Estimate(
          mean: estimate.mean + gain * (next.mean - estimate.mean),
          variance: gain * drift + gain * gain * next.variance)
      }
      smoothed.append(next)
    }
    return smoothed.reversed()
  }

  /// The next numbers, with the noise in their variances.
  ///
  /// - Parameter last: the filtered level of the last period.
  package func forecast(from last: Estimate, steps: Int) -> [Estimate] {
    (0..<steps).map { step in
      Estimate(
        mean: last.mean, variance: last.variance + Double(step + 1) * drift + noise)
    }
  }
}
