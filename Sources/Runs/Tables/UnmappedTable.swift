import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `unmapped.csv`: every source code that the grid does not wholly receive, with what it holds.
  package static let unmapped = OutputTable("unmapped.csv") { outcome in
    RowsTable(
      "unmapped.csv", "One row for each code of a source that the grid does not wholly receive.",
      columns: Column.list {
        Column.text("side", "provision or demand.") { $0.side.rawValue }
        Column.text("input", "The input as the job names it.") { $0.input }
        Column.text("period", "Period of the side.") { $0.period }
        Column.text("dimension", "area or category.") { $0.dimension.rawValue }
        Column.text("code", "The code as the source has it.") { $0.code }
        Column.integer("rows", unit: "rows", "Rows with the code.") { $0.rowCount }
        Column.integer("marked_rows", unit: "rows", "Rows whose count is suppressed.") {
          $0.markedCount
        }
        Column.number(
          "published", unit: "count", "What they publish that the grid does not receive."
        ) { $0.published }
      }
    ) { outcome.unmapped }
  }
}
