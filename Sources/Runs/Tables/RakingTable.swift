import Extracts
import Jobs
import Mismatch

/// What scaling did to one area or sector.
private struct ScaledRow: Sendable {
  let keys: [String]
  let change: Raking.Change
}

extension OutputTable {
  /// `balancing.csv`: what scaling to published totals did to each area and sector; written where a side
  /// says `balance-to`.
  package static let raking = OutputTable("balancing.csv") { outcome in
    guard !outcome.scalings.isEmpty else { return nil }
    let keys = [
      ("side", "provision or demand."), ("period", "The pair of periods that is compared."),
      ("dimension", "area or sector."), ("code", "Code of the area or sector."),
      ("name", "Name of the area or sector."),
    ]
    return RunTable(
      "balancing.csv", "One row for each side, period and area or sector.",
      columns: Column.list {
        Column<ScaledRow>.texts(keys) { $0.keys }
        Column.number("before", unit: "count", "Sum before scaling.") { $0.change.before }
        Column.number("target", unit: "count", "Published total.") { $0.change.target }
        Column.number("after", unit: "count", "Sum after scaling.") { $0.change.after }
      }
    ) {
      outcome.scalings.flatMap { raking in
        [("area", outcome.areas, raking.areas), ("sector", outcome.sectors, raking.sectors)]
          .flatMap { dimension, codes, changes in
            changes.enumerated().map { place, change in
              ScaledRow(
                keys: [
                  raking.side.rawValue, raking.period, dimension, codes.codes[place],
                  codes.names[place],
                ], change: change)
            }
          }
      }
    }
  }
}
