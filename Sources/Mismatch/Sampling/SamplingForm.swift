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
