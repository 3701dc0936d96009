import Dense

/// Tests of the two shares of a cell: provision's and demand's, independent binomial counts.
package enum ShareTest {
  /// The chance that the nuisance share's confidence set is allowed to miss it; added to the p-value.
  package static let missRate = 1e-6

  /// The p-value against "the first share exceeds the second by at most `margin`".
  ///
  /// For a given second share q the first is at most q + margin, and two exact binomial tails speak
  /// against that: P(X ≥ first count) and P(Y ≤ second count). They are joined as weighted normal scores
  /// (Stouffer), with the two standard errors at that q as weights: constants, so the p-value at a given
  /// q is valid for any counts. The largest over all q of a confidence set that misses the truth with
  /// probability ``missRate``, plus that rate, is valid too: Berger and Boos (1994),
  /// https://doi.org/10.1080/01621459.1994.10476836. A first share nearer to the second is less likely to
  /// give a large count, so the limit of the null hypothesis is its worst case.
  ///
  /// - Parameters:
  ///   - first: counts may be parts of whole ones and infinite.
  ///   - margin: within 0..<1.
  ///   - extraVariance: of the difference of shares from another normal source; with one above 0 the
  ///     p-value is approximate.
  ///   - ceiling: a p-value that is surely above it comes back as 1, at less work.
  /// - Returns: within ``missRate``...1; 1 where a total is 0 or unbounded, and where the shares as
  ///   counted do not differ by more than the margin.
  package static func excess(
    of first: SideCounts, over second: SideCounts, margin: Double, extraVariance: Double = 0,
    ceiling: Double = 1
  ) -> Double {
    guard first.total > 0, second.total > 0, first.total.isFinite, second.total.isFinite,
      first.share - second.share > margin
    else { return 1 }
    let score = { (q: Double) in
      jointScore(first, second, (q + margin, q), extraVariance: extraVariance)
    }
    // The set holds the second share itself, whose score the least one cannot exceed.
    if ceiling < 1, StandardNormal.atLeast(score(min(second.share, 1 - margin))) > ceiling {
      return 1
    }
    let set = ConfidenceInterval.share(
      count: second.count, trials: second.total, level: 1 - missRate)
    // Limits that could not be calculated speak for nothing.
    guard set.lower <= set.upper else { return 1 }
    let range = min(set.lower, 1 - margin)...min(set.upper, 1 - margin)
    return min(1, StandardNormal.atLeast(minimum(of: score, in: range)) + missRate)
  }

  /// The weighted normal score of both tails at one pair of shares.
  private static func jointScore(
    _ first: SideCounts, _ second: SideCounts, _ shares: (p: Double, q: Double),
    extraVariance: Double
  ) -> Double {
    let above = Binomial(trials: first.total, probability: min(1, shares.p))
    let below = Binomial(trials: second.total, probability: shares.q)
    let (firstError, secondError) = (above.shareError, below.shareError)
    var sum = 0.0
    if firstError > 0 {
      sum +=
        firstError
        * score(
          tail: above.atLeast(first.count), rest: above.below(first.count),
          normal: (first.share - shares.p) / firstError)
    }
    if secondError > 0 {
      sum +=
        secondError
        * score(
          tail: below.atMost(second.count), rest: below.above(second.count),
          normal: (shares.q - second.share) / secondError)
    }
    let variance = firstError * firstError + secondError * secondError + extraVariance
    return variance > 0 ? sum / variance.squareRoot() : .infinity
  }

  /// The z whose upper tail is `tail`, from the smaller of the tail and the rest.
  ///
  /// Beyond what a double can hold, the normal approximation goes on: such tails occur with no
  /// probability that matters.
  private static func score(tail: Double, rest: @autoclosure () -> Double, normal: Double)
    -> Double
  {
    let limit = 37.0
    if tail <= 0 { return max(limit, normal) }
    if tail < 0.5 { return StandardNormal.upperQuantile(tail) }
    let rest = rest()
    return rest <= 0 ? min(-limit, normal) : -StandardNormal.upperQuantile(rest)
  }

  /// The least value of a smooth function: a grid, and golden sections beside its best point.
  private static func minimum(of function: (Double) -> Double, in range: ClosedRange<Double>)
    -> Double
  {
    let stepCount = 8
    let step = (range.upperBound - range.lowerBound) / Double(stepCount)
    let values = (0...stepCount).map { function(range.lowerBound + Double($0) * step) }
    // The p-value of such a score is lost in the miss rate.
    let certain = 6.0
    guard step > 0, values.contains(where: { $0 < certain }),
      let best = values.indices.min(by: { values[$0] < values[$1] })
    else {
      return values.min() ?? 0
    }
    var low = range.lowerBound + Double(max(0, best - 1)) * step
    var high = range.lowerBound + Double(min(stepCount, best + 1)) * step
    let golden = (5.0.squareRoot() - 1) / 2
    var (left, right) = (high - golden * (high - low), low + golden * (high - low))
    var (atLeft, atRight) = (function(left), function(right))
    var least = min(values[best], atLeft, atRight)
    for _ in 0..<10 {
      if atLeft < atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - golden * (high - low)
        atLeft = function(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + golden * (high - low)
        atRight = function(right)
      }
      least = min(least, atLeft, atRight)
    }
    return least
  }
}

extension Binomial {
  /// The standard deviation of a share of the trials.
  fileprivate var shareError: Double { (probability * (1 - probability) / trials).squareRoot() }
}

extension ShareTest {
  /// The exact two-sided p-value against "both shares are the same", where the first is the larger one.
  ///
  /// Given the sum of both counts the first is binomial, with the first total's part of both totals as its
  /// probability: Przyborowski and Wilenski (1940), https://doi.org/10.1093/biomet/31.3-4.313. The value adds
  /// up all outcomes that are no more likely than the one counted, as R's `binom.test` does: 243 of 1,000
  /// over 682 of 3,000 has 0.3825 (Mendel's dwarf and giant plants; Conover, 1971, p. 97). Counts that are
  /// not whole are rounded against the finding, the first down and the second up.
  ///
  /// - Parameters:
  ///   - first: counts may be parts of whole ones and infinite.
  ///   - areEnds: whether the counts are ends of bounds. The sum of unlikely outcomes does not rise step by
  ///     step from other counts within the bounds, so then it is at least twice the upper tail, which does.
  /// - Returns: within 0...1; 1 where a total is 0 or unbounded, and where the first share is not the larger.
  package static func equality(
    of first: SideCounts, over second: SideCounts, areEnds: Bool = false
  ) -> Double {
    guard first.total.isFinite, second.total.isFinite, first.share > second.share else { return 1 }
    let hits = first.count.rounded(.down)
    let binomial = Binomial(
      trials: hits + second.count.rounded(.up),
      probability: first.total / (first.total + second.total))
    let mean = binomial.trials * binomial.probability
    guard hits > mean else { return 1 }
    // Masses that differ by rounding alone are equal: R's own allowance.
    let limit = binomial.mass(hits) * (1 + 1e-7)
    // Masses rise up to the mean, so that the unlikely outcomes below it are the first ones.
    var (low, high) = (0.0, mean.rounded(.down) + 1)
    while low < high {
      let middle = ((low + high) / 2).rounded(.down)
      if binomial.mass(middle) <= limit { low = middle + 1 } else { high = middle }
    }
    let (tail, otherTail) = (binomial.atLeast(hits), binomial.below(low))
    return min(1, tail + (areEnds ? max(tail, otherTail) : otherTail))
  }
}
