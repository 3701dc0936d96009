import Mismatch

extension OutputTable {
  /// `transport.csv`: costs and shares of the transport from provision to demand, by period.
  static let transport = OutputTable(
    name: "transport.csv", where: { $0.job.transport != nil },
    write: { outcome, file in
      try file.row(["period", "item", "value", "status"])
      for result in outcome.transports {
        for item in result.items(kilometresPerUnit: outcome.job.transport?.kilometresPerUnit) {
          file.text(result.period)
          file.text(item.name)
          file.number(item.value)
          file.text(item.status)
          try file.endRow()
        }
      }
    })

  /// `transport_cells.csv`: what each area and sector gives and takes, by what changes on the way.
  static let transportCells = OutputTable(
    name: "transport_cells.csv", where: { $0.job.transport != nil },
    write: { outcome, file in
      let kinds = MoveKind.allCases
      try file.row(
        ["period", "area_code", "area_name", "sector_code", "sector_name"]
          + kinds.map { "given_\($0.rawValue)" } + kinds.map { "taken_\($0.rawValue)" } + ["status"]
      )
      for result in outcome.transports {
        for area in 0..<outcome.areas.count {
          for sector in 0..<outcome.sectors.count {
            file.text(result.period)
            file.text(outcome.areas.codes[area])
            file.text(outcome.areas.names[area])
            file.text(outcome.sectors.codes[sector])
            file.text(outcome.sectors.names[sector])
            for masses in [result.plan?.given, result.plan?.taken] {
              for kind in kinds { file.number(masses?[kind]?[area, sector] ?? .nan) }
            }
            file.text(result.planNote)
            try file.endRow()
          }
        }
      }
    })
}

extension TransportResult {
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
