import Extracts
import Jobs
import Mismatch

/// An indicator of a period in an area.
private struct BesideRow: Sendable {
  let period: IndicatorPeriod
  let area: Int
}

extension OutputTable {
  /// `beside.csv`: every indicator in each of its own periods and each area.
  static let beside = OutputTable("beside.csv") { outcome in
    guard let result = outcome.results[BesideResult.self] else { return nil }
    let areas = outcome.areas
    return RunTable(
      "beside.csv", "One row for each indicator, its own period, period of its divisor, and area.",
      columns: Column.list {
        Column<BesideRow>.text("period", "The indicator's own period.") { $0.period.label }
        Column.text("area_code", "Code of the area.") { areas.codes[$0.area] }
        Column.text("area_name", "Name of the area.") { areas.names[$0.area] }
        Column.text("indicator", "What the job calls it.") { $0.period.entry.name }
        Column.text("kind", "count, or rate: a figure that is never added up over areas.") {
          $0.period.entry.extract.kind.name
        }
        Column.text("per", "What the count is divided by; empty where it is not.") {
          $0.period.per ?? ""
        }
        Column.number(
          "multiplier", unit: "divisor",
          "How many of the divisor the value is for; empty without one."
        ) { $0.period.per == nil ? nil : $0.period.entry.multiplier }
        Column.text("per_period", "Period of the divisor; empty without one.") {
          $0.period.divisorLabel ?? ""
        }
        Column.figure(
          "value", unit: "as kind and per say", "The indicator in the area."
        ) { $0.period.indicator.areas[$0.area] }
        Column.figure(
          "all_areas", unit: "as kind and per say",
          "The same of all areas together that have a value: their sum, or sum divided by sum; rates have none."
        ) { $0.period.indicator.all }
      }
    ) {
      result.periods.flatMap { period in
        areas.codes.indices.map { BesideRow(period: period, area: $0) }
      }
    }
  }
}
