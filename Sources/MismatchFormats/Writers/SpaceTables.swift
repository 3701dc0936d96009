import Dense
import Mismatch

extension OutputTable {
  /// `reachable_cells.csv`: `cells.csv` of the grids in which commuting or the way counts.
  ///
  /// Without calls: weighted counts of neighbours that share people are no independent draws.
  static let reachableCells = OutputTable(
    name: "reachable_cells.csv", where: { $0.space.map { !$0.reached.isEmpty } ?? false }
  ) { outcome, file in
    let measures = outcome.job.measures.filter(\.isPerCell)
    try file.row(
      ["reach", "period", "area_code", "area_name", "sector_code", "sector_name"]
        + (["provision", "demand"] + measures.map(\.name)).flatMap(figureHeadings))
    for (reach, grid) in outcome.space?.reached ?? [] {
      let all = grid.pooled(0..<grid.areas.count)
      for area in 0..<grid.areas.count {
        try file.cellRows(
          [reach.rawValue, grid.period, grid.areas.codes[area], grid.areas.names[area]],
          grid.pair(area: area), all, measures, grid.sectors, nil)
      }
    }
  }

  /// `accessibility.csv`: one row per period, area and sector with what the job's methods give.
  static let accessibility = OutputTable(
    name: "accessibility.csv", where: { $0.space.map { !$0.periods.isEmpty } ?? false }
  ) { outcome, file in
    guard let space = outcome.space else { return }
    let columns = AccessibilityColumn.all.filter {
      outcome.job.space?.methods.contains($0.method) ?? false
    }
    try file.row(
      ["period", "area_code", "area_name", "sector_code", "sector_name"]
        + columns.map(\.name).flatMap(figureHeadings))
    for (period, grid) in outcome.grids.enumerated() {
      for area in 0..<grid.areas.count {
        for sector in 0..<grid.sectors.count {
          for text in [
            grid.period, grid.areas.codes[area], grid.areas.names[area], grid.sectors.codes[sector],
            grid.sectors.names[sector],
          ] {
            file.text(text)
          }
          for column in columns { file.figure(column.figure(space, period, area, sector)) }
          try file.endRow()
        }
      }
    }
  }

  /// The most rows of `flows.csv`; flows of more are told by their parts in `accessibility.csv` alone.
  static let flowLimit = 5_000_000

  /// `flows.csv`: the doubly constrained flow of each pair of areas and sector, where it is not 0.
  static let flows = OutputTable(
    name: "flows.csv",
    where: { outcome in
      guard let space = outcome.space,
        outcome.job.space?.methods.contains(.doublyConstrained) ?? false
      else { return false }
      return outcome.areas.count * outcome.areas.count * outcome.sectors.count * space.periods.count
        <= flowLimit
    }
  ) { outcome, file in
    try file.row(["period", "sector_code", "from_area_code", "to_area_code", "flow"])
    guard let impedance = outcome.space?.impedance else { return }
    for (period, grid) in outcome.grids.enumerated() {
      guard let flows = outcome.space?.periods[period].flows else { continue }
      for origin in 0..<grid.areas.count {
        let weights = impedance.weights(from: origin, to: 0..<grid.areas.count)
        for sector in 0..<grid.sectors.count where flows.convergence[sector].isReached {
          for (destination, weight) in weights.enumerated() {
            let flow = flows.flow(from: origin, to: destination, sector: sector, weight: weight)
            guard flow > 0 else { continue }
            for text in [
              grid.period, grid.sectors.codes[sector], grid.areas.codes[origin],
              grid.areas.codes[destination],
            ] {
              file.text(text)
            }
            file.number(flow)
            try file.endRow()
          }
        }
      }
    }
  }
}

/// A column of `accessibility.csv`.
private struct AccessibilityColumn: Sendable {
  let name: String
  let method: SpaceMethod
  let figure: @Sendable (_ space: SpaceOutcome, _ period: Int, _ area: Int, _ sector: Int) -> Figure

  static let all = [
    of("hansen", .hansen, \.hansen),
    of("two_step_floating_catchment", .twoStepFloatingCatchment, \.twoStepFloatingCatchment),
    of("spatial_availability", .spatialAvailability, \.spatialAvailability),
    AccessibilityColumn(name: "doubly_constrained_own_area", method: .doublyConstrained) {
      $0.ownFlow(period: $1, area: $2, sector: $3)
    },
  ]

  private static func of(
    _ name: String, _ method: SpaceMethod, _ part: KeyPath<Accessibility, Figures> & Sendable
  ) -> AccessibilityColumn {
    AccessibilityColumn(name: name, method: method) { space, period, area, sector in
      guard let accessibility = space.periods[period].accessibility else {
        return .undefined(.unknown)
      }
      return accessibility[keyPath: part].figure(area: area, sector: sector)
    }
  }
}
