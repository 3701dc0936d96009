import Extracts
import Jobs
import Mismatch

extension Check {
  /// Repeated keys end the reading, so that this row can only tell that there were none.
  static let duplicateKeys = Check(
    "duplicate-keys", looksFor: "two figures for one area, category and period",
    guidance: "Keep one of them by `where`, or add parts up by `sum-over`"
  ) { outcome in
    Side.allCases.map { side in
      let balance = outcome.balance(side)
      let left =
        balance.filteredByWhereRowCount + balance.filteredByPeriodRowCount
        + balance.filteredAsTotalsRowCount
      return Finding(
        .pass, "\(side.rawValue): no key stands twice among \(balance.rowCount - left) figures",
        count: Double(balance.rowCount - left))
    }
  }
}
