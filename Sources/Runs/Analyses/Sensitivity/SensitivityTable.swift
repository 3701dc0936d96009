import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `sensitivity.csv`: the range of each cell's share gap under other crosswalks and weights, and whether its
  /// call stands.
  static let sensitivity = OutputTable("sensitivity.csv") { outcome in
    let (grids, tables) = (outcome.grids, outcome.each(CallSensitivity.self))
    guard let run = outcome.results[SensitivityRun.self], !tables.isEmpty else { return nil }
    let index = { @Sendable (place: CellPlace) in
      place.area * grids[place.grid].sectors.count + place.sector
    }
    let cell = { @Sendable (place: CellPlace) in tables[place.grid].cells[index(place)] }
    let name = { @Sendable (number: Int?) in number.map(run.name) ?? "own" }
    let share = { @Sendable (place: CellPlace, kinds: [CallSensitivity.Kind]) in
      tables[place.grid].callShare(index(place), kinds)
    }
    let unit = Measure.shareGap.unit
    let blocks = AreaBlocks(grids)
    let columns =
      Column.list {
        Keys(grids).cell { $0 }
        Column.number("share_gap_pp", unit: unit, Measure.shareGap.summary) { cell($0).own.gap }
        Column.number(
          "lowest_gap_pp", unit: unit, "Lowest share gap, the run's own and all alternatives."
        ) { cell($0).lowest.gap }
        Column.text("lowest_in", "The alternative that has it first; own where it is the run's.") {
          cell($0).own.gap.isNaN ? "" : name(cell($0).lowest.alternative)
        }
        Column.number(
          "highest_gap_pp", unit: unit, "Highest share gap, the run's own and all alternatives."
        ) { cell($0).highest.gap }
        Column.text("highest_in", "The alternative that has it first; own where it is the run's.") {
          cell($0).own.gap.isNaN ? "" : name(cell($0).highest.alternative)
        }
        Column.text("call", "over, under, balanced or unclear; empty without a share gap.") {
          cell($0).own.call?.rawValue ?? ""
        }
        Column.integer("alternatives", unit: "count", "Other crosswalks and draws of weights.") {
          tables[$0.grid].alternativeCount
        }
        Column.number(
          "call_share", unit: "share", "Share of all alternatives with the same call."
        ) { share($0, CallSensitivity.Kind.allCases) }
        Column.number(
          "call_share_crosswalks", unit: "share",
          "Share of the other crosswalks with the same call."
        ) { share($0, [.crosswalk]) }
        Column.number(
          "call_share_draws", unit: "share", "Share of the draws of weights with the same call."
        ) { share($0, [.draw]) }
        Column.text("call_survives", "true where all alternatives have the same call.") {
          tables[$0.grid].survives(index($0)).map { "\($0)" } ?? ""
        }
      }
    return RunTable(
      "sensitivity.csv", "One row for each period, area and sector.", columns: columns,
      blockCount: blocks.count
    ) { block in
      blocks.rows(block) { grids[$0].places(grid: $0, area: $1) }
    }
  }
}
