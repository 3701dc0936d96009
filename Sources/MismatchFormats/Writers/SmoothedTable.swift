import Mismatch

extension OutputTable {
  /// `smoothed.csv`: provision for each unit of demand as counted and smoothed, one row per period,
  /// method, sector and area.
  static let smoothed = OutputTable(
    name: "smoothed.csv", where: { !$0.job.smoothing.isEmpty }
  ) { outcome, file in
    try file.row([
      "period", "method", "sector_code", "sector_name", "area_code", "area_name", "ratio",
      "smoothed_ratio", "provision_per_vacancy", "smoothed_provision_per_vacancy", "prior_mean",
      "prior_variance", "prior_shape", "pooled", "status",
    ])
    for grid in outcome.grids {
      for method in outcome.job.smoothing {
        for sector in grid.sectors.codes.indices {
          let smoothed = grid.smoothed(sector: sector, by: method)
          let fit = smoothed.fit
          for area in grid.areas.codes.indices {
            for key in [
              grid.period, method.rawValue, grid.sectors.codes[sector], grid.sectors.names[sector],
              grid.areas.codes[area], grid.areas.names[area],
            ] {
              file.text(key)
            }
            for number in [
              smoothed.ratios[area], fit.smoothed[area], smoothed.ratios[area] * smoothed.rate,
              fit.smoothed[area] * smoothed.rate, fit.mean, fit.variance, fit.shape,
            ] {
              file.number(number)
            }
            file.text(fit.isPooled ? "true" : "false")
            file.text(smoothed.status[area].text)
            try file.endRow()
          }
        }
      }
    }
  }
}
