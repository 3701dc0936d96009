import Extracts
import Jobs
import Mismatch

/// A sector of a period smoothed by one method, and an area of it.
private struct SmoothedRow: Sendable {
  let place: CellPlace
  let method: String
  let sector: SmoothedSector

  var ratio: Double { sector.ratios[place.area] }
  var smoothed: Double { sector.fit.smoothed[place.area] }
}

extension OutputTable {
  /// `smoothed.csv`: provision for each unit of demand as counted and smoothed, one row per period,
  /// method, sector and area.
  static let smoothed = OutputTable("smoothed.csv") { outcome in
    let (grids, smoothed) = (outcome.grids, outcome.each(SmoothedGrid.self))
    guard !smoothed.isEmpty else { return nil }
    let keys = Keys<SmoothedRow>(grids).cell { $0.place }
    let columns: [Column<SmoothedRow>] =
      Column.list {
        [keys[0]]
        Column.text("method", "How it is smoothed.") { $0.method }
        Array(keys[3...])
        Array(keys[1...2])
        Column.number("ratio", unit: "ratio", "Provision divided by expected provision.") {
          $0.ratio
        }
        Column.number("smoothed_ratio", unit: "ratio", "Smoothed ratio.") { $0.smoothed }
        Column.number("provision_per_vacancy", unit: "ratio", "Provision for each unit of demand.")
        {
          $0.ratio * $0.sector.rate
        }
        Column.number("smoothed_provision_per_vacancy", unit: "ratio", "Smoothed ratio.") {
          $0.smoothed * $0.sector.rate
        }
        Column.number("prior_mean", unit: "ratio", "Mean of the ratios over areas.") {
          $0.sector.fit.mean
        }
        Column.number("prior_variance", unit: "ratio squared", "Variance of the ratios over areas.")
        {
          $0.sector.fit.variance
        }
        Column.number("prior_shape", unit: "shape", "Shape of their gamma distribution.") {
          $0.sector.fit.shape
        }
        Column.text("pooled", "true where the variance is 0 and all areas have the mean.") {
          $0.sector.fit.isPooled ? "true" : "false"
        }
        Column.status("status", "Status of the counts.") {
          $0.sector.status[$0.place.area]
        }
      }
    return RunTable(
      "smoothed.csv", "One row for each period, method, sector and area.", columns: columns
    ) {
      smoothed.enumerated().flatMap { number, grid in
        grid.byMethod.flatMap { method, sectors in
          sectors.enumerated().flatMap { place, sector in
            sector.ratios.indices.map { area in
              SmoothedRow(
                place: CellPlace(grid: number, area: area, sector: place),
                method: method.rawValue, sector: sector)
            }
          }
        }
      }
    }
  }
}
