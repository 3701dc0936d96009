import Dense

/// The intervals of one figure, kinds kept apart and combined.
///
/// A kind that the rule does not have, or that has no form for the measure, is undefined.
package struct IntervalSet: Sendable, Equatable {
  /// The measure's own value.
  package let value: Double
  package var bounds = ConfidenceInterval.undefined
  package var sampling = ConfidenceInterval.undefined
  package var crosswalk = ConfidenceInterval.undefined
  /// The sampling interval at the least and most favourable counts within the bounds, with the crosswalk's
  /// half-width added in quadrature.
  package var combined = ConfidenceInterval.undefined

  /// The intervals of a measure of cells.
  ///
  /// - Parameters:
  ///   - figure: the measure's value and bounds; without a value nothing is defined.
  ///   - cell: what the ends of its sampling intervals are worked out from; nil where the rule has none.
  ///   - variances: nil where no weights are counts.
  package init(
    _ figure: Figure, _ form: SamplingForm, ends cell: CellEnds?, variances: CellVariances?,
    within limits: ClosedRange<Double>, rule: InferenceRule
  ) {
    self.value = figure.value
    guard figure.isDefined else { return }
    let value = ConfidenceInterval(lower: figure.value, upper: figure.value)
    let (kinds, level) = (rule.kinds, rule.level)
    var ends = value
    if kinds.contains(.bounds) {
      bounds = ConfidenceInterval(lower: figure.lower, upper: figure.upper)
      ends = bounds
    }
    combined = ends
    if kinds.contains(.sampling), let cell {
      sampling = form.interval(cell.sampling.lower, cell.sampling.upper)
      combined = form.interval(cell.combined.lower, cell.combined.upper)
    }
    if kinds.contains(.crosswalk), let variances {
      if let variance = form.crosswalkVariance?(variances) {
        crosswalk = value.widened(by: variance, from: value, level: level)
        combined = combined.widened(by: variance, from: ends, level: level)
      } else {
        combined = .undefined
        return
      }
    }
    combined.lower = max(limits.lowerBound, combined.lower)
    combined.upper = min(limits.upperBound, combined.upper)
  }
}
