import Extracts
import Jobs
import Mismatch

/// A projected figure of a cell, and what was counted.
private struct ProjectedRow: Sendable {
  let keys: [String]
  let projection: Figure
  let observedPeriod: String
  let observed: Figure
  let trend: (value: Double, interval: ConfidenceInterval)
}

extension OutputTable {
  /// `projections.csv`: a publisher's projection beside the counts of the other side.
  static let projections = OutputTable("projections.csv") { outcome in
    guard let found = outcome.results[ProjectedSeries.self] else { return nil }
    let (areas, sectors) = (outcome.areas, outcome.sectors)
    let keys = [
      ("period", "The projection's own label of the period."), ("area_code", "Code of the area."),
      ("area_name", "Name of the area."), ("sector_code", "Code of the sector."),
      ("sector_name", "Name of the sector."),
    ]
    return RunTable(
      "projections.csv", "One row for each area, sector and period of the projection.",
      columns: Column.list {
        Column<ProjectedRow>.texts(keys) { $0.keys }
        Column.figure("projection", unit: "count", "What the publisher projects.") {
          $0.projection
        }
        Column.text(
          "observed_period",
          "The counted period whose middle lies in the projected one; empty where there is none."
        ) { $0.observedPeriod }
        Column.figure("observed", unit: "count", "What was counted.") { $0.observed }
        Column.number("error", unit: "count", "Projection less count.") {
          $0.projection.value - $0.observed.value
        }
        Column.number("relative_error", unit: "share", "The error divided by the count.") {
          ($0.projection.value - $0.observed.value) / $0.observed.value
        }
        Column.number(
          "trend", unit: "count",
          "The trend of the counts in that period, beyond the last their forecast; empty where the job asks for none."
        ) { $0.trend.value }
        Column.interval("trend", unit: "count", "interval of the trend at the job's level.") {
          $0.trend.interval
        }
      }, blockCount: areas.count
    ) { area in
      sectors.codes.indices.flatMap { sector in found.rows(area, sector, areas, sectors) }
    }
  }
}

extension ProjectedSeries {
  /// The rows of a cell, earliest first.
  fileprivate func rows(_ area: Int, _ sector: Int, _ areas: Codebook, _ sectors: Codebook)
    -> [ProjectedRow]
  {
    let figures = projected.figures(area: area, sector: sector)
    let counts = observed.figures(area: area, sector: sector)
    return figures.indices.map { place in
      let number = numbers[place]
      let counted = number.flatMap { isCounted($0) ? $0 : nil }
      let level = number.flatMap { trend?.level(area: area, sector: sector, number: $0) }
      return ProjectedRow(
        keys: [
          projected.periods.label(place), areas.codes[area], areas.names[area],
          sectors.codes[sector], sectors.names[sector],
        ], projection: figures[place],
        observedPeriod: counted.map { observed.periods.label($0) } ?? "",
        observed: counted.map { counts[$0] } ?? .undefined(.absent),
        trend: level ?? (.nan, .undefined))
    }
  }
}
