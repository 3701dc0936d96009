import Extracts
import Jobs
import Mismatch

/// The call of one cell.
private struct CallRow: Sendable {
  let place: CellPlace
  let finding: Inference.Finding
  let ranks: Inference.Ranks
}

extension OutputTable {
  /// `calls.csv`: what each cell is called, the test behind it, and its places with their ranges.
  package static let calls = OutputTable("calls.csv", isDefault: false) { outcome in
    guard outcome.job.callsCells else { return nil }
    let (grids, inferences) = (outcome.grids, outcome.each(Inference.self))
    let blocks = AreaBlocks(grids)
    let columns: [Column<CallRow>] =
      Column.list {
        Keys(grids).cell { $0.place }
        Column.number("share_gap_pp", unit: Measure.shareGap.unit, Measure.shareGap.summary) {
          $0.finding.gap
        }
        Column.interval(
          "combined", unit: Measure.shareGap.unit, "the share gap's interval of all kinds."
        ) { $0.finding.interval }
        Column.number("p", unit: "probability", "p-value; empty where nothing is tested.") {
          $0.finding.pValue
        }
        Column.number(
          "p_adjusted", unit: "probability", "p-value, adjusted over all cells of the period."
        ) { $0.finding.adjusted }
        Column.text("call", "over, under, balanced or unclear; empty without a share gap.") {
          $0.finding.call?.rawValue ?? ""
        }
        ranks("rank_in_area", "the area's sectors") { $0.ranks.inArea }
        ranks("rank_in_sector", "the sector's areas") { $0.ranks.inSector }
      }
    return RunTable(
      "calls.csv", "One row for each period, area and sector.", columns: columns,
      blockCount: blocks.count
    ) { block in
      blocks.rows(block) { number, area in
        let inference = inferences[number]
        return grids[number].places(grid: number, area: area).map { place in
          let index = area * grids[number].sectors.count + place.sector
          return CallRow(
            place: place, finding: inference.findings[index], ranks: inference.ranks[index])
        }
      }
    }
  }

  private static func ranks(
    _ name: String, _ among: String, _ rank: @escaping @Sendable (CallRow) -> RankRange?
  ) -> [Column<CallRow>] {
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
