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
  /// half-width added in quadrature, around the expected weights.
  package var combined = ConfidenceInterval.undefined

  /// The intervals of a measure of cells.
  ///
  /// - Parameters:
  ///   - figure: the measure's value and bounds; without a value nothing is defined.
  ///   - cell: what the ends of its sampling intervals are worked out from; nil where the rule has none.
  ///   - doubts: nil where all weights are taken as they are.
  ///   - forecasts: what forecasts bring to sampling; nil where no count is one.
  package init(
    _ figure: Figure, _ form: SamplingForm, ends cell: CellEnds?, doubts: CellDoubts?,
    forecasts: CellDoubts? = nil, within limits: ClosedRange<Double>, rule: InferenceRule
  ) {
    self.value = figure.value
    guard figure.isDefined else { return }
    let (kinds, level) = (rule.kinds, rule.level)
    var ends = ConfidenceInterval(lower: figure.value, upper: figure.value)
    if kinds.contains(.bounds) {
      bounds = ConfidenceInterval(lower: figure.lower, upper: figure.upper)
      ends = bounds
    }
    combined = ends
    if kinds.contains(.sampling), let cell {
      sampling = form.interval(cell.sampling.lower, cell.sampling.upper)
      combined =
        cell.areSame ? sampling : form.interval(cell.combined.lower, cell.combined.upper)
      if let forecasts {
        guard let doubt = form.crosswalk?(forecasts) else {
          (sampling, combined) = (.undefined, .undefined)
          return
        }
        let point = ConfidenceInterval(lower: figure.value, upper: figure.value)
        let error =
          doubt.variance > 0 ? doubt.interval(of: figure.value, level: level) : point
        sampling = sampling.widened(by: error, around: figure.value, from: point)
        sampling.lower = max(limits.lowerBound, sampling.lower)
        combined = combined.widened(by: error, around: figure.value, from: ends)
      }
    }
    if kinds.contains(.crosswalk), let doubts {
      guard let doubt = form.crosswalk?(doubts) else {
        combined = .undefined
        return
      }
      // Around the expected weights, which a few cases draw towards one another.
      crosswalk = doubt.interval(of: figure.value, level: level)
      if doubt.variance > 0 {
        combined = combined.moved(by: doubt.shift).widened(
          by: crosswalk, around: figure.value + doubt.shift, from: ends.moved(by: doubt.shift))
      }
    }
    combined.lower = max(limits.lowerBound, combined.lower)
    combined.upper = min(limits.upperBound, combined.upper)
  }
}
