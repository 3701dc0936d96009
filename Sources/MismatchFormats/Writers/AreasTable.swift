import Mismatch

extension OutputTable {
  /// `areas.csv`: one row per period and area, totals and indices of whole areas.
  static let areas = OutputTable(name: "areas.csv") { outcome, file in
    let measures = outcome.job.measures.filter { !$0.isPerCell }
    try file.row(
      ["period", "area_code", "area_name"]
        + (["provision", "demand"] + measures.map(\.name)).flatMap(figureHeadings))
    for (grid, figures) in zip(outcome.grids, outcome.areaFigures) {
      for (area, figures) in figures.enumerated() {
        file.text(grid.period)
        file.text(grid.areas.codes[area])
        file.text(grid.areas.names[area])
        for figure in figures { file.figure(figure) }
        try file.endRow()
      }
    }
  }

  /// `unmapped.csv`: every source code that the grid does not wholly receive, with what it holds.
  static let unmapped = OutputTable(name: "unmapped.csv") { outcome, file in
    try file.row(
      ["side", "input", "period", "dimension", "code", "rows", "marked_rows", "published"])
    for row in outcome.unmapped {
      for key in [row.side.rawValue, row.input, row.period, row.dimension.rawValue, row.code] {
        file.text(key)
      }
      file.number(Double(row.rowCount))
      file.number(Double(row.markedCount))
      file.number(row.published)
      try file.endRow()
    }
  }
}
