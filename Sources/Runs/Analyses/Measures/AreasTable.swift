import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `areas.csv`: one row per period and area, totals and indices of whole areas.
  package static let areas = OutputTable("areas.csv") { outcome in
    let (job, grids) = (outcome.job, outcome.grids)
    let figures = outcome.each(AreaFigures.self).map(\.areas)
    let measures = job.measures.filter { !$0.isPerCell }
    let named =
      [
        ("provision", job.sides.provision.kind.name, "Provision of the area over all sectors."),
        ("demand", job.sides.demand.kind.name, "Demand of the area over all sectors."),
      ] + measures.map { ($0.name, $0.unit, $0.summary) }
    return RunTable(
      "areas.csv", "One row for each period and area, all sectors together.",
      columns: Column.list {
        Keys(grids).area { $0 }
        named.enumerated().flatMap { number, column in
          Column.figure(column.0, unit: column.1, column.2) {
            figures[$0.grid][$0.area][number]
          }
        }
      }
    ) {
      figures.enumerated().flatMap { number, areas in
        areas.indices.map { CellPlace(grid: number, area: $0, sector: 0) }
      }
    }
  }
}
