/// Mismatch unemployment and the dispersion of sectors, by period and area: provision read as job seekers
/// and demand as vacancies.
package struct MismatchUnemployment: Sendable {
  /// How markets match and what is known of them.
  package struct Model: Sendable {
    /// The share of vacancies in matching.
    package let vacancyShare: Double
    /// The substitution parameter of a second, constant-elasticity matching function.
    package let substitution: Double?
    /// Matching efficiency by sector, in the grid's order.
    package let efficiency: [Double]?
    /// Whether demand counts filled jobs, so that it and provision together are a labour force.
    package let demandIsEmployment: Bool
    /// Flows by period of the grids, and the unemployment rate that the first begins with.
    package let flows: (start: Double, rates: [(jobFinding: Double, separation: Double)])?

    package init(
      vacancyShare: Double, substitution: Double?, efficiency: [Double]?,
      demandIsEmployment: Bool,
      flows: (start: Double, rates: [(jobFinding: Double, separation: Double)])?
    ) {
      self.vacancyShare = vacancyShare
      self.substitution = substitution
      self.efficiency = efficiency
      self.demandIsEmployment = demandIsEmployment
      self.flows = flows
    }
  }

  /// What the markets of an index are.
  package enum Markets: String, Sendable {
    case sectors
    case areasAndSectors = "areas and sectors"
  }

  /// One number.
  package struct Row: Sendable {
    package let period: String
    /// The area's place in the grid; nil for all areas together.
    package let area: Int?
    package let markets: Markets
    package let measure: String
    package let value: Double
    package let status: Status
  }

  /// In the order of periods, all areas together before each of them.
  package let rows: [Row]

  /// Every number of the grids' periods.
  ///
  /// - Parameters:
  ///   - grids: earliest first.
  ///   - isInOrder: whether they are; otherwise nothing is said of what changed.
  package init(_ grids: [Grid], _ model: Model, isInOrder: Bool) {
    var rows: [Row] = []
    var allIndices: [Double] = []
    for (number, grid) in grids.enumerated() {
      let earlier = isInOrder && number > 0 ? grids[number - 1] : nil
      let areas = grid.areas.codes.indices
      let all = grid.pooled(areas)
      let overall = model.numbers(all)
      let planned = model.allocation(
        all, substitution: 0, efficiency: model.efficiency, sectorCount: grid.sectors.count)
      allIndices.append(planned?.index ?? .nan)
      rows += overall.map { Row(grid, nil, .sectors, $0, all) }
      rows += earlier.map { model.changeRows(from: $0, to: grid) } ?? []
      let cells = grid.cellPair
      rows += model.indices(cells, sectorCount: grid.sectors.count)
        .map { Row(grid, nil, .areasAndSectors, $0, cells) }
      rows += areas.flatMap { area in
        let pair = grid.pair(area: area)
        let change = earlier.map { model.change(from: $0.pair(area: area), to: pair) } ?? []
        return (model.numbers(pair) + change).map { Row(grid, area, .sectors, $0, pair) }
      }
    }
    self.rows = rows + MismatchUnemployment.pathRows(grids, model, indices: allIndices)
  }

  /// The counterfactual path, from the start on; the rates of a period are those that it begins with.
  private static func pathRows(_ grids: [Grid], _ model: Model, indices: [Double]) -> [Row] {
    guard let flows = model.flows else { return [] }
    let path = UnemploymentPath(
      from: flows.start, flows: flows.rates, indices: indices, vacancyShare: model.vacancyShare)
    return zip(grids, path.steps).flatMap { grid, step in
      let all = grid.pooled(grid.areas.codes.indices)
      return [
        ("unemployment_rate", step.actual), ("planner_unemployment_rate", step.planned),
        ("mismatch_unemployment_rate", step.mismatch),
        ("planner_job_finding_rate", step.plannedJobFinding),
      ].map { Row(grid, nil, .sectors, $0, all) }
    }
  }
}

