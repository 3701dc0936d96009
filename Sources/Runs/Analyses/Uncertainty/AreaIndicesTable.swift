import Extracts
import Jobs
import Mismatch

/// An index of one area, and its sampling variability.
private struct IndexRow: Sendable {
  let place: CellPlace
  let index: String
  let estimate: ShareIndexEstimate
}

extension OutputTable {
  /// `area_indices.csv`: indices of whole areas with their sampling variability, one row per period, area
  /// and index.
  static let areaIndices = OutputTable("area_indices.csv", isDefault: false) { outcome in
    let tables = outcome.each(ShareIndexTable.self)
    guard tables.contains(where: { !$0.names.isEmpty }) else { return nil }
    let columns: [Column<IndexRow>] =
      Column.list {
        Keys(outcome.grids).area { $0.place }
        Column.text("index", "Name of the index.") { $0.index }
        Column.number("value", unit: "of the index", "The index.") { $0.estimate.figure.value }
        Column.number(
          "bounds_lower", unit: "of the index",
          "Lower bound, given rounding and suppression."
        ) {
          $0.estimate.figure.lower
        }
        Column.number(
          "bounds_upper", unit: "of the index",
          "Upper bound, given rounding and suppression."
        ) {
          $0.estimate.figure.upper
        }
        Column.interval("sampling", unit: "of the index", "given sampling variability alone.") {
          $0.estimate.sampling
        }
        Column.number(
          "debiased", unit: "of the index", "The index without the bias of small counts."
        ) {
          $0.estimate.debiased
        }
        Column.number(
          "expected_without_mismatch", unit: "of the index",
          "Expected value of the index under sampling variability alone."
        ) { $0.estimate.expectedWithoutMismatch }
        Column.status("status", "Status of the index, or why it is undefined.") {
          $0.estimate.figure.writtenStatus
        }
      }
    return RunTable(
      "area_indices.csv", "One row for each period, area and index.", columns: columns
    ) {
      tables.enumerated().flatMap { number, table in
        table.estimates.enumerated().flatMap { area, estimates in
          zip(table.names, estimates).map { name, estimate in
            IndexRow(
              place: CellPlace(grid: number, area: area, sector: 0), index: name,
              estimate: estimate)
          }
        }
      }
    }
  }
}
