import Mismatch

extension OutputTable {
  /// `mismatch_unemployment.csv`: mismatch indices, the planner's moves and dispersion, by period and
  /// area; an empty area code stands for all areas together.
  static let mismatchUnemployment = OutputTable(
    name: "mismatch_unemployment.csv", where: { $0.mismatchUnemployment != nil }
  ) { outcome, file in
    try file.row([
      "period", "area_code", "area_name", "markets", "measure", "value", "status",
    ])
    for row in outcome.mismatchUnemployment?.rows ?? [] {
      file.texts([
        row.period, row.area.map { outcome.areas.codes[$0] } ?? "",
        row.area.map { outcome.areas.names[$0] } ?? "All areas together", row.markets.rawValue,
        row.measure,
      ])
      file.number(row.value)
      file.text(row.status.text)
      try file.endRow()
    }
  }
}
