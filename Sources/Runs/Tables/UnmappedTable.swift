import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `unmapped.csv`: every source code that the grid does not wholly receive, with what it holds.
  package static let unmapped = OutputTable("unmapped.csv") { outcome in
    RunTable(
      "unmapped.csv", "One row for each source code that is unmapped or partly mapped.",
      columns: Column.list {
        Column.text("side", "provision or demand, or the indicator.") { $0.subject.text }
        Column.text("period", "Period of the side.") { $0.period }
        Column.text("dimension", "area or category.") { $0.dimension.rawValue }
        Column.text("code", "Code in the source.") { $0.code }
        Column.text(
          "name",
          "Name in the source, or otherwise in a "
            + "register; empty if there is none."
        ) {
          $0.name
        }
        Column.integer("rows", unit: "rows", "Rows with the code.") { $0.rowCount }
        Column.integer("marked_rows", unit: "rows", "Rows whose count is suppressed.") {
          $0.markedCount
        }
        Column.number(
          "published", unit: "count", "Published count that is not mapped to the grid."
        ) { $0.published }
        Column.integer(
          "areas", unit: "areas",
          "Number of source areas that have "
            + "a row with the code."
        ) { $0.areaCount }
        (1...MappedTally.largestAreaCount).flatMap { place in
          Column.text(
            "largest_area_\(place)",
            "Source area with the largest count of the code, rank \(place); empty if there is none."
          ) { place <= $0.largestAreas.count ? $0.largestAreas[place - 1] : "" }
        }
      }
    ) { outcome.unmapped }
  }
}
