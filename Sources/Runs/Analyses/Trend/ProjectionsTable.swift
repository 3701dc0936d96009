import Extracts
import Jobs
import Mismatch

/// A projected figure of a cell, and what was counted.
private struct ProjectedRow: Sendable {
  let keys: [String]
  let projection: Figure
  let observedPeriod: String
  let observed: Figure
}

extension OutputTable {
  /// `projections.csv`: a publisher's projection beside the counts of the other side.
  static let projections = OutputTable("projections.csv") { outcome in
    guard let found = outcome.results[ProjectedSeries.self] else { return nil }
    let (areas, sectors, numbers) = (outcome.areas, outcome.sectors, found.observedNumbers)
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
      }, blockCount: areas.count
    ) { area in
      sectors.codes.indices.flatMap { sector in
        let projected = found.projected.figures(area: area, sector: sector)
        let observed = found.observed.figures(area: area, sector: sector)
        return projected.indices.map { number in
          ProjectedRow(
            keys: [
              found.projected.periods.label(number), areas.codes[area], areas.names[area],
              sectors.codes[sector], sectors.names[sector],
            ], projection: projected[number],
            observedPeriod: numbers[number].map { found.observed.periods.label($0) } ?? "",
            observed: numbers[number].map { observed[$0] } ?? .undefined(.absent))
        }
      }
    }
  }
}
