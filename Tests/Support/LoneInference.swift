import Dense
import Mismatch

extension Inference {
  /// Intervals and calls of a grid, worked out beside nothing else.
  package init(
    _ grid: Grid, measures: [Measure], rule: InferenceRule, includesIntervals: Bool = true,
    workerCount: Int
  ) {
    let work = InferenceWork(
      grid, measures: measures, rule: rule, includesCells: true,
      includesIntervals: includesIntervals)
    runTogether([work.loop], workerCount: workerCount)
    self = work.inference
  }
}
