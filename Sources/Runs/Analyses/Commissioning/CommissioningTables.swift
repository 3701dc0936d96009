import Extracts
import Jobs
import Mismatch

/// A plan of a period and what it is scored on; an area of it, or all.
private struct PlanRow: Sendable {
  let period: String
  let grid: CommissionedGrid
  let score: CommissionedGrid.Score
  let plan: Int
  var area = 0

  /// Plans differ from draw to draw, so their costs and places are those of the counts alone.
  var isDrawn: Bool { score.period == nil }
  var isExcluded: Bool { grid.excluded.contains(area) }
  var isUnknown: Bool { isExcluded || score.missing.contains(area) }
  var cells: Range<Int> { grid.problem.cells(of: area) }
  var places: [Double] { grid.plans[plan].places }

  /// A number of an area with a plan that does not go by draws; NaN elsewhere.
  func fixed(_ value: @autoclosure () -> Double) -> Double {
    isDrawn || isExcluded ? .nan : value()
  }

  var cost: Double { grid.problem.cost(of: places, area: area) }
  var wholeCost: Double {
    grid.problem.budgets.indices.reduce(0) { $0 + grid.problem.cost(of: places, area: $1) }
  }
  var wholeMatched: Double { grid.sum(score.matched[plan]) }
  var intervals: CommissionedGrid.Intervals? {
    isDrawn ? score.intervals[plan] : nil
  }
}

extension Outcome {
  /// One row for each period, score and plan.
  fileprivate var planRows: [PlanRow] {
    commissioned.flatMap { grid, found in
      found.scores.flatMap { score in
        found.plans.indices.map {
          PlanRow(period: grid.period, grid: found, score: score, plan: $0)
        }
      }
    }
  }
}

private let planKeys = [
  ("period", "The pair of periods whose counts decide."),
  (
    "scored_on",
    "The pair of periods whose openings judge, or `draws`: plans made on draws of the counts, judged on other draws."
  ),
  ("plan", "How places are chosen."),
]

extension PlanRow {
  fileprivate var keys: [String] {
    [period, score.period ?? "draws", grid.plans[plan].kind.rawValue]
  }
}

extension OutputTable {
  /// `commissioning.csv`: what each plan costs and matches in each area.
  static let commissioning = OutputTable("commissioning.csv") { outcome in
    let plans = outcome.planRows
    guard !plans.isEmpty else { return nil }
    let areas = outcome.areas
    return RunTable(
      "commissioning.csv", "One row for each period, what judges, plan and area.",
      columns: Column.list {
        Column<PlanRow>.texts(planKeys) { $0.keys }
        Column.text("area_code", "Code of the area.") { areas.codes[$0.area] }
        Column.text("area_name", "Name of the area.") { areas.names[$0.area] }
        Column.number("cost", unit: "pounds", "What the plan's places cost.") {
          $0.fixed($0.cost)
        }
        Column.number("places", unit: "count", "Places of the plan.") { row in
          row.fixed(row.cells.reduce(0) { $0 + row.places[$1] })
        }
        Column.number(
          "matched", unit: "count",
          "Matches of places and openings, where commuting counts in the area of the openings; under draws their mean."
        ) { $0.isExcluded ? .nan : $0.score.matched[$0.plan][$0.area] }
        Column.interval("matched", unit: "count", "percentile of the draws.") {
          $0.isExcluded ? .undefined : $0.intervals?.areas[$0.area] ?? .undefined
        }
        Column.number("matched_per_1000", unit: "count per 1,000 pounds", "Matches for £1,000.") {
          $0.fixed(1000 * $0.score.matched[$0.plan][$0.area] / $0.cost)
        }
        Column.number("gain_over_current", unit: "count", "Matches beyond those of today's places.")
        {
          $0.isExcluded
            ? .nan : $0.grid.gain($0.score, plan: $0.plan, over: .current, area: $0.area)
        }
        Column.number(
          "gain_over_template", unit: "count", "Matches beyond those of one mix for all."
        ) {
          $0.isExcluded
            ? .nan : $0.grid.gain($0.score, plan: $0.plan, over: .nationalTemplate, area: $0.area)
        }
        Column.number(
          "another_1000_brings", unit: "count per 1,000 pounds",
          "Matches that another £1,000 would bring, by the counts that decide."
        ) { $0.fixed(1000 * $0.grid.plans[$0.plan].duals[$0.area]) }
        Column.status("status", "Why the area has no plan, or none that can be judged.") {
          $0.isUnknown ? .unknown : []
        }
      }, blockCount: plans.count
    ) { block in
      areas.codes.indices.map { area in
        var row = plans[block]
        row.area = area
        return row
      }
    }
  }

