import Extracts
import Jobs
import Dense
import Mismatch

/// The flow of one sector from an area to another.
private struct FlowRow: Sendable {
  let keys: [String]
  let flow: Double
}

extension OutputTable {
  /// `accessibility.csv`: one row per period, area and sector with what the job's methods give.
  static let accessibility = OutputTable("accessibility.csv") { outcome in
    guard let job = outcome.job.requests[SpaceJob.self],
      let space = outcome.results[SpaceOutcome.self], !space.periods.isEmpty
    else { return nil }
    let grids = outcome.grids
    let shown = AccessibilityColumn.all.filter { job.methods.contains($0.method) }
    let blocks = AreaBlocks(grids)
    return RunTable(
      "accessibility.csv", "One row for each period, area and sector.",
      columns: Column.list {
        Keys(grids).cell { $0 }
        shown.flatMap { column in
          Column.figure(column.name, unit: "of the method", column.description) {
            column.figure(space, $0.grid, $0.area, $0.sector)
          }
        }
      }, blockCount: blocks.count
    ) { block in
      blocks.rows(block) { grids[$0].places(grid: $0, area: $1) }
    }
  }

  /// The most rows of `flows.csv`; more flows are only summed in `accessibility.csv` alone.
  static let flowLimit = 5_000_000

  /// `flows.csv`: the doubly constrained flow of each pair of areas and sector, where it is not 0.
  static let flows = OutputTable("flows.csv") { outcome in
    guard let job = outcome.job.requests[SpaceJob.self], job.methods.contains(.doublyConstrained),
      let space = outcome.results[SpaceOutcome.self], let impedance = space.impedance,
      outcome.areas.count * outcome.areas.count * outcome.sectors.count * space.periods.count
        <= flowLimit
    else { return nil }
    let keys = [
      ("period", "The pair of periods that is compared."), ("sector_code", "Code of the sector."),
      ("from_area_code", "Code of the area that provides."),
      ("to_area_code", "Code of the area that demands."),
    ]
    let (grids, areaCount) = (outcome.grids, outcome.areas.count)
    return RunTable(
      "flows.csv", "One row for each period, sector and pair of areas with a flow.",
      columns: Column.list {
        Column<FlowRow>.texts(keys) { $0.keys }
        Column.number("flow", unit: "count", "The doubly constrained flow.") { $0.flow }
      },
      blockCount: grids.count * areaCount
    ) { block in
      let (period, origin) = block.quotientAndRemainder(dividingBy: areaCount)
      guard let flows = space.periods[period].flows else { return [] }
      return flowRows(grids[period], flows, impedance, from: origin)
    }
  }

  private static func flowRows(
    _ grid: Grid, _ flows: DoublyConstrained, _ impedance: Impedance, from origin: Int
  ) -> [FlowRow] {
    let weights = impedance.weights(from: origin, to: 0..<grid.areas.count)
    var rows: [FlowRow] = []
    for sector in 0..<grid.sectors.count where flows.convergence[sector].isReached {
      for (destination, weight) in weights.enumerated() {
        let flow = flows.flow(from: origin, to: destination, sector: sector, weight: weight)
        guard flow > 0 else { continue }
        rows.append(
          FlowRow(
            keys: [
              grid.period, grid.sectors.codes[sector], grid.areas.codes[origin],
              grid.areas.codes[destination],
            ], flow: flow))
      }
    }
    return rows
  }
}

/// A column of `accessibility.csv`.
private struct AccessibilityColumn: Sendable {
  let name: String
  let method: SpaceMethod
  let description: String
  let figure: @Sendable (_ space: SpaceOutcome, _ period: Int, _ area: Int, _ sector: Int) -> Figure

  static let all = [
    of("hansen", .hansen, "Demand in reach, weighted by distance (Hansen).", \.hansen),
    of(
      "two_step_floating_catchment", .twoStepFloatingCatchment,
      "Demand in reach for each unit of provision that competes for it.", \.twoStepFloatingCatchment
    ),
    of(
      "spatial_availability", .spatialAvailability,
      "Demand allocated to the area by its provision and distance.", \.spatialAvailability),
    AccessibilityColumn(
      name: "doubly_constrained_own_area", method: .doublyConstrained,
      description: "The doubly constrained flow that stays in the area."
    ) {
      $0.ownFlow(period: $1, area: $2, sector: $3)
    },
  ]

  private static func of(
    _ name: String, _ method: SpaceMethod, _ description: String,
    _ part: KeyPath<Accessibility, Figures> & Sendable
  ) -> AccessibilityColumn {
    AccessibilityColumn(name: name, method: method, description: description) {
      space, period, area, sector in
      guard let accessibility = space.periods[period].accessibility else {
        return .undefined(.unknown)
      }
      return accessibility[keyPath: part].figure(area: area, sector: sector)
    }
  }
}
