import Dense

/// The intervals of one figure, kinds kept apart and combined.
///
/// A kind that the rule does not have, or that has no form for the measure, is undefined.
package struct IntervalSet: Sendable, Equatable {
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
  ///   - range: the counts behind it.
  package init(
    _ figure: Figure, _ form: SamplingForm, range: CountRange, variances: CellVariances,
    within limits: ClosedRange<Double>, rule: InferenceRule
  ) {
    guard figure.isDefined else { return }
    let value = ConfidenceInterval(lower: figure.value, upper: figure.value)
    let (kinds, level) = (rule.kinds, rule.level)
    var ends = value
    var counts = (least: range.value, most: range.value)
    if kinds.contains(.bounds) {
      bounds = ConfidenceInterval(lower: figure.lower, upper: figure.upper)
      ends = bounds
      counts = (range.least, range.most)
    }
    combined = ends
    if kinds.contains(.sampling) {
      sampling = form.interval(range.value, range.value, level)
      combined = form.interval(counts.least, counts.most, level)
    }
    if kinds.contains(.crosswalk) {
      if let variance = form.crosswalkVariance?(variances) {
        crosswalk = value.widened(by: variance, from: value, level: level)
        combined = combined.widened(by: variance, from: ends, level: level)
      } else if variances != CellVariances() {
        combined = .undefined
      }
    }
    combined.lower = max(limits.lowerBound, combined.lower)
    combined.upper = min(limits.upperBound, combined.upper)
  }
}
