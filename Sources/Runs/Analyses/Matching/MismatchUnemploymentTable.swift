import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `mismatch_unemployment.csv`: mismatch indices, the planner's moves and dispersion, by period and
  /// area; an empty area code stands for all areas together.
  static let mismatchUnemployment = OutputTable("mismatch_unemployment.csv") { outcome in
    guard let found = outcome.results[MismatchUnemployment.self] else { return nil }
    let areas = outcome.areas
    return RunTable(
      "mismatch_unemployment.csv", "One row for each period, area, kind of market and measure.",
      columns: Column.list {
        Column.text("period", "The pair of periods that is compared.") { $0.period }
        Column.text("area_code", "Code of the area; empty for all areas together.") {
          $0.area.map { areas.codes[$0] } ?? ""
        }
        Column.text("area_name", "Name of the area.") {
          $0.area.map { areas.names[$0] } ?? "All areas together"
        }
        Column.text("markets", "What counts as a labour market.") { $0.markets.rawValue }
        Column.text("measure", "Name of the measure.") { $0.measure }
        Column.number("value", unit: "of the measure", "The measure.") { $0.value }
        Column.status("status", "Status of the measure.") { $0.status }
      }
    ) { found.rows }
  }
}
