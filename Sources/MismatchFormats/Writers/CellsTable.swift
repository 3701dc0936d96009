import Mismatch

extension OutputTable {
  /// `cells.csv`: one row per period, area and sector.
  static let cells = OutputTable(name: "cells.csv") { outcome, file in
    let measures = outcome.job.measures.filter(\.isPerCell)
    try file.row(
      ["period", "area_code", "area_name", "sector_code", "sector_name"]
        + (["provision", "demand"] + measures.map(\.name)).flatMap(figureHeadings)
        + (outcome.job.callsCells ? ["call"] : []))
    for (grid, inference) in zip(outcome.grids, outcome.inferences) {
      let all = grid.all
      let width = grid.sectors.count
      for area in 0..<grid.areas.count {
        let pair = grid.pair(area: area)
        try file.cellRows(
          [grid.period, grid.areas.codes[area], grid.areas.names[area]], pair, all, measures,
          grid.sectors,
          outcome.job.callsCells ? inference.findings[area * width..<(area + 1) * width] : nil)
      }
    }
  }

  /// `sectors.csv`: one row per period and sector, all areas taken together.
  static let sectors = OutputTable(name: "sectors.csv") { outcome, file in
    let measures = outcome.job.measures.filter { $0.isPerCell && !$0.laws.contains(.comparesAreas) }
    try file.row(
      ["period", "sector_code", "sector_name"]
        + (["provision", "demand"] + measures.map(\.name)).flatMap(figureHeadings)
        + (outcome.job.callsCells ? ["call"] : []))
    for (grid, inference) in zip(outcome.grids, outcome.inferences) {
      let all = grid.all
      try file.cellRows(
        [grid.period], all, all, measures, grid.sectors,
        outcome.job.callsCells ? inference.pooledFindings[...] : nil)
    }
  }
}

extension CSVFile {
  /// The rows of one area, a sector each.
  func cellRows(
    _ keys: [String], _ pair: ProfilePair, _ all: ProfilePair, _ measures: [Measure],
    _ sectors: Codebook, _ findings: ArraySlice<Inference.Finding>?
  ) throws {
    let columns = measures.map { $0.cells(pair, allAreas: all) }
    for sector in 0..<sectors.count {
      for key in keys { text(key) }
      text(sectors.codes[sector])
      text(sectors.names[sector])
      figure(pair.provision.cells[sector])
      figure(pair.demand.cells[sector])
      for column in columns { figure(column[sector]) }
      if let findings { text(findings[findings.startIndex + sector].call?.rawValue ?? "") }
      try endRow()
    }
  }
}
