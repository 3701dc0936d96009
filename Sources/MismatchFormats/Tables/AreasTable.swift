import Mismatch

extension OutputTable {
  /// `areas.csv`: one row per period and area, totals and indices of whole areas.
  static let areas = OutputTable("areas.csv") { outcome in
    let (job, grids) = (outcome.job, outcome.grids)
    let measures = job.measures.filter { !$0.isPerCell }
    let named =
      [
        ("provision", job.provision.kind.name, "Provision of the area over all sectors."),
        ("demand", job.demand.kind.name, "Demand of the area over all sectors."),
      ] + measures.map { ($0.name, $0.unit, $0.summary) }
    return RowsTable(
      "areas.csv", "One row for each period and area, all sectors together.",
      columns: Column.list {
        Keys(grids).area { $0 }
        named.enumerated().flatMap { number, column in
          Column.figure(column.0, unit: column.1, column.2) {
            outcome.areaFigures[$0.grid][$0.area][number]
          }
        }
      }
    ) {
      outcome.areaFigures.enumerated().flatMap { number, areas in
        areas.indices.map { CellPlace(grid: number, area: $0, sector: 0) }
      }
    }
  }

  /// `unmapped.csv`: every source code that the grid does not wholly receive, with what it holds.
  static let unmapped = OutputTable("unmapped.csv") { outcome in
    RowsTable(
      "unmapped.csv", "One row for each code of a source that the grid does not wholly receive.",
      columns: Column.list {
        Column.text("side", "provision or demand.") { $0.side.rawValue }
        Column.text("input", "The input as the job names it.") { $0.input }
        Column.text("period", "Period of the side.") { $0.period }
        Column.text("dimension", "area or category.") { $0.dimension.rawValue }
        Column.text("code", "The code as the source has it.") { $0.code }
        Column.text("name", "What the source, or else a register, calls it; empty for no name.") {
          $0.name
        }
        Column.integer("rows", unit: "rows", "Rows with the code.") { $0.rowCount }
        Column.integer("marked_rows", unit: "rows", "Rows whose count is suppressed.") {
          $0.markedCount
        }
        Column.number(
          "published", unit: "count", "What they publish that the grid does not receive."
        ) { $0.published }
        Column.integer("areas", unit: "areas", "Areas of the source that have a row with the code.")
        { $0.areaCount }
        (1...Tally.largestAreaCount).flatMap { place in
          Column.text(
            "largest_area_\(place)",
            "Area of the source that holds most of it, number \(place); empty where there is none."
          ) { place <= $0.largestAreas.count ? $0.largestAreas[place - 1] : "" }
        }
      }
    ) { outcome.unmapped }
  }
}
