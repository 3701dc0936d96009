import Dense

/// What if some counts of one side were others: a name, and changes by area.
package struct Scenario: Sendable {
  package let name: String
  package let side: Side
  /// What is changed in each area, one after another; other areas stay as they are.
  package let changes: [Int: [ScenarioChange]]

  package init(name: String, side: Side, changes: [Int: [ScenarioChange]]) {
    (self.name, self.side, self.changes) = (name, side, changes)
  }

  /// The areas that are changed, in order.
  package var areas: [Int] { changes.keys.sorted() }

  /// Both sides of an area as the scenario has them.
  func applied(to pair: ProfilePair, area: Int) -> ProfilePair {
    (changes[area] ?? []).reduce(pair) { pair, change in
      var pair = pair
      switch side {
      case .provision: pair.provision = change.applied(to: pair.provision, other: pair.demand)
      case .demand: pair.demand = change.applied(to: pair.demand, other: pair.provision)
      }
      return pair
    }
  }
}

extension Grid {
  /// The grid as a scenario has it; what uncertain weights make of counts and shares is taken as it was.
  package func applying(_ scenario: Scenario) -> Grid {
    let table = self[scenario.side]
    var (value, lower, upper) = (table.value, table.lower, table.upper)
    var (totalLower, totalUpper) = (table.totalLower, table.totalUpper)
    var status =
      table.status.isEmpty
      ? Array(repeating: Status(), count: value.elements.count) : table.status
    for area in scenario.areas {
      let pair = scenario.applied(to: pair(area: area), area: area)
      let side = scenario.side == .provision ? pair.provision : pair.demand
      for (sector, cell) in side.cells.enumerated() {
        value[area, sector] = cell.value
        lower[area, sector] = cell.lower
        upper[area, sector] = cell.upper
        status[area * value.columnCount + sector] = cell.status
      }
      totalLower[area] = side.total.lower
      totalUpper[area] = side.total.upper
    }
    var changed = Table(
      value: value, lower: lower, upper: upper, status: status, totalLower: totalLower,
      totalUpper: totalUpper)
    changed.mapVariance = table.mapVariance
    return scenario.side == .provision ? replacing(provision: changed) : replacing(demand: changed)
  }
}
