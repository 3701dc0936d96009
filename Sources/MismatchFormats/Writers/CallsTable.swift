import Mismatch

extension OutputTable {
  /// `calls.csv`: what each cell is called, the test behind it, and its places with their ranges.
  static let calls = OutputTable(name: "calls.csv", where: { $0.job.callsCells }) { outcome, file in
    try file.row(
      [
        "period", "area_code", "area_name", "sector_code", "sector_name", "share_gap_pp",
        "combined_lower", "combined_upper", "p", "p_adjusted", "call",
      ]
        + ["rank_in_area", "rank_in_sector"].flatMap { [$0, "\($0)_best", "\($0)_worst"] })
    for (grid, inference) in zip(outcome.grids, outcome.inferences) {
      var findings = inference.findings.makeIterator()
      for (area, name) in zip(grid.areas.codes, grid.areas.names) {
        for (sector, sectorName) in zip(grid.sectors.codes, grid.sectors.names) {
          guard let finding = findings.next() else { return }
          for key in [grid.period, area, name, sector, sectorName] { file.text(key) }
          file.number(finding.gap)
          file.interval(finding.interval)
          file.number(finding.pValue ?? .nan)
          file.number(finding.adjusted ?? .nan)
          file.text(finding.call?.rawValue ?? "")
          for rank in [finding.rankInArea, finding.rankInSector] {
            file.number(rank.map { Double($0.rank) } ?? .nan)
            file.number(rank.map { Double($0.best) } ?? .nan)
            file.number(rank.map { Double($0.worst) } ?? .nan)
          }
          try file.endRow()
        }
      }
    }
  }
}
