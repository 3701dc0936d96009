#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What those who are trained and openings make together in a cell.
package enum MatchingReturn: Sendable, Equatable {
  /// As many matches as the smaller of both.
  case matched
  /// openings^α × trained^(1 - α), the matching function of Cobb and Douglas (Petrongolo and Pissarides 2001,
  /// https://doi.org/10.1257/jel.39.2.390, equation 2 with efficiency 1). α is the share of vacancies, between 0 and 1.
  case concave(vacancyShare: Double)

  /// Matches; 0 where either is 0.
  package func matches(_ trained: Double, _ openings: Double) -> Double {
    switch self {
    case .matched: return min(trained, openings)
    case .concave(let share):
      return MatchingFunction(vacancyShare: share).matches(vacancies: openings, seekers: trained)
    }
  }

  /// What one more person trained would add; infinite where nobody is and the return is concave.
  package func slope(_ trained: Double, _ openings: Double) -> Double {
    switch self {
    case .matched: return trained < openings ? 1 : 0
    case .concave(let share):
      guard openings > 0 else { return 0 }
      return (1 - share) * pow(openings / trained, share)
    }
  }
}
