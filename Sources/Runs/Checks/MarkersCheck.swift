import Extracts
import Jobs
import Mismatch

extension Check {
  /// Marked figures without bounds from which a value could be imputed.
  package static let markers = Check(
    "markers", looksFor: "suppressed figures with no upper bound and no imputed value",
    guidance: "Give the marker bounds (`markers: { c: 0..9 }`), or set `point` to a number"
  ) { outcome in
    outcome.countedJobs.map(\.subject).map { subject in
      let reconciliation = outcome.reconciliation(subject)
      let marks = reconciliation.markedCounts.values.reduce(0, +)
      guard reconciliation.unusableCount == 0 else {
        return Finding(
          .warn,
          "\(subject.text): \(Finding.number(reconciliation.unusableCount)) of \(Finding.counted(marks, "suppressed figure")) "
            + "have no value, so every measure that needs them is undefined",
          count: Double(reconciliation.unusableCount))
      }
      return Finding(
        .pass,
        marks == 0
          ? "\(subject.text): no suppressed figures"
          : "\(subject.text): all \(Finding.counted(marks, "suppressed figure")) have bounds or a value",
        count: Double(marks))
    }
  }
}
