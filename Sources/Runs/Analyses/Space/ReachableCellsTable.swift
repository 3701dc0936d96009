import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `reachable_cells.csv`: `cells.csv` of the grids in which commuting or the way counts.
  ///
  /// Without calls: weighted counts of neighbours that share people are no independent draws.
  static let reachableCells = OutputTable("reachable_cells.csv") { outcome in
    guard let reached = outcome.results[SpaceOutcome.self]?.reached, !reached.isEmpty else {
      return nil
    }
    let measures = outcome.job.measures.filter(\.isPerCell)
    let grids = reached.map(\.grid)
    let blocks = AreaBlocks(grids)
    let all = grids.map { $0.pooled(0..<$0.areas.count) }
    return RunTable(
      "reachable_cells.csv",
      "One row for each kind of reach, period, area and sector, after commuting or distance.",
      columns: Column.list {
        CellRow.keys(
          [
            (
              "reach",
              "How areas reach one another: "
                + "workplace, residence or catchment."
            )
          ] + areaKeys)
        CellRow.figures(outcome.job, measures)
      }, blockCount: blocks.count
    ) { block in
      blocks.rows(block) { number, area in
        let grid = grids[number]
        let cells = AreaCells(
          [
            reached[number].reach.rawValue, grid.period, grid.areas.codes[area],
            grid.areas.names[area],
          ], grid.sectors, grid.pair(area: area), all[number], measures, [])
        return CellRow.all(of: cells)
      }
    }
  }
}
