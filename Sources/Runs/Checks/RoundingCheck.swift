import Extracts
import Jobs
import Mismatch

extension Check {
  /// Figures that are rounded otherwise than the job states.
  package static let rounding = Check(
    "rounding", looksFor: "figures whose rounding differs from what the job states",
    guidance: "State the source's rounding (`rounding: nearest 10`): the bounds depend on it"
  ) { outcome in
    outcome.evidence.both.flatMap { evidence in
      let side = outcome.job.sides[evidence.side]
      let hasOwnBounds = side.blocks.contains { $0.bounds != nil }
      let inputs = zip(evidence.inputs, side.figuresByInput.map(\.roundingText))
      return zip(inputs, evidence.roundings).map { source, trace in
        let (input, stated) = source
        let start =
          evidence.side.rawValue + (evidence.inputs.count > 1 ? ", \(input): " : ": ")
        if let miss = trace.leastMiss {
          return Finding(
            .fail,
            start + "\(trace.missCount) of \(trace.figureCount) figures "
              + "are not multiples of the unit under "
              + "`rounding: \(stated)`, such as \(NumberText.text(of: miss.value))",
            place: "\(input):\(miss.line)", count: Double(trace.missCount))
        }
        if let unit = trace.coarserUnit, !hasOwnBounds {
          return Finding(
            .warn,
            start
              + "all \(trace.figureCount) figures are multiples of \(NumberText.text(of: unit)), "
              + "and the job says `rounding: \(stated)`",
            place: input, count: Double(trace.figureCount))
        }
        return Finding(
          .pass, start + "\(trace.figureCount) figures fit `rounding: \(stated)`", place: input,
          count: Double(trace.figureCount))
      }
    }
  }
}
