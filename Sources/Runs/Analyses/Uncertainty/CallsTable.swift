import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `calls.csv`: what each cell is called, the test behind it, and its places with their ranges.
  package static let calls = OutputTable("calls.csv", isDefault: false) { outcome in
    guard outcome.job.callsCells else { return nil }
    let (grids, inferences) = (outcome.grids, outcome.each(Inference.self))
    let index = { @Sendable (place: CellPlace) in
      place.area * grids[place.grid].sectors.count + place.sector
    }
    let finding = { @Sendable (place: CellPlace) in inferences[place.grid].findings[index(place)] }
    let rank = { @Sendable (place: CellPlace) in inferences[place.grid].ranks[index(place)] }
    let blocks = AreaBlocks(grids)
    let columns =
      Column.list {
        Keys(grids).cell { $0 }
        Column.number("share_gap_pp", unit: Measure.shareGap.unit, Measure.shareGap.summary) {
          finding($0).gap
        }
        Column.interval(
          "combined", unit: Measure.shareGap.unit, "the share gap's interval of all kinds."
        ) { finding($0).interval }
        Column.number("p", unit: "probability", "p-value; empty where nothing is tested.") {
          finding($0).pValue
        }
        Column.number(
          "p_adjusted", unit: "probability", "p-value, adjusted over all cells of the period."
        ) { finding($0).adjusted }
        Column.text("call", "over, under, balanced or unclear; empty without a share gap.") {
          finding($0).call?.rawValue ?? ""
        }
        ranks("rank_in_area", "the area's sectors") { rank($0).inArea }
        ranks("rank_in_sector", "the sector's areas") { rank($0).inSector }
      }
    return RowsTable(
      "calls.csv", "One row for each period, area and sector.", columns: columns,
      blockCount: blocks.count
    ) { block in
      blocks.rows(block) { grids[$0].places(grid: $0, area: $1) }
    }
  }

  private static func ranks(
    _ name: String, _ among: String, _ rank: @escaping @Sendable (CellPlace) -> RankRange?
  ) -> [Column<CellPlace>] {
    Column.list {
      Column.integer(name, unit: "rank", "Rank among \(among) by share gap, largest first.") {
        rank($0)?.rank
      }
      Column.integer("\(name)_best", unit: "rank", "Best rank within the intervals.") {
        rank($0)?.best
      }
      Column.integer("\(name)_worst", unit: "rank", "Worst rank within the intervals.") {
        rank($0)?.worst
      }
    }
  }
}
