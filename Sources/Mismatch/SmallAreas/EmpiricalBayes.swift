/// Ratios of observed to expected counts, each drawn towards the mean of all by as much as its own small
/// numbers leave open.
///
/// Behind the areas' ratios stands one distribution with a mean and a variance, which are estimated from
/// all areas; an area's smoothed ratio is its mean given the area's own count. Where the counts vary no
/// more than sampling variability makes them, the variance collapses to 0: every area then has the mean, and
/// ``isPooled`` says so.
package struct EmpiricalBayes: Sendable, Equatable {
  /// How mean and variance are estimated.
  package enum Method: String, Sendable, CaseIterable {
    /// Moments of a gamma distribution, repeated until they stay: Clayton and Kaldor (1987),
    /// https://doi.org/10.2307/2532003, section 2.
    case claytonKaldor = "clayton-kaldor"
    /// Moments without a distribution: Marshall (1991), https://doi.org/10.2307/2347593.
    case marshall
    /// Gamma by maximum likelihood, so that counts are negative binomial: Clayton and Kaldor (1987).
    case negativeBinomial = "negative-binomial"
  }

  /// The mean of the areas' ratios.
  package internal(set) var mean: Double
  /// Their variance beyond sampling variability; 0 where ``isPooled``.
  package internal(set) var variance: Double
  /// One per area: NaN where nothing is expected.
  package internal(set) var smoothed: [Double]

  /// Whether the estimate finds no differences between areas beyond sampling variability.
  package var isPooled: Bool { variance == 0 }

  /// The shape of the gamma distribution, mean² / variance; infinite where ``isPooled``.
  package var shape: Double { isPooled ? .infinity : mean * mean / variance }

  /// The smoothed ratios of areas.
  ///
  /// - Parameters:
  ///   - observed: counts at or above 0, one per area.
  ///   - expected: at or above 0, one per area; areas with 0 are left out. Numbers in any unit will do:
  ///     ratios are in the same. All 0 gives a mean of NaN.
  package init(_ method: Method, observed: [Double], expected: [Double]) {
    precondition(observed.count == expected.count, "an expected count for each observed")
    let areas = expected.indices.filter { expected[$0] > 0 }
    let (counts, sizes) = (areas.map { observed[$0] }, areas.map { expected[$0] })
    let prior: Prior =
      switch method {
      case .claytonKaldor: .byRepeatedMoments(counts, sizes)
      case .marshall: .byMoments(counts, sizes)
      case .negativeBinomial: .byMaximumLikelihood(counts, sizes)
      }
    (mean, variance) = (prior.mean, prior.variance)
    smoothed = Array(repeating: .nan, count: expected.count)
    for (place, area) in areas.enumerated() {
      smoothed[area] = prior.smoothed(counts[place], sizes[place])
    }
  }
}

/// The distribution of the areas' ratios.
struct Prior {
  var mean: Double
  var variance: Double

  /// The mean of an area's ratio given its count: (O + ν) / (E + α) with ν = m²/v and α = m/v.
  func smoothed(_ count: Double, _ size: Double) -> Double {
    guard variance > 0 else { return mean }
    let scale = mean / variance
    return (count + mean * scale) / (size + scale)
  }
}
