import Extracts
import Jobs
import Mismatch

/// The intervals of one measure in one cell.
private struct IntervalRow: Sendable {
  let place: CellPlace
  /// Its number among the measures that have intervals.
  let measure: Int
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
    let columns =
      Column.list {
        Column<IntervalRow>.text("period", "The pair of periods that is compared.") {
          grids[$0.place.grid].period
        }
        Column.text("area_code", "Code of the area.") {
          grids[$0.place.grid].areas.codes[$0.place.area]
        }
        Column.text("sector_code", "Code of the sector.") {
          grids[$0.place.grid].sectors.codes[$0.place.sector]
        }
        Column.text("measure", "Name of the measure.") {
          inferences[$0.place.grid].measures[$0.measure].name
        }
        Column.number("value", unit: "of the measure", "Value of the measure.") { $0.set.value }
        Column.interval("bounds", unit: "of the measure", "given rounding, suppression and totals.")
        {
          $0.set.bounds
        }
        Column.interval("sampling", unit: "of the measure", "given sampling variability alone.") {
          $0.set.sampling
        }
        Column.interval(
          "crosswalk", unit: "of the measure",
          "given counted weights, and judged ones of a stated confidence, alone."
        ) {
          $0.set.crosswalk
        }
        Column.interval("combined", unit: "of the measure", "given all kinds together.") {
          $0.set.combined
        }
      }
    return RunTable(
      "intervals.csv", "One row for each period, area, sector and measure.", columns: columns,
      blockCount: blocks.count
    ) { block in
      blocks.rows(block) { number, area in
        let cells = inferences[number].intervals[area]
        return grids[number].places(grid: number, area: area).flatMap { place in
          cells.indices.map { IntervalRow(place: place, measure: $0, set: cells[$0][place.sector]) }
        }
      }
    }
  }
}
