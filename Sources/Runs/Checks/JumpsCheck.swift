import Extracts
import Jobs
import Mismatch

extension Check {
  /// Factor by which a total may change between periods, and the least change that is reported.
  private static let factor = 5.0
  private static let leastChange = 100.0
  /// Factor by which a whole side changes only where its unit did.
  private static let unitFactor = 100.0

  /// Totals that change more between two periods than labour markets do.
  static let jumps = Check(
    "jumps",
    looksFor:
      "areas and categories whose total changes more than fivefold between two periods, and "
      + "sides whose total changes a hundredfold",
    guidance: "Look for a change of unit, boundaries or coverage between the two editions"
  ) { outcome in
    outcome.evidence.both.map { evidence in
      let start = "\(evidence.subject.text): "
      guard evidence.periods.count > 1 else {
        return Finding(.unchecked, start + "one period only, nothing to compare with")
      }
      guard outcome.compared.disorder == nil else {
        return Finding(
          .unchecked, start + "the order of the periods is not known")
      }
      for (before, after) in zip(evidence.periods, evidence.periods.dropFirst()) {
        let between = "between \(before.label) and \(after.label)"
        let wholes = [before, after].map { period in
          period.mapped(.area).reduce(into: Interval()) { $0.add($1.total) }
        }
        if isJump(wholes[0], wholes[1], factor: unitFactor) {
          return Finding(
            .fail,
            start + "the total goes from \(Finding.amount(wholes[0].value)) to "
              + "\(Finding.amount(wholes[1].value)) \(between)",
            place: evidence.inputs.first, count: 1)
        }
        let keepsAbsent = evidence.job.keepsAbsentAreas
        if let jump = jumps(before, after, where: { !keepsAbsent || $0.hasRow }) {
          return Finding(
            .warn, start + jump.message + " \(between)", place: evidence.inputs.first,
            count: jump.count)
        }
      }
      return Finding(
        .pass,
        start + "no total changes more than fivefold over \(evidence.periods.count) periods")
    }
  }

  private static func jumps(
    _ before: PeriodEvidence, _ after: PeriodEvidence,
    where hasCount: (PeriodEvidence.Margin) -> Bool
  ) -> Finding? {
    var found: [(what: String, size: Double)] = []
    for (what, earlier, later) in [
      ("area", before.areas, after.areas), ("category", before.categories, after.categories),
    ] {
      for (left, right) in zip(earlier, later) where left.isMapped {
        guard hasCount(left), hasCount(right), isJump(left.total, right.total, factor: factor)
        else { continue }
        found.append(
          (
            "\(what) \"\(left.code)\" from \(Finding.amount(left.total.value)) to "
              + Finding.amount(right.total.value),
            abs(right.total.value - left.total.value)
          ))
      }
    }
    guard let largest = found.max(by: { $0.size < $1.size }) else { return nil }
    return Finding(
      .warn,
      "\(Finding.counted(found.count, "total")) \(found.count == 1 ? "changes" : "change") more than "
        + "fivefold; the largest change is the \(largest.what)",
      count: Double(found.count))
  }

  /// Whether rounding and marks cannot explain that one total became the other.
  private static func isJump(_ before: Interval, _ after: Interval, factor: Double) -> Bool {
    let rises = after.lower > factor * before.upper && after.lower - before.upper >= leastChange
    let falls = before.lower > factor * after.upper && before.lower - after.upper >= leastChange
    return rises || falls
  }
}
