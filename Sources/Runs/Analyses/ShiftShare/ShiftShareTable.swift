import Extracts
import Jobs
import Mismatch

/// One component of an area's growth.
private struct GrowthRow: Sendable {
  let keys: [String]
  let figure: Figure
}

extension OutputTable {
  /// `shift_share.csv`: what each area's growth from each period to the next comes from.
  static let shiftShare = OutputTable("shift_share.csv", isDefault: false) { outcome in
    let growths = outcome.results[[SideGrowth].self] ?? []
    guard !growths.isEmpty else { return nil }
    let keys = [
      ("period_before", "The earlier pair of periods."), ("period_after", "The later one."),
      ("side", "provision or demand."), ("area_code", "Code of the area."),
      ("area_name", "Name of the area."), ("component", "Component of growth."),
    ]
    return RunTable(
      "shift_share.csv", "One row for each pair of periods, side, area and component.",
      columns: Column.list {
        Column<GrowthRow>.texts(keys) { $0.keys }
        Column.number("value", unit: "count", "The component.") { $0.figure.value }
        Column.number("lower", unit: "count", "Lower bound.") { $0.figure.lower }
        Column.number("upper", unit: "count", "Upper bound.") { $0.figure.upper }
        Column.status("status", "Status of the component.") { $0.figure.writtenStatus }
      }
    ) {
      growths.flatMap { growth in
        growth.shares.enumerated().flatMap { area, shares in
          shares.components.map { component, figure in
            GrowthRow(
              keys: [
                growth.before.period, growth.after.period, growth.side.rawValue,
                growth.before.areas.codes[area], growth.before.areas.names[area], component,
              ], figure: figure)
          }
        }
      }
    }
  }
}

extension ShiftShare {
  /// Every figure by its name in `shift_share.csv`.
  fileprivate var components: [(String, Figure)] {
    [
      ("before", before), ("after", after), ("growth", growth),
      ("national_share", nationalShare), ("sector_mix", sectorMix), ("local_share", localShare),
      ("net_shift", netShift),
    ]
  }
}
