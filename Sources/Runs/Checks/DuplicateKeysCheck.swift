import Extracts
import Jobs
import Mismatch

extension Check {
  /// Duplicated keys stop the reading, so this row can only report that there were none.
  static let duplicateKeys = Check(
    "duplicate-keys",
    looksFor: "duplicated figures: more than one for "
      + "an area, category and period",
    guidance: "Keep one of them with `where`, or add the parts with `sum-over`"
  ) { outcome in
    Side.allCases.map { side in
      let reconciliation = outcome.reconciliation(side)
      return Finding(
        .pass,
        "\(side.rawValue): no duplicates among \(Finding.number(reconciliation.figureCount)) figures",
        count: Double(reconciliation.figureCount))
    }
  }
}
