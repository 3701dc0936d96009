import CSpecial

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The number of successes in independent trials of the same probability.
///
/// Counts and trials need not be whole: between whole numbers the tails follow the incomplete beta
/// function, which is the exact sum at whole ones. Calculated by Boost.Math; relations from NIST DLMF
/// 8.17.5, https://dlmf.nist.gov/8.17.E5.
package struct Binomial: Sendable {
  /// At or above 0.
  package let trials: Double
  /// Within 0...1.
  package let probability: Double

  package init(trials: Double, probability: Double) {
    self.trials = trials
    self.probability = probability
  }

  /// P(X ≥ count): 1 for a count at or below 0, 0 for one above `trials`.
  package func atLeast(_ count: Double) -> Double {
    if count <= 0 { return 1 }
    if count > trials || probability <= 0 { return 0 }
    return probability >= 1 ? 1 : special_beta_lower(count, trials - count + 1, probability)
  }

  /// P(X ≤ count): 1 for a count at or above `trials`, 0 for one below 0.
  package func atMost(_ count: Double) -> Double {
    if count >= trials { return 1 }
    if count < 0 || probability >= 1 { return 0 }
    return probability <= 0 ? 1 : special_beta_upper(count + 1, trials - count, probability)
  }

  /// P(X < count), the complement of ``atLeast(_:)`` without loss where it is small.
  package func below(_ count: Double) -> Double {
    if count <= 0 { return 0 }
    if count > trials || probability <= 0 { return 1 }
    return probability >= 1 ? 0 : special_beta_upper(count, trials - count + 1, probability)
  }

  /// P(X > count), the complement of ``atMost(_:)`` without loss where it is small.
  package func above(_ count: Double) -> Double {
    if count >= trials { return 0 }
    if count < 0 || probability >= 1 { return 1 }
    return probability <= 0 ? 0 : special_beta_lower(count + 1, trials - count, probability)
  }

  /// P(X = count), for a whole count within 0...trials.
  package func mass(_ count: Double) -> Double {
    if count < 0 || count > trials { return 0 }
    if probability <= 0 { return count == 0 ? 1 : 0 }
    if probability >= 1 { return count == trials ? 1 : 0 }
    return special_beta_density(count + 1, trials - count + 1, probability) / (trials + 1)
  }
}

/// The number of events that come independently at a constant rate.
///
/// Counts need not be whole, by the incomplete gamma function: NIST DLMF 8.4.10,
/// https://dlmf.nist.gov/8.4.E10.
package struct Poisson: Sendable {
  /// At or above 0.
  package let mean: Double

  package init(mean: Double) { self.mean = mean }

  /// P(X ≥ count): 1 for a count at or below 0.
  package func atLeast(_ count: Double) -> Double {
    count <= 0 ? 1 : special_gamma_lower(count, mean)
  }

  /// P(X ≤ count): 0 for a count below 0.
  package func atMost(_ count: Double) -> Double {
    count < 0 ? 0 : special_gamma_upper(count + 1, mean)
  }
}

/// The distribution of a share: density in proportion to x^(a-1) (1-x)^(b-1) on 0...1; NaN for parameters above
/// 2⁵⁵.
package struct Beta: Sendable {
  /// Both above 0.
  package let a: Double
  package let b: Double

  package init(_ a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  /// The number that the share lies below with a probability within 0...1.
  package func quantile(_ probability: Double) -> Double {
    special_beta_lower_inverse(a, b, probability)
  }

  /// The number that the share lies above with a probability within 0...1.
  package func upperQuantile(_ probability: Double) -> Double {
    special_beta_upper_inverse(a, b, probability)
  }
}

/// The gamma distribution of a shape above 0 and scale 1; NaN for a shape above 2⁵⁵.
package struct Gamma: Sendable {
  package let shape: Double

  package init(shape: Double) { self.shape = shape }

  /// The number that a draw lies below with a probability within 0...1.
  package func quantile(_ probability: Double) -> Double {
    special_gamma_lower_inverse(shape, probability)
  }

  /// The number that a draw lies above with a probability within 0...1.
  package func upperQuantile(_ probability: Double) -> Double {
    special_gamma_upper_inverse(shape, probability)
  }
}

/// The normal distribution of mean 0 and variance 1.
package enum StandardNormal {
  /// P(Z ≥ z).
  package static func atLeast(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// The z with P(Z ≥ z) = probability: infinite at 0, minus infinite at 1.
  package static func upperQuantile(_ probability: Double) -> Double {
    if probability <= 0 { return .infinity }
    if probability >= 1 { return -.infinity }
    return 2.0.squareRoot() * special_erfc_inverse(2 * probability)
  }
}

/// The derivative of ln Γ at x above 0.
package func digamma(_ x: Double) -> Double { special_digamma(x) }