extension MismatchUnemployment.Row {
  fileprivate init(
    _ grid: Grid, _ area: Int?, _ markets: MismatchUnemployment.Markets,
    _ number: (name: String, value: Double), _ pair: ProfilePair
  ) {
    period = grid.period
    self.area = area
    self.markets = markets
    measure = number.name
    value = number.value
    var status = pair.provision.total.status.union(pair.demand.total.status)
    if value.isNaN {
      if pair.provision.total.value == 0 { status.insert(.noProvision) }
      if pair.demand.total.value == 0 { status.insert(.noDemand) }
      if status.isEmpty || (pair.provision.total.value + pair.demand.total.value).isNaN {
        status.insert(.unknown)
      }
    }
    self.status = status
  }
}

extension MismatchUnemployment.Model {
  fileprivate typealias Number = (name: String, value: Double)

  /// All numbers of one pair of profiles over sectors.
  fileprivate func numbers(_ pair: ProfilePair) -> [Number] {
    let provision = pair.provision.cells.map(\.value)
    let demand = pair.demand.cells.map(\.value)
    var numbers = indices(pair, sectorCount: demand.count)
    if demandIsEmployment {
      for (name, isWeighted) in [("labour_force_weighted", true), ("unweighted", false)] {
        numbers.append(
          (
            "layard_nickell_jackman_\(name)",
            layardNickellJackman(unemployed: provision, employed: demand, isWeighted: isWeighted)
          ))
      }
    }
    return numbers
  }

  /// What changed in demand from one period to the next.
  fileprivate func change(from before: ProfilePair, to after: ProfilePair) -> [Number] {
    let (before, after) = (before.demand.cells.map(\.value), after.demand.cells.map(\.value))
    return [
      ("lilien", lilien(before: before, after: after)),
      ("turbulence", turbulence(before: before, after: after)),
    ]
  }

  /// The same of all areas together, but for those that are absent in either period.
  fileprivate func changeRows(from before: Grid, to after: Grid) -> [MismatchUnemployment.Row] {
    let kept = after.comparable(before.comparable(after.areas.codes.indices).areas).areas
    var pair = after.pooled(kept)
    if kept.count < after.areas.count { pair = pair.marked([.absent, .incomplete]) }
    return change(from: before.pooled(kept), to: pair).map {
      MismatchUnemployment.Row(after, nil, .sectors, $0, pair)
    }
  }

  /// The indices of mismatch and the planner's moves, for each matching function with and without
  /// efficiencies.
  ///
  /// - Parameter sectorCount: markets are so many sectors, area after area.
  fileprivate func indices(_ pair: ProfilePair, sectorCount: Int) -> [Number] {
    var numbers: [Number] = []
    for (suffix, substitution) in [("", 0), ("_ces", self.substitution)] {
      guard let substitution else { continue }
      for (ending, efficiency) in [("", nil), ("_with_efficiency", self.efficiency)] {
        if !ending.isEmpty && efficiency == nil { continue }
        let planned = allocation(
          pair, substitution: substitution, efficiency: efficiency, sectorCount: sectorCount)
        numbers.append(("mismatch_index\(suffix)\(ending)", planned?.index ?? .nan))
        numbers.append(("planner_move_share\(suffix)\(ending)", planned?.moveShare ?? .nan))
      }
    }
    return numbers
  }

  fileprivate func allocation(
    _ pair: ProfilePair, substitution: Double, efficiency: [Double]?, sectorCount: Int
  ) -> PlannedAllocation? {
    PlannedAllocation(
      seekers: pair.provision.cells.map(\.value), vacancies: pair.demand.cells.map(\.value),
      efficiency: efficiency.map { efficiency in
        pair.provision.cells.indices.map { efficiency[$0 % sectorCount] }
      }, matching: MatchingFunction(vacancyShare: vacancyShare, substitution: substitution))
  }
}

extension Grid {
  /// Both sides of every cell, area after area, as one pair; without areas that are absent on a side.
  fileprivate var cellPair: ProfilePair {
    let (kept, status) = comparable(areas.codes.indices)
    let pairs = kept.map { pair(area: $0) }
    return ProfilePair(
      provision: Profile(parts: pairs.flatMap(\.provision.cells)),
      demand: Profile(parts: pairs.flatMap(\.demand.cells))
    ).marked(status)
  }
}
