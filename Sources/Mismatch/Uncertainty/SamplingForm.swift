import Dense

/// How sampling widens a measure of cells, and how doubt about a crosswalk does.
package struct SamplingForm: Sendable {
  /// The interval from what its two ends are worked out from: the counts as they are for sampling alone,
  /// the least and the most favourable ones for all kinds together.
  package let interval: @Sendable (_ lower: CellEnd, _ upper: CellEnd) -> ConfidenceInterval
  /// The variance that the crosswalk gives the measure.
  ///
  /// Nil where it has no closed form.
  package let crosswalkVariance: (@Sendable (CellVariances) -> Double)?

  package init(
    crosswalkVariance: (@Sendable (CellVariances) -> Double)? = nil,
    interval: @escaping @Sendable (_ lower: CellEnd, _ upper: CellEnd) -> ConfidenceInterval
  ) {
    self.interval = interval
    self.crosswalkVariance = crosswalkVariance
  }
}

/// Variances of one cell's counts and shares that come from counted weights of lookups and crosswalks.
package struct CellVariances: Sendable, Equatable {
  package var provisionCount = 0.0
  package var provisionShare = 0.0
  package var demandCount = 0.0
  package var demandShare = 0.0

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

  /// The interval with another normal error of a variance, half-widths added in quadrature at each end.
  ///
  /// - Parameter ends: where the interval's limits are measured from.
  func widened(by variance: Double, from ends: ConfidenceInterval, level: Double)
    -> ConfidenceInterval
  {
    guard variance > 0 else { return self }
    let z = StandardNormal.upperQuantile((1 - level) / 2)
    let (below, above) = (ends.lower - lower, upper - ends.upper)
    return ConfidenceInterval(
      lower: ends.lower - (below * below + z * z * variance).squareRoot(),
      upper: ends.upper + (above * above + z * z * variance).squareRoot())
  }
}
