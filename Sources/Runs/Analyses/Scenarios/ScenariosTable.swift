import Extracts
import Jobs
import Mismatch

/// A figure of a scenario, of a cell, an area, a sector of all areas, or all areas.
private struct ScenarioRow: Sendable {
  let grid: Grid
  let effects: ScenarioEffects
  let effect: ScenarioEffects.Effect
  let inference: Inference
  let figure: ScenarioFigure

  var measure: Measure { effects.measures[figure.measure] }

  /// Calls before and after; only share gaps are called.
  var calls: (before: Call?, after: Call?) {
    guard measure.name == Measure.shareGap.name, let sector = figure.sector,
      !effect.pooledCalls.isEmpty
    else { return (nil, nil) }
    guard let area = figure.area else {
      return (inference.pooledFindings[sector].call, effect.pooledCalls[sector])
    }
    let cell = area * grid.sectors.count + sector
    return (inference.findings[cell].call, effect.calls[cell])
  }

  var status: Status {
    let status = figure.base.writtenStatus.union(figure.changed.writtenStatus)
    let ends = [figure.difference, figure.interval.lower, figure.interval.upper]
    return ends.contains(where: \.isInfinite) ? status.union(.unbounded) : status
  }
}

extension OutputTable {
  /// `scenarios.csv`: figures of the base and of each scenario beside each other, one row per figure.
  static let scenarios = OutputTable("scenarios.csv") { outcome in
    let found = outcome.each(ScenarioEffects.self)
    guard !found.isEmpty else { return nil }
    let blocks = zip(outcome.grids, zip(found, outcome.each(Inference.self))).flatMap {
      grid, parts in
      parts.0.effects.map { (grid: grid, effects: parts.0, effect: $0, inference: parts.1) }
    }
    let unit = "of the measure"
    return RunTable(
      "scenarios.csv",
      "One row for each period, scenario and figure: of areas that the scenario changes, then of all areas together.",
      columns: Column.list {
        Column<ScenarioRow>.text("period", "The pair of periods that is compared.") {
          $0.grid.period
        }
        Column.text("scenario", "Name of the scenario.") { $0.effect.scenario.name }
        Column.text("area_code", "Code of the area; empty for all areas together.") { row in
          row.figure.area.map { row.grid.areas.codes[$0] } ?? ""
        }
        Column.text("area_name", "Name of the area.") { row in
          row.figure.area.map { row.grid.areas.names[$0] } ?? ""
        }
        Column.text("sector_code", "Code of the sector; empty for all sectors together.") { row in
          row.figure.sector.map { row.grid.sectors.codes[$0] } ?? ""
        }
        Column.text("sector_name", "Name of the sector.") { row in
          row.figure.sector.map { row.grid.sectors.names[$0] } ?? ""
        }
        Column.text("measure", "Name of the measure.") { $0.measure.name }
        Column.figure("base", unit: unit, "The measure as it is.") { $0.figure.base }
        Column.figure("changed", unit: unit, "The measure in the scenario.") { $0.figure.changed }
        Column.number("difference", unit: unit, "Changed less base.") { $0.figure.difference }
        Column.interval(
          "difference", unit: unit, "percentile of the difference over draws that both share."
        ) { $0.figure.interval }
        Column.status("difference_status", "Status of both, or why there is no difference.") {
          $0.status
        }
        Column.text("call_base", "What the cell is called as it is; with `share_gap_pp` alone.") {
          $0.calls.before?.rawValue ?? ""
        }
        Column.text("call_changed", "What it is called in the scenario.") {
          $0.calls.after?.rawValue ?? ""
        }
      }, blockCount: blocks.count
    ) { block in
      let (grid, effects, effect, inference) = blocks[block]
      return effect.figures.map {
        ScenarioRow(
          grid: grid, effects: effects, effect: effect, inference: inference, figure: $0)
      }
    }
  }
}
