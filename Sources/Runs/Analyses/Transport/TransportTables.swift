import Extracts
import Jobs
import Dense
import Mismatch

/// One number of a transport.
private struct TransportRow: Sendable {
  let period: String
  let item: (name: String, value: Double, status: String)
}

extension OutputTable {
  /// `transport.csv`: costs and shares of the transport from provision to demand, by period.
  package static let transport = OutputTable("transport.csv") { outcome in
    guard let transport = outcome.job.requests[TransportJob.self] else { return nil }
    return RunTable(
      "transport.csv", "One row for each period and item.",
      columns: Column.list {
        Column<TransportRow>.text("period", "The pair of periods that is compared.") {
          $0.period
        }
        Column.text("item", "Cost, share or count of the transport.") { $0.item.name }
        Column.number("value", unit: "of the item", "The item.") { $0.item.value }
        Column.text("status", "How far the item can be relied on.") { $0.item.status }
      }
    ) {
      outcome.each(TransportResult.self).flatMap { result in
        result.items(kilometresPerUnit: transport.kilometresPerUnit).map {
          TransportRow(period: result.period, item: $0)
        }
      }
    }
  }

  /// `transport_cells.csv`: what each area and sector gives and takes, by what changes on the way.
  static let transportCells = OutputTable("transport_cells.csv") { outcome in
    let (grids, results) = (outcome.grids, outcome.each(TransportResult.self))
    guard !results.isEmpty else { return nil }
    let kinds = MoveKind.allCases
    let given = kinds.flatMap { kind in
      Column<CellPlace>.number(
        "given_\(kind.rawValue)", unit: "count", "Moves out of the cell, \(kind.rawValue)."
      ) { results[$0.grid].mass($0, \.given, kind) }
    }
    let taken = kinds.flatMap { kind in
      Column<CellPlace>.number(
        "taken_\(kind.rawValue)", unit: "count", "Moves into the cell, \(kind.rawValue)."
      ) { results[$0.grid].mass($0, \.taken, kind) }
    }
    let blocks = AreaBlocks(grids)
    return RunTable(
      "transport_cells.csv", "One row for each period, area and sector.",
      columns: Column.list {
        Keys(grids).cell { $0 }
        given
        taken
        Column.text("status", "How far the plan can be relied on, or absent.") {
          results[$0.grid].absentAreas.contains($0.area)
            ? Status.absent.text : results[$0.grid].planNote
        }
      },
      blockCount: blocks.count
    ) { block in
      blocks.rows(block) { grids[$0].places(grid: $0, area: $1) }
    }
  }
}

extension TransportResult {
  /// What a cell gives or takes by one kind of move; nil without a plan, and where the area is absent.
  fileprivate func mass(
    _ cell: CellPlace, _ masses: KeyPath<TransportPlan, [MoveKind: Matrix]>, _ kind: MoveKind
  ) -> Double? {
    guard !absentAreas.contains(cell.area) else { return nil }
    return plan?[keyPath: masses][kind]?[cell.area, cell.sector]
  }

  /// The rows of one period: name, value and how far it can be relied on.
  fileprivate func items(
    kilometresPerUnit: Double?
  ) -> [(name: String, value: Double, status: String)] {
    var items: [(name: String, value: Double, status: String)] = []
    func add(_ name: String, _ value: Double?, _ status: String) {
      items.append((name, value ?? .nan, status))
    }
    add("mass", plan?.mass, planNote)
    add("cost", plan?.totalCost, planNote)
    add("place_cost", plan?.placeCost, planNote)
    add("skill_cost", plan?.skillCost, planNote)
    add(
      "mean_distance", plan.map { $0.placeCost / $0.mass * (kilometresPerUnit ?? .nan) }, planNote)
    add("regularised_objective", plan?.objective, planNote)
    for kind in MoveKind.allCases { add("share_\(kind.rawValue)", plan?.share(kind), planNote) }
    add("iterations", plan.map { Double($0.iterationCount) }, planNote)
    add("marginal_error", plan?.marginalError, planNote)
    add("converged", plan?.state == .converged ? 1 : 0, planNote)
    add("least_cost", exact?.totalCost, exactNote)
    add("least_place_cost", exact?.placeCost, exactNote)
    add("least_skill_cost", exact?.skillCost, exactNote)
    return items
  }
}
