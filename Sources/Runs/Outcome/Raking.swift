import Extracts
import Jobs
import Dense
import Mismatch

/// How one side of one period was scaled to published totals.
package struct Raking: Sendable {
  package let side: Side
  package let period: String
  /// One per area, before and after.
  package let areas: [Change]
  /// One per sector.
  package let sectors: [Change]
  package let iterationCount: Int
  package let largestError: Double
  package let forcedZeroCount: Int

  /// A sum of the side before scaling, its published total, and its sum after.
  package struct Change: Encodable, Sendable, Equatable {
    package let before: Double
    package let target: Double
    package let after: Double
  }

  /// The whole side before and after.
  package var total: (before: Double, after: Double) {
    (ExactSum(areas.map(\.before)).value, ExactSum(areas.map(\.after)).value)
  }

  /// What an analyst should know of it.
  var caveat: String {
    var text =
      "\(side.rawValue.capitalized) of \(period) was scaled from \(NumberText.text(of: total.before)) "
      + "to the published totals, which sum to \(NumberText.text(of: ExactSum(areas.map(\.target)).value)) "
      + "(\(iterationCount) iterations of iterative proportional fitting, largest difference from a total "
      + "\(NumberText.text(of: largestError))): its cells are estimates that keep the pattern of the "
      + "source. Where the source is rounded or suppressed, their bounds come from the totals alone. "
      + "Intervals and calls use bounds only, because scaled figures are not counts."
    if forcedZeroCount > 0 {
      text += " The totals force \(forcedZeroCount) of its cells to 0."
    }
    return text
  }
}
