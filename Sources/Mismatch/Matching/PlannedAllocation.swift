import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a planner would have the job seekers look for work, so that the markets together make the most
/// matches, and what is lost where they are.
///
/// Şahin, Song, Topa and Violante (2014), https://doi.org/10.1257/aer.104.11.3529. For trainees, read job
/// seekers as those who complete.
package struct PlannedAllocation: Sendable {
  /// The planner's job seekers by market, with the same sum as the actual ones.
  package let seekers: [Double]
  /// M: the share of the planner's matches that is not made, 0...1.
  package let index: Double
  /// Half the sum of |actual - planned| as a share of all job seekers: those who would look elsewhere.
  package let moveShare: Double
}

extension PlannedAllocation {
  /// The planner's allocation.
  ///
  /// - Parameters:
  ///   - seekers: job seekers by market, at or above 0.
  ///   - vacancies: by market, at or above 0.
  ///   - efficiency: matching efficiency by market, at or above 0; nil for 1 everywhere.
  /// - Returns: nil where a number is NaN or infinite, or where no market can make a match: without job
  ///   seekers, or without vacancies where there is efficiency.
  package init?(
    seekers: [Double], vacancies: [Double], efficiency: [Double]? = nil,
    matching: MatchingFunction
  ) {
    let efficiency = efficiency ?? Array(repeating: 1, count: seekers.count)
    precondition(seekers.count == vacancies.count && seekers.count == efficiency.count)
    guard (seekers + vacancies + efficiency).allSatisfy(\.isFinite) else { return nil }
    let total = ExactSum(seekers).value
    guard total > 0, zip(vacancies, efficiency).contains(where: { $0 > 0 && $1 > 0 }) else {
      return nil
    }
    let planned =
      matching.substitution == 0
      ? proportionalAllocation(
        of: total,
        weights: zip(efficiency, vacancies).map {
          pow($0, 1 / matching.vacancyShare) * $1
        })
      : Markets(vacancies: vacancies, efficiency: efficiency, matching: matching).allocation(
        of: total)
    let matches = { (seekers: [Double]) in
      ExactSum(
        seekers.indices.lazy.map {
          efficiency[$0] == 0
            ? 0 : efficiency[$0] * matching.matches(vacancies: vacancies[$0], seekers: seekers[$0])
        }
      ).value
    }
    self.seekers = planned
    index = min(1, max(0, 1 - matches(seekers) / matches(planned)))
    moveShare = ExactSum(zip(seekers, planned).lazy.map { abs($0 - $1) }).value / 2 / total
  }
}

/// The closed form for Cobb-Douglas matching: in proportion to efficiency^(1/a) × vacancies.
private func proportionalAllocation(of total: Double, weights: [Double]) -> [Double] {
  let sum = ExactSum(weights).value
  return weights.map { total * ($0 / sum) }
}

/// The allocation for other matching functions: the marginal match is worth the same wherever someone
/// looks for work, and less where nobody does.
private struct Markets {
  let vacancies: [Double]
  let efficiency: [Double]
  let matching: MatchingFunction

  func allocation(of total: Double) -> [Double] {
    if let allocation = allocationWithIdle(of: total) { return allocation }
    var (low, high) = bracket(of: total)
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if seekerCount(at: middle) > total { low = middle } else { high = middle }
    }
    // The end of the last interval where the sum is neither 0 nor infinite, brought to the total.
    return proportionalAllocation(
      of: total, weights: seekers(at: matching.substitution < 0 ? low : high))
  }

  /// Job seekers by market where one more of them makes exp(`logMarginal`) matches in each.
  private func seekers(at logMarginal: Double) -> [Double] {
    zip(vacancies, efficiency).map { vacancies, efficiency in
      vacancies == 0 || efficiency == 0
        ? 0 : vacancies * matching.seekersPerVacancy(logMarginal: logMarginal - log(efficiency))
    }
  }

  private func seekerCount(at logMarginal: Double) -> Double {
    ExactSum.orInfinite(seekers(at: logMarginal))
  }

  /// The logarithm of the best market's marginal match at its limit.
  private var logLimit: Double { log(efficiency.max() ?? 0) + matching.logMarginalLimit }

  /// The allocation where some look for work in markets without vacancies; nil where none do.
  ///
  /// With substitution above 0 job seekers stand in for vacancies, so that a market without any takes any
  /// number of them at its own marginal match.
  private func allocationWithIdle(of total: Double) -> [Double]? {
    guard matching.substitution > 0 else { return nil }
    let best = efficiency.max() ?? 0
    let idle = efficiency.indices.filter { efficiency[$0] == best && vacancies[$0] == 0 }
    let busy = seekers(at: logLimit)
    let used = ExactSum.orInfinite(busy)
    guard !idle.isEmpty, used <= total else { return nil }
    var allocation = busy
    for market in idle { allocation[market] = (total - used) / Double(idle.count) }
    return allocation
  }

  /// Logarithms of marginal matches between which the allocation passes the total.
  private func bracket(of total: Double) -> (low: Double, high: Double) {
    var (low, high) = (logLimit, logLimit)
    var step = 1.0
    // Below 0, nobody looks for work above the limit; above 0, everybody does at it.
    while matching.substitution < 0, seekerCount(at: low) <= total {
      low -= step
      step *= 2
    }
    while matching.substitution > 0, seekerCount(at: high) > total {
      high += step
      step *= 2
    }
    return (low, high)
  }
}

extension ExactSum {
  /// The sum, or infinity where a term is infinite.
  fileprivate static func orInfinite(_ terms: [Double]) -> Double {
    terms.allSatisfy(\.isFinite) ? ExactSum(terms).value : .infinity
  }
}
