import Extracts
import Jobs
import Mismatch

/// What one part of a side adds to the mutual information.
private struct PartRow: Sendable {
  /// Period, dimension, codes and names of area and sector.
  let keys: [String]
  let local: LocalContribution?
  let within: Double
  let status: Status
}

extension OutputTable {
  /// `decomposition.csv`: what every area, sector, group of areas and cell adds to the mutual information of side.
  package static let decomposition = OutputTable("decomposition.csv", isDefault: false) { outcome in
    guard let change = outcome.results[DecomposedChange.self] else { return nil }
    let grids = outcome.grids
    let decompositions = outcome.each(DecomposedGrid.self).map(\.decomposition)
    let keys = [
      ("period", "The pair of periods that is compared."),
      ("dimension", "area, sector, area group or cell."),
      ("area_code", "Code of the area or group."),
      ("area_name", "Name of the area or group."), ("sector_code", "Code of the sector."),
      ("sector_name", "Name of the sector."),
    ]
    let columns =
      Column.list {
        Column<PartRow>.texts(keys) { $0.keys }
        Column.number("share", unit: "share", "The part's share of all counts.") { $0.local?.share }
        Column.number("local", unit: "nats", "How far provision and demand differ in the part.") {
          $0.local?.local
        }
        Column.number(
          "contribution", unit: "nats",
          "Share times local: the contribution "
            + "of the part to the total."
        ) { $0.local?.contribution }
        Column.number("within", unit: "nats", "Mutual information within the part.") { $0.within }
        Column.number("within_contribution", unit: "nats", "Share times within.") {
          $0.within * ($0.local?.share ?? .nan)
        }
        Column.status("status", "Status of the part's counts.") { $0.status }
      }
    let blocks = AreaBlocks(grids)
    // The parts of whole areas, sectors and groups come first in each period.
    return RunTable(
      "decomposition.csv", "One row for each period and area, sector, group of areas or cell.",
      columns: columns, blockCount: blocks.count
    ) { block in
      blocks.rows(block) { number, area in
        let (grid, decomposition) = (grids[number], decompositions[number])
        let wholes = area == 0 ? PartRow.wholes(grid, decomposition, change.areaGroups) : []
        return wholes + PartRow.cells(grid, decomposition, area: area)
      }
    }
  }

  /// `change.csv`: what the change of mutual information from each period to the next comes from.
  package static let change = OutputTable("change.csv", isDefault: false) { outcome in
    let changes = outcome.results[DecomposedChange.self]?.changes ?? []
    guard !changes.isEmpty else { return nil }
    let keys = [
      ("period_before", "The earlier pair of periods."), ("period_after", "The later one."),
      ("compared", "What is compared: areas or sectors."), ("unit", "The units."),
      ("group", "The groups."), ("method", "How the change is split."),
      ("component", "Component of the change."),
    ]
    return RunTable(
      "change.csv", "One row for each pair of periods, comparison, method and component.",
      columns: Column.list {
        Column<ComponentRow>.texts(keys) { $0.keys }
        Column.number("value", unit: "nats", "The component.") { $0.value }
        Column.status("status", "Status of the component.") { $0.status }
      }
    ) {
      changes.flatMap { change in
        change.change.components.map { component, value in
          ComponentRow(
            keys: [
              change.before, change.after, change.compared.rawValue, change.compared.unit,
              change.compared.group, change.method.rawValue, component,
            ], value: value, status: change.status)
        }
      }
    }
  }
}

/// One component of a change.
private struct ComponentRow: Sendable {
  let keys: [String]
  let value: Double
  let status: Status
}

extension PartRow {
  /// The parts of whole areas, sectors and groups.
  fileprivate static func wholes(
    _ grid: Grid, _ decomposition: Decomposition, _ groups: Codebook?
  ) -> [PartRow] {
    var rows = parts(grid.period, "area", decomposition.areas, grid.areas)
    rows += parts(grid.period, "sector", decomposition.sectors, grid.sectors)
    if let split = decomposition.groups, let groups {
      rows += parts(grid.period, "area group", split, groups)
    }
    return rows
  }

  /// The parts of a split; codes of sectors stand in their own columns.
  private static func parts(
    _ period: String, _ dimension: String, _ split: SideSplit, _ codes: Codebook
  ) -> [PartRow] {
    split.parts.enumerated().map { number, part in
      let key = [codes.codes[number], codes.names[number]]
      return PartRow(
        keys: [period, dimension] + (dimension == "sector" ? ["", ""] + key : key + ["", ""]),
        local: part.side, within: part.within,
        status: part.provision.status.union(part.demand.status))
    }
  }

  fileprivate static func cells(_ grid: Grid, _ decomposition: Decomposition, area: Int)
    -> [PartRow]
  {
    let pair = grid.pair(area: area)
    return decomposition.cells(pair).enumerated().map { sector, local in
      let status = pair.provision.cells[sector].status.union(pair.demand.cells[sector].status)
      return PartRow(
        keys: [
          grid.period, "cell", grid.areas.codes[area], grid.areas.names[area],
          grid.sectors.codes[sector], grid.sectors.names[sector],
        ], local: local, within: .nan,
        status: local == nil ? status.union(.incomplete) : status)
    }
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
