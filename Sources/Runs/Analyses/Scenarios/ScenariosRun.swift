import Dense
import Extracts
import Jobs
import Mismatch

/// What scenarios make of a grid.
struct ScenarioEffects: Sendable {
  /// What one scenario makes of it.
  struct Effect: Sendable {
    let scenario: Scenario
    let figures: [ScenarioFigure]
    /// Calls of the scenario, areas × sectors; empty where nothing is called.
    let calls: [Call?]
    /// The same of all areas together, by sector.
    let pooledCalls: [Call?]
  }

  /// What figures are of.
  let measures: [Measure]
  let effects: [Effect]
}

/// Works out scenarios, period by period.
struct ScenariosRun {
  private let setting: AnalysisSetting
  private let scenarios: [ScenarioPlaces.Resolved]
  private let measures: [Measure]
  private(set) var warnings: [String] = []

  /// - Throws: ``Failure`` for what the grid does not have, and for a period that the run does not have.
  init(_ request: ScenariosJob, periods: [String], _ setting: AnalysisSetting) throws {
    self.setting = setting
    let places = ScenarioPlaces(areas: setting.areas, sectors: setting.sectors)
    scenarios = try request.scenarios.map(places.resolved)
    measures = Measure.counts + Measure.totals + setting.job.measures
    for period in request.scenarios.flatMap({ $0.periods ?? [] })
    where !periods.contains(where: { $0.isSpelt(as: period.text) }) {
      throw Failure.unknown(
        "period", period.text, known: periods, at: period.place, within: "scenarios")
    }
  }

  /// What the scenarios of a period make of it.
  ///
  /// - Throws: ``Failure`` for a change that takes away more than there is.
  mutating func effects(of period: PeriodOutcome, number: Int) throws -> ScenarioEffects {
    let grid = period.grid
    let rule = setting.job.inference
    let draws = ScenarioDraws(
      grid, weighted: try weighted(period), rule: rule, seed: setting.seed, period: number)
    var effects: [ScenarioEffects.Effect] = []
    for resolved in scenarios {
      let periods = resolved.job.periods
      guard periods?.contains(where: { $0.text.isSpelt(as: grid.period) }) != false else {
        continue
      }
      let scenario = try scenario(resolved, on: grid)
      let changed = grid.applying(scenario)
      let figures = draws.figures(
        of: scenario, changed, measures: measures, level: rule.level,
        workerCount: setting.workerCount)
      let calls = calls(of: changed)
      effects.append(
        ScenarioEffects.Effect(
          scenario: scenario, figures: figures, calls: calls.cells, pooledCalls: calls.pooled))
    }
    return ScenarioEffects(measures: measures, effects: effects)
  }

  /// A scenario of those areas of a grid whose counts it can change.
  private mutating func scenario(_ resolved: ScenarioPlaces.Resolved, on grid: Grid) throws
    -> Scenario
  {
    let (name, side) = (resolved.job.name.text, resolved.job.side)
    var changes: [Int: [ScenarioChange]] = [:]
    var left: [Int] = []
    for (area, listed) in resolved.changes.sorted(by: { $0.key < $1.key }) {
      let pair = grid.pair(area: area)
      var counts = side == .provision ? pair.provision : pair.demand
      let other = side == .provision ? pair.demand : pair.provision
      guard !grid[side].absentAreas.contains(area),
        listed.allSatisfy({ $0.change.hasMix(counts, other) })
      else {
        left.append(area)
        continue
      }
      for (change, place) in listed {
        try verify(change, counts, place, "area \"\(grid.areas.codes[area])\"", grid, name, side)
        counts = change.applied(to: counts, other: other)
      }
      changes[area] = listed.map(\.change)
    }
    if !left.isEmpty {
      let codes = left.map { grid.areas.codes[$0] }
      warnings.append(
        "scenarios, \(grid.period): \"\(name)\" leaves \(SectionNumber.counted(left.count, "area")) "
          + "as they are, whose counts are missing or 0 (\(Failure.examples(codes)))")
    }
    return Scenario(name: name, side: side, changes: changes)
  }

  /// Makes sure that no more is taken away than there is.
  private func verify(
    _ change: ScenarioChange, _ counts: Profile, _ place: Place, _ area: String, _ grid: Grid,
    _ name: String, _ side: Side
  ) throws {
    guard case .add(let sector, let count) = change else { return }
    let cell = counts.cells[sector]
    let most = cell.isDefined ? cell.value : cell.upper
    guard most + count < 0 else { return }
    throw Failure(
      .badData, at: place,
      "the scenario \"\(name)\" takes \(NumberText.text(of: -count)) away from \(area), "
        + "sector \"\(grid.sectors.codes[sector])\", \(grid.period), where \(side.rawValue) is "
        + NumberText.text(of: most),
      expected: "no count below 0", advice: "Take at most that away, or name other areas")
  }

  /// The grid of a period by drawn weights; none where weights are taken as they are.
  private func weighted(_ period: PeriodOutcome) throws -> [Grid] {
    let rule = setting.job.inference
    guard rule.kinds.contains(.crosswalk), let sources = period.sources else { return [] }
    let draws = Sides { side in
      setting.crosswalks[side].map {
        WeightDraws($0, confidence: nil, seed: setting.seed, side: side)
      }
    }
    guard draws.both.contains(where: { ($0?.sourceCount ?? 0) > 0 }) else { return [] }
    let loop = BlockLoop(of: rule.draws, size: 1) { block in
      Result {
        let tables = try Sides { side -> Table? in
          guard let maps = draws[side], maps.sourceCount > 0 else { return nil }
          return try sources[side].through(maps.map(draw: block.lowerBound)).reach(workerCount: 1)
            .table
        }
        return period.grid.replacing(provision: tables.provision, demand: tables.demand)
      }
    }
    runTogether([loop], workerCount: setting.workerCount)
    return try loop.results.map { try $0.get() }
  }

  private func calls(of grid: Grid) -> (cells: [Call?], pooled: [Call?]) {
    guard setting.job.callsCells else { return ([], []) }
    let work = InferenceWork(
      grid, measures: [], rule: setting.job.inference, includesCells: true,
      includesIntervals: false, includesRanks: false)
    runTogether([work.loop], workerCount: setting.workerCount)
    let inference = work.inference
    return (inference.findings.map(\.call), inference.pooledFindings.map(\.call))
  }
}

extension ScenarioChange {
  /// Whether an area has what the change needs: counts that a mix can be made of, on the side whose mix it takes too.
  fileprivate func hasMix(_ side: Profile, _ other: Profile) -> Bool {
    guard case .approach(let mix, _) = self else { return true }
    return (mix == nil ? [side, other] : [side]).allSatisfy { $0.total.value > 0 }
  }
}
