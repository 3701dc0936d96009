import Extracts
import Runs

/// A column of numbers as an indicator of explore education statistics.
struct EESIndicator {
  let name: String
  let label: String
  let group: String
  let unit: String
  let decimals: Int
  /// What its numbers are multiplied by.
  let factor: Double

  /// Nil for a column that holds no numbers.
  ///
  /// - Parameter demandPeriod: what the demand is of where that is another period than the row's.
  init?(_ column: ColumnRecord, demandPeriod: String?) {
    guard column.kind == .number || column.kind == .integer else { return nil }
    name = column.name
    let isCount = ["provision", "demand"].flatMap { [$0, "\($0)_lower", "\($0)_upper"] }
      .contains(name)
    group = !isCount ? "Mismatch" : name.hasPrefix("demand") ? "Demand" : "Provision"
    let words = name.replacing("_", with: " ")
    let period = group == "Demand" ? demandPeriod.map { ", \($0)" } ?? "" : ""
    label = words.prefix(1).uppercased() + words.dropFirst() + period
    (unit, decimals, factor) =
      switch column.unit {
      case _ where isCount: ("", 0, 1)
      case "percentage points": ("pp", 1, 1)
      case "share": ("%", 1, 100)
      default: ("", 3, 1)
      }
  }

  /// A number as the file has it; a symbol where there is none.
  func text(_ written: String, status: String) -> String {
    guard !written.isEmpty else { return MissingNumber.symbol(status: status) }
    guard factor != 1, let number = Double(written) else { return written }
    return NumberText.text(of: number * factor)
  }
}
