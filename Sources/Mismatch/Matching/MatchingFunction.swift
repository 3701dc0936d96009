#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many matches a labour market makes of its vacancies v and its job seekers u, per unit of its
/// efficiency.
package struct MatchingFunction: Sendable, Equatable {
  /// a: the share of vacancies, between 0 and 1.
  package let vacancyShare: Double
  /// s: below 1; 0 is Cobb-Douglas, v^a u^(1 - a), anything else constant elasticity of substitution,
  /// (a v^s + (1 - a) u^s)^(1 / s), whose elasticity is 1 / (1 - s).
  package let substitution: Double

  package init(vacancyShare: Double, substitution: Double = 0) {
    precondition(vacancyShare > 0 && vacancyShare < 1 && substitution < 1, "no matching function")
    self.vacancyShare = vacancyShare
    self.substitution = substitution
  }

  /// Matches of a market with efficiency 1.
  package func matches(vacancies: Double, seekers: Double) -> Double {
    guard substitution != 0 else {
      return pow(vacancies, vacancyShare) * pow(seekers, 1 - vacancyShare)
    }
    return pow(
      vacancyShare * pow(vacancies, substitution)
        + (1 - vacancyShare) * pow(seekers, substitution), 1 / substitution)
  }

  /// The job seekers per vacancy at which one more of them makes exp(`logMarginal`) matches, per unit of
  /// efficiency; 0 where not even the first does, infinite where any number does.
  ///
  /// - Precondition: `substitution` is not 0.
  func seekersPerVacancy(logMarginal: Double) -> Double {
    let rest = 1 - vacancyShare
    let power = exp((logMarginal - log(rest)) * substitution / (1 - substitution))
    let inner = (power - rest) / vacancyShare
    guard inner > 0 else { return substitution < 0 ? 0 : .infinity }
    return exp(-log(inner) / substitution)
  }

  /// The logarithm of what one more job seeker adds in a market without any, where `substitution` is
  /// below 0, or in one with many, where it is above 0.
  var logMarginalLimit: Double { log(1 - vacancyShare) / substitution }
}
