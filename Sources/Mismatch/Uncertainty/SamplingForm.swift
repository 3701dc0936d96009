import Dense

/// How sampling widens a measure of cells, and how doubt about a crosswalk does.
package struct SamplingForm: Sendable {
  /// The interval from what its two ends are worked out from: the counts as they are for sampling alone,
  /// the least and the most favourable ones for all kinds together.
  package let interval: @Sendable (_ lower: CellEnd, _ upper: CellEnd) -> ConfidenceInterval
  /// What counted weights make of the measure.
  ///
  /// Nil where it has no closed form.
  package let crosswalk: (@Sendable (CellDoubts) -> Doubt)?

  package init(
    crosswalk: (@Sendable (CellDoubts) -> Doubt)? = nil,
    interval: @escaping @Sendable (_ lower: CellEnd, _ upper: CellEnd) -> ConfidenceInterval
  ) {
    self.interval = interval
    self.crosswalk = crosswalk
  }
}

/// What counted weights make of a number, as distances from it: its expected value, and the least and the most that
/// it can be whatever the weights are; and its variance.
package struct Doubt: Sendable, Equatable {
  package var shift = 0.0
  package var variance = 0.0
  package var least = 0.0
  package var most = 0.0

  package init(
    shift: Double = 0, variance: Double = 0, least: Double = 0, most: Double = 0
  ) {
    (self.shift, self.variance, self.least, self.most) = (shift, variance, least, most)
  }

  /// The interval of a number at a level.
  ///
  /// Between the least and the most that it can be, the beta distribution with its expected value and variance:
  /// that of a share of one source is the Dirichlet distribution's own.
  func interval(of value: Double, level: Double) -> ConfidenceInterval {
    let (centre, tail) = (value + shift, (1 - level) / 2)
    guard variance > 0 else { return ConfidenceInterval(lower: centre, upper: centre) }
    let (start, width) = (value + least, most - least)
    let mean = (centre - start) / width
    let cases = mean * (1 - mean) * width * width / variance - 1
    guard mean > 0, mean < 1, cases > 0 else {
      // More variance than a number between those ends can have: shares of sums whose total varies, too.
      let reach = StandardNormal.upperQuantile(tail) * variance.squareRoot()
      return ConfidenceInterval(lower: centre - reach, upper: centre + reach)
    }
    let beta = Beta(mean * cases, (1 - mean) * cases)
    return ConfidenceInterval(
      lower: start + width * beta.quantile(tail), upper: start + width * beta.upperQuantile(tail))
  }

  /// The doubt of the difference of two numbers that vary independently.
  func minus(_ other: Doubt) -> Doubt {
    Doubt(
      shift: shift - other.shift, variance: variance + other.variance, least: least - other.most,
      most: most - other.least)
  }

  /// The doubt of a multiple above 0.
  func times(_ factor: Double) -> Doubt {
    Doubt(
      shift: shift * factor, variance: variance * factor * factor, least: least * factor,
      most: most * factor)
  }
}

/// What counted weights of lookups and crosswalks make of one cell's counts and shares.
package struct CellDoubts: Sendable, Equatable {
  package var provisionCount = Doubt()
  package var provisionShare = Doubt()
  package var demandCount = Doubt()
  package var demandShare = Doubt()

  package init() {}
}

extension ConfidenceInterval {
  /// Limits of the difference of two independent quantities, by adding the squares of the distances that
  /// each has from its own limits.
  ///
  /// Zou and Donner (2008), https://doi.org/10.1002/sim.3095; Newcombe (1998), method 10,
  /// https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, has the same for
  /// shares with the limits of Wilson. With exact limits it is cautious, yet approximate.
  ///
  /// - Parameters:
  ///   - least: values of minuend and subtrahend for the lower end, with the minuend's lower and the
  ///     subtrahend's upper limit.
  ///   - most: the same for the upper end, with the minuend's upper and the subtrahend's lower limit.
  package static func difference(
    least: (minuend: Double, limit: Double, subtrahend: Double, otherLimit: Double),
    most: (minuend: Double, limit: Double, subtrahend: Double, otherLimit: Double)
  ) -> ConfidenceInterval {
    func reach(_ end: (minuend: Double, limit: Double, subtrahend: Double, otherLimit: Double))
      -> Double
    {
      let (first, second) = (end.minuend - end.limit, end.subtrahend - end.otherLimit)
      return (first * first + second * second).squareRoot()
    }
    return ConfidenceInterval(
      lower: least.minuend - least.subtrahend - reach(least),
      upper: most.minuend - most.subtrahend + reach(most))
  }

  /// The interval moved by a distance.
  func moved(by distance: Double) -> ConfidenceInterval {
    ConfidenceInterval(lower: lower + distance, upper: upper + distance)
  }

  /// The interval with another error, half-widths added in quadrature at each end.
  ///
  /// - Parameters:
  ///   - error: an interval of its own.
  ///   - centre: what that lies around.
  ///   - ends: where this interval's limits are measured from.
  func widened(
    by error: ConfidenceInterval, around centre: Double, from ends: ConfidenceInterval
  ) -> ConfidenceInterval {
    func reach(_ own: Double, _ other: Double) -> Double {
      // Without another error the limit stays as it is, to the last bit.
      other == 0 ? own : (own * own + other * other).squareRoot()
    }
    return ConfidenceInterval(
      lower: ends.lower - reach(ends.lower - lower, centre - error.lower),
      upper: ends.upper + reach(upper - ends.upper, error.upper - centre))
  }
}
