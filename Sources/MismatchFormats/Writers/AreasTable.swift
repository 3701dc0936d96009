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

  /// `summary.csv`: figures of whole periods, one row per period and measure.
  static let summary = OutputTable(name: "summary.csv") { outcome, file in
    try file.row(["period"] + ["measure"] + ["value", "lower", "upper", "status"])
    for (number, grid) in outcome.grids.enumerated() {
      let all = grid.all
      var rows = [("provision", all.provision.total), ("demand", all.demand.total)]
      for measure in outcome.job.measures {
        if let figure = measure.area(all) { rows.append((measure.name, figure)) }
      }
      if outcome.job.decomposes { rows += outcome.decompositions[number].headlines }
      for call in Call.allCases where outcome.job.callsCells {
        let count = outcome.inferences[number].callCounts[call] ?? 0
        rows.append(("cells_\(call.rawValue)", Figure(exact: Double(count))))
      }
      for (name, figure) in rows {
        file.text(grid.period)
        file.text(name)
        file.figure(figure)
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