  /// `commissioning_summary.csv`: plans side by side, all areas together.
  static let commissioningSummary = OutputTable("commissioning_summary.csv") { outcome in
    let plans = outcome.planRows
    guard !plans.isEmpty else { return nil }
    return RunTable(
      "commissioning_summary.csv",
      "One row for each period, what judges and plan, all areas with a plan together.",
      columns: Column.list {
        Column<PlanRow>.texts(planKeys) { $0.keys }
        Column.number("cost", unit: "pounds", "What the plan's places cost.") {
          $0.isDrawn ? .nan : $0.wholeCost
        }
        Column.number("openings", unit: "count", "Openings that judge.") { $0.score.openings }
        Column.number(
          "matched", unit: "count",
          "Matches of places and openings, where commuting counts in the area of the openings; under draws their mean."
        ) { $0.wholeMatched }
        Column.interval("matched", unit: "count", "percentile of the draws.") {
          $0.intervals?.all ?? .undefined
        }
        Column.number("share_of_openings", unit: "share", "Matches divided by openings.") {
          $0.wholeMatched / $0.score.openings
        }
        Column.number("gain_over_current", unit: "count", "Matches beyond those of today's places.")
        { $0.grid.gain($0.score, plan: $0.plan, over: .current) }
        Column.interval("gain_over_current", unit: "count", "percentile of the draws.") {
          $0.intervals?.gainOverCurrent ?? .undefined
        }
        Column.number(
          "gain_over_template", unit: "count", "Matches beyond those of one mix for all."
        ) { $0.grid.gain($0.score, plan: $0.plan, over: .nationalTemplate) }
        Column.interval("gain_over_template", unit: "count", "percentile of the draws.") {
          $0.intervals?.gainOverTemplate ?? .undefined
        }
        Column.number(
          "saving", unit: "pounds",
          "What the same matches would cost less if each area chose its places, knowing the openings that judge; under "
            + "draws its mean. Empty on later periods, and where commuting counts."
        ) { $0.score.savings[$0.plan] }
        Column.interval("saving", unit: "pounds", "percentile of the draws.") {
          $0.intervals?.saving ?? .undefined
        }
        Column.text(
          "maximised",
          "What matches are: `matched`, the smaller of places and openings, or `vacancy-share` and α of a matching function."
        ) { $0.grid.problem.matching.text }
      }
    ) { plans }
  }

  /// `commissioning_cells.csv`: places now and planned of every cell.
  static let commissioningCells = OutputTable("commissioning_cells.csv") { outcome in
    let commissioned = outcome.commissioned
    let (grids, found) = (commissioned.map(\.grid), commissioned.map(\.found))
    guard !found.isEmpty else { return nil }
    let blocks = AreaBlocks(grids)
    let keys = Keys<PlannedCell>(grids).cell { $0.place }
    return RunTable(
      "commissioning_cells.csv", "One row for each period, plan, area and sector.",
      columns: Column.list {
        [keys[0]]
        Column.text("plan", "How places are chosen.") { $0.plan.kind.rawValue }
        Array(keys[1...])
        Column.number("openings", unit: "count", "Openings that decide.") {
          $0.known($0.grid.openings[$0.cell])
        }
        Column.number("places_now", unit: "count", "Places today.") {
          $0.known($0.grid.current[$0.cell])
        }
        Column.number("places", unit: "count", "Places of the plan.") {
          $0.known($0.plan.places[$0.cell])
        }
        Column.number("change", unit: "count", "Places of the plan less those of today.") {
          $0.known($0.plan.places[$0.cell] - $0.grid.current[$0.cell])
        }
        Column.number("cost", unit: "pounds", "What the plan's places cost.") {
          $0.known($0.plan.places[$0.cell] * $0.grid.problem.costs[$0.cell])
        }
        Column.number(
          "matched", unit: "count",
          "Matches of the cell's openings in the period, where commuting counts by people of all areas."
        ) { $0.known($0.plan.matched[$0.cell]) }
        Column.number(
          "marginal_value", unit: "count per 1,000 pounds",
          "Matches for another £1,000 in this cell: 0 where no opening is left."
        ) { $0.known(1000 * $0.plan.marginals[$0.cell]) }
        Column.status(
          "status",
          "Why the area has no plan, or `unbounded`: the first place of a concave return is worth more than any number."
        ) {
          $0.grid.excluded.contains($0.place.area)
            ? .unknown : $0.plan.marginals[$0.cell].isInfinite ? .unbounded : []
        }
      }, blockCount: blocks.count
    ) { block in
      blocks.rows(block) { number, area in
        found[number].plans.flatMap { plan in
          grids[number].places(grid: number, area: area).map {
            PlannedCell(place: $0, grid: found[number], plan: plan)
          }
        }
      }
    }
  }
}

/// A cell of a plan.
private struct PlannedCell: Sendable {
  let place: CellPlace
  let grid: CommissionedGrid
  let plan: CommissionedGrid.Plan

  var cell: Int { grid.problem.cells(of: place.area).lowerBound + place.sector }

  /// A number of an area that has a plan; NaN elsewhere.
  func known(_ value: @autoclosure () -> Double) -> Double {
    grid.excluded.contains(place.area) ? .nan : value()
  }
}
