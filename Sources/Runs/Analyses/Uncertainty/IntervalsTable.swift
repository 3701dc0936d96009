import Extracts
import Jobs
import Mismatch

/// The intervals of one measure in one cell.
private struct IntervalRow: Sendable {
  let keys: [String]
  let set: IntervalSet
}

extension OutputTable {
  /// `intervals.csv`: the intervals of every cell and measure, kinds kept apart and combined.
  ///
  /// A kind that the job leaves out, or that has no form for the measure, is empty.
  package static let intervals = OutputTable("intervals.csv", isDefault: false) { outcome in
    let (grids, inferences) = (outcome.grids, outcome.each(Inference.self))
    guard inferences.contains(where: { !$0.measures.isEmpty }) else { return nil }
    let blocks = AreaBlocks(grids)
    let keys = Column<IntervalRow>.texts([
      ("period", "The pair of periods that is compared."), ("area_code", "Code of the area."),
      ("sector_code", "Code of the sector."), ("measure", "Name of the measure."),
    ]) { $0.keys }
    let columns =
      Column.list {
        keys
        Column.number("value", unit: "of the measure", "Value of the measure.") { $0.set.value }
        Column.interval("bounds", unit: "of the measure", "given rounding, suppression and totals.")
        {
          $0.set.bounds
        }
        Column.interval("sampling", unit: "of the measure", "given sampling variability alone.") {
          $0.set.sampling
        }
        Column.interval("crosswalk", unit: "of the measure", "given counted weights alone.") {
          $0.set.crosswalk
        }
        Column.interval("combined", unit: "of the measure", "given all kinds together.") {
          $0.set.combined
        }
      }
    return RowsTable(
      "intervals.csv", "One row for each period, area, sector and measure.", columns: columns,
      blockCount: blocks.count
    ) { block in
      blocks.rows(block) { number, area in
        let (grid, inference) = (grids[number], inferences[number])
        return grid.sectors.codes.enumerated().flatMap { column, sector in
          zip(inference.measures, inference.intervals[area]).map { measure, cells in
            IntervalRow(
              keys: [grid.period, grid.areas.codes[area], sector, measure.name], set: cells[column])
          }
        }
      }
    }
  }
}
