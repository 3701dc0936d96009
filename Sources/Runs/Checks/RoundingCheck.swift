import Extracts
import Jobs
import Mismatch

extension Check {
  /// Figures that are rounded otherwise than the job states.
  package static let rounding = Check(
    "rounding", looksFor: "figures whose rounding differs from what the job states",
    guidance: "State the source's rounding (`rounding: nearest 10`): the bounds depend on it"
  ) { outcome in
    outcome.allEvidence.flatMap { evidence in
      let job = evidence.job
      let hasOwnBounds = job.blocks.contains { $0.bounds != nil }
      return evidence.findings { source in
        guard let trace = source.trace else { return evidence.unseen(source) }
        return finding(
          trace, source.figures, hasOwnBounds, at: source.place, start: evidence.start(source.name))
      }
    }
  }

  private static func finding(
    _ trace: RoundingTrace, _ figures: FigureJob, _ hasOwnBounds: Bool, at input: String?,
    start: String
  ) -> Finding {
    let stated = "`rounding: \(figures.roundingText)`"
    let unit = figures.unit == .one ? "" : " \(figures.unit.text)"
    let fitting = trace.fittingBase.map { NumberText.text(of: $0) }
    guard trace.figureCount > 0 else {
      return Finding(.unchecked, start + "no figures", place: input)
    }
    let count = Finding.number(trace.figureCount)
    if let miss = trace.leastMiss {
      return Finding(
        .fail,
        start
          + "\(Finding.number(trace.missCount)) of \(count) figures are not multiples of the base under "
          + "\(stated), such as \(NumberText.text(of: miss.value))\(unit)"
          + (fitting.map { "; `rounding: nearest \($0)` fits all of them" } ?? ""),
        place: input.map { "\($0):\(miss.line)" }, count: Double(trace.missCount))
    }
    if trace.coarserBase != nil, let fitting, !hasOwnBounds {
      return Finding(
        .warn,
        start
          + "all \(count) figures are multiples of \(fitting)\(unit), and the job says "
          + "\(stated); `rounding: nearest \(fitting)` fits them",
        place: input, count: Double(trace.figureCount))
    }
    return Finding(
      .pass, start + "\(count) figures fit \(stated)", place: input,
      count: Double(trace.figureCount))
  }
}
