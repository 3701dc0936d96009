import Extracts
import Jobs
import Mismatch

extension Check {
  /// Marked figures without bounds that a point could be taken from.
  package static let markers = Check(
    "markers", looksFor: "marked figures that have no upper bound and were given no point",
    guidance: "Give the mark its bounds (`markers: { c: 0..9 }`), or a `point` that is a number"
  ) { outcome in
    Side.allCases.map { side in
      let balance = outcome.balance(side)
      let marks = balance.markedCounts.values.reduce(0, +)
      guard balance.unusableCount == 0 else {
        let first = outcome.balances.first { $0.side == side && $0.balance.unusableCount > 0 }
        return Finding(
          .warn,
          "\(side.rawValue): \(balance.unusableCount) of \(Finding.counted(marks, "marked figure")) "
            + "are without a value, and so is every measure that needs them",
          place: first?.input, count: Double(balance.unusableCount))
      }
      return Finding(
        .pass,
        marks == 0
          ? "\(side.rawValue): no marked figures"
          : "\(side.rawValue): all \(Finding.counted(marks, "marked figure")) explained",
        count: Double(marks))
    }
  }
}
