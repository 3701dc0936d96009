import Mismatch

extension OutputTable {
  /// `area_indices.csv`: indices of whole areas with what chance makes of them, one row per period, area
  /// and index.
  static let areaIndices = OutputTable(
    name: "area_indices.csv", where: { $0.shareIndices.contains { !$0.names.isEmpty } }
  ) { outcome, file in
    try file.row([
      "period", "area_code", "area_name", "index", "value", "bounds_lower", "bounds_upper",
      "sampling_lower", "sampling_upper", "debiased", "expected_without_mismatch", "status",
    ])
    for (grid, table) in zip(outcome.grids, outcome.shareIndices) {
      for (area, estimates) in table.estimates.enumerated() {
        for (name, estimate) in zip(table.names, estimates) {
          for key in [grid.period, grid.areas.codes[area], grid.areas.names[area], name] {
            file.text(key)
          }
          for number in [
            estimate.figure.value, estimate.figure.lower, estimate.figure.upper,
            estimate.sampling.lower, estimate.sampling.upper, estimate.debiased,
            estimate.expectedWithoutMismatch,
          ] {
            file.number(number)
          }
          file.text(estimate.figure.status.text)
          try file.endRow()
        }
      }
    }
  }
}

extension Job {
  /// Whether a run shows what chance makes of indices, be it of all areas taken together only.
  var showsShareIndices: Bool { bootstrapsAreas || writes(OutputTable.summary.name) }

  /// Whether a run shows what chance makes of indices of whole areas.
  var bootstrapsAreas: Bool { writes(OutputTable.areaIndices.name) }
}
