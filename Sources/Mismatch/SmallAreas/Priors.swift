import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Prior {
  /// Moments of a gamma distribution, repeated until they stay.
  ///
  /// Each round takes the mean of the smoothed ratios and the variance Σ (1 + α/E) (θ - m)² / (n - 1), as
  /// DCluster's `empbaysmooth` does, but to 10⁻¹² in the place of its 10⁻⁵. Where the variance falls
  /// without end, the distribution has collapsed: all ratios are the mean that the rounds lead to.
  static func byRepeatedMoments(_ counts: [Double], _ sizes: [Double]) -> Prior {
    let ratios = zip(counts, sizes).map { $0 / $1 }
    var prior = Prior(mean: mean(of: ratios), variance: 0)
    guard ratios.count > 1 else { return prior }
    prior.variance = squares(ratios, from: prior.mean) / Double(ratios.count - 1)
    let largestSize = sizes.reduce(0, max)
    for _ in 0..<100_000 {
      // What the largest area keeps of its own ratio: beyond this, nothing that a reader could see.
      guard prior.variance * largestSize > 1e-10 * prior.mean else { break }
      let last = prior
      let scale = last.mean / last.variance
      let smoothed = zip(counts, sizes).map { last.smoothed($0, $1) }
      prior.mean = mean(of: smoothed)
      let spread = zip(smoothed, sizes).map { ratio, size in
        (1 + scale / size) * (ratio - prior.mean) * (ratio - prior.mean)
      }
      prior.variance = ExactSum(spread).value / Double(ratios.count - 1)
      if abs(prior.mean - last.mean) <= 1e-12 * last.mean,
        abs(prior.variance - last.variance) <= 1e-12 * last.variance
      {
        return prior
      }
    }
    prior.variance = 0
    return prior
  }

  /// Mean ΣO / ΣE, and the weighted variance of the ratios minus the sampling variance, at least 0.
  static func byMoments(_ counts: [Double], _ sizes: [Double]) -> Prior {
    let size = ExactSum(sizes).value
    let mean = ExactSum(counts).value / size
    let spread = zip(counts, sizes).map { count, size in
      size * (count / size - mean) * (count / size - mean)
    }
    let chance = mean / (size / Double(sizes.count))
    return Prior(mean: mean, variance: max(0, ExactSum(spread).value / size - chance))
  }

  /// The gamma distribution under which the counts are most likely, each negative binomial.
  ///
  /// The likelihood falls away from no variance at all where Σ ((O - E m)² - O) is at or below 0, m =
  /// ΣO / ΣE: there the distribution has collapsed. Lawless (1987), https://doi.org/10.2307/3314912.
  static func byMaximumLikelihood(_ counts: [Double], _ sizes: [Double]) -> Prior {
    let pooled = Prior(mean: ExactSum(counts).value / ExactSum(sizes).value, variance: 0)
    let excess = zip(counts, sizes).map { count, size in
      (count - pooled.mean * size) * (count - pooled.mean * size) - count
    }
    guard pooled.mean > 0, ExactSum(excess).value > 0 else { return pooled }
    let likelihood = NegativeBinomialLikelihood(counts: counts, sizes: sizes)
    // The slope in the shape is above 0 for small shapes and below for large ones.
    var (low, high) = (1.0, 1.0)
    while likelihood.slope(low) < 0, low > 1e-9 { low /= 4 }
    while likelihood.slope(high) > 0, high < 1e9 { high *= 4 }
    guard low > 1e-9, high < 1e9 else { return pooled }
    for _ in 0..<200 where high - low > 1e-13 * low {
      let middle = (low * high).squareRoot()
      if likelihood.slope(middle) > 0 { low = middle } else { high = middle }
    }
    let mean = likelihood.mean(shape: low)
    return Prior(mean: mean, variance: mean * mean / low)
  }

  private static func mean(of ratios: [Double]) -> Double {
    ExactSum(ratios).value / Double(ratios.count)
  }

  private static func squares(_ ratios: [Double], from mean: Double) -> Double {
    ExactSum(ratios.map { ($0 - mean) * ($0 - mean) }).value
  }
}

/// The likelihood of negative binomial counts with means m E and one shape.
private struct NegativeBinomialLikelihood {
  let counts: [Double]
  let sizes: [Double]

  /// The most likely mean for a shape k: the root of Σ (O - m E) / (1 + m E / k), which falls in m.
  func mean(shape: Double) -> Double {
    let ratios = zip(counts, sizes).map { $0 / $1 }
    var (low, high) = (ratios.reduce(.infinity, min), ratios.reduce(0, max))
    for _ in 0..<200 where high - low > 1e-15 * high {
      let middle = (low + high) / 2
      let slope = zip(counts, sizes).reduce(0) { sum, area in
        sum + (area.0 - middle * area.1) / (1 + middle * area.1 / shape)
      }
      if slope > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The derivative of the log-likelihood in the shape k, the mean being the best for it:
  /// Σ ψ(k + O) - ψ(k) - ln(1 + μ/k) + (μ - O) / (μ + k).
  func slope(_ shape: Double) -> Double {
    let mean = mean(shape: shape)
    let start = digamma(shape)
    return zip(counts, sizes).reduce(0) { sum, area in
      let expected = mean * area.1
      return sum + digamma(shape + area.0) - start - log1p(expected / shape)
        + (expected - area.0) / (expected + shape)
    }
  }
}
