import Mismatch

extension OutputTable {
  /// `decomposition.csv`: what every area, sector, group of areas and cell adds to the mutual information of side.
  static let decomposition = OutputTable(
    name: "decomposition.csv", where: { $0.job.decomposes }
  ) { outcome, file in
    try file.row([
      "period", "dimension", "area_code", "area_name", "sector_code", "sector_name", "share",
      "local", "contribution", "within", "within_contribution", "status",
    ])
    for (grid, decomposition) in zip(outcome.grids, outcome.decompositions) {
      try file.parts(grid.period, "area", decomposition.areas, grid.areas)
      try file.parts(grid.period, "sector", decomposition.sectors, grid.sectors)
      if let groups = decomposition.groups, let codes = outcome.areaGroups {
        try file.parts(grid.period, "area group", groups, codes)
      }
      for area in grid.areas.codes.indices {
        let pair = grid.pair(area: area)
        for (sector, local) in decomposition.cells(pair).enumerated() {
          file.texts([
            grid.period, "cell", grid.areas.codes[area], grid.areas.names[area],
            grid.sectors.codes[sector], grid.sectors.names[sector],
          ])
          file.local(local, within: .nan)
          let status = pair.provision.cells[sector].status.union(pair.demand.cells[sector].status)
          file.text((local == nil ? status.union(.incomplete) : status).text)
          try file.endRow()
        }
      }
    }
  }

  /// `change.csv`: what the change of mutual information from each period to the next comes from.
  static let change = OutputTable(
    name: "change.csv", where: { !$0.changes.isEmpty }
  ) { outcome, file in
    try file.row([
      "period_before", "period_after", "compared", "unit", "group", "method", "component", "value",
      "status",
    ])
    for change in outcome.changes {
      for (component, value) in change.change.components {
        file.texts([
          change.before, change.after, change.compared.rawValue, change.compared.unit,
          change.compared.group, change.method.rawValue, component,
        ])
        file.number(value)
        file.text(change.status.text)
        try file.endRow()
      }
    }
  }
}

extension CSVFile {
  /// The rows of the parts of a split; codes of sectors stand in their own columns.
  fileprivate func parts(
    _ period: String, _ dimension: String, _ split: SideSplit, _ codes: Codebook
  ) throws {
    for (number, part) in split.parts.enumerated() {
      let key = [codes.codes[number], codes.names[number]]
      texts([period, dimension] + (dimension == "sector" ? ["", ""] + key : key + ["", ""]))
      local(part.side, within: part.within)
      text(part.provision.status.union(part.demand.status).text)
      try endRow()
    }
  }

  /// Adds a share, a local score and their product, and the same within; empty fields for what is not
  /// there.
  fileprivate func local(_ local: LocalContribution?, within: Double) {
    for value in [local?.share, local?.local, local?.contribution] { number(value ?? .nan) }
    number(within)
    number(within * (local?.share ?? .nan))
  }

  /// Adds text fields to the row.
  func texts(_ texts: [String]) {
    for field in texts { text(field) }
  }
}

extension InformationChange {
  /// Before, after, their difference and what it comes from, by the names of `change.csv`.
  fileprivate var components: [(String, Double)] {
    [
      ("before", before), ("after", after), ("difference", after - before),
      ("additions", additions), ("removals", removals), ("unit_marginal", unitMargin),
      ("group_marginal", groupMargin), ("structural", structure),
    ]
  }
}
