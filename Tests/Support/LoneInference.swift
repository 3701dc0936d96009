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
      includesIntervals: includesIntervals, includesRanks: true)
    runTogether([work.loop], workerCount: workerCount)
    self = work.inference
  }
}

extension Inference {
  /// The intervals of a measure, areas × sectors, row after row.
  package struct MeasureIntervals {
    package let measure: Measure
    package let cells: [IntervalSet]
  }

  /// In the order of the measures.
  package var byMeasure: [MeasureIntervals] {
    measures.enumerated().map { number, measure in
      MeasureIntervals(measure: measure, cells: intervals.flatMap { $0[number] })
    }
  }
}
