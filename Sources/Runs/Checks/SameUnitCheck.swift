import Extracts
import Jobs
import Mismatch

extension Check {
  /// One thing that is counted under two codes.
  static let sameUnit = Check(
    "same-unit",
    looksFor:
      "categories with the same counts in every area, and areas with the same counts in every category",
    guidance: "Keep only one of them, with `where` or in the "
      + "crosswalk; otherwise it is counted twice"
  ) { outcome in
    outcome.evidence.both.flatMap { evidence in
      let start = "\(evidence.subject.text): "
      let findings = [Dimension.area, .category].compactMap { dimension in
        evidence.periods.lazy.compactMap { finding($0, dimension) }.first
      }.map {
        Finding($0.verdict, start + $0.message, place: evidence.inputs.first, count: $0.count)
      }
      let hasPairs = evidence.periods.contains {
        $0.mapped(.area).count > 1 || $0.mapped(.category).count > 1
      }
      guard hasPairs else {
        return [Finding(.unchecked, start + "only one area and one category")]
      }
      return findings.isEmpty
        ? [Finding(.pass, start + "no two areas or categories have the same counts everywhere")]
        : findings
    }
  }

  private static func finding(_ period: PeriodEvidence, _ dimension: Dimension) -> Finding? {
    let twins = period.twins.filter { $0.dimension == dimension }
    guard let first = twins.first else { return nil }
    let count = twins.reduce(0) { $0 + $1.count * Double($1.codes.count - 1) }
    // Small areas may be alike by chance or on purpose; a category that repeats another is counted twice.
    return Finding(
      dimension == .area ? .warn : .fail,
      (dimension == .area ? "the areas " : "the categories ") + Failure.examples(first.codes)
        + " have the same counts everywhere"
        + (twins.count > 1 ? "; so do \(twins.count - 1) more groups" : "")
        + ": \(Finding.amount(count)) counted again, \(period.label)",
      count: count)
  }
}
