import Extracts
import Jobs
import Dense
import Mismatch
import Synchronization

/// Calculates what a job's block `space` asks for.
struct SpaceRun {
  private let space: SpaceJob
  private let setting: AnalysisSetting
  private var areas: Codebook { setting.areas }
  private var workerCount: Int { setting.workerCount }
  private(set) var outcome = SpaceOutcome()

  init(_ space: SpaceJob, _ setting: AnalysisSetting) {
    (self.space, self.setting) = (space, setting)
  }

  /// Reads the block's inputs and calculates.
  ///
  /// - Throws: ``Failure`` for whatever is wrong in the inputs, and where a file cannot be written.
  mutating func run(on grids: [Grid]) throws {
    if let job = space.commuting, space.methods.contains(.commuting) {
      try commute(job, grids)
    }
    guard space.needsWays, let ways = space.ways, let decay = space.decay else {
      return
    }
    let (impedance, checkpoint) = try prepare(try read(ways, decay), grids)
    outcome.impedance = impedance
    outcome.ownWeights = impedance.own()
    let blockCount = 2 * grids.count * ((areas.count + TiledMatrix.side - 1) / TiledMatrix.side)
    let progress = BlockProgress(count: blockCount, onPart: setting.long.onPart)
    for (number, grid) in grids.enumerated() {
      let work = Work(workerCount: workerCount) { step in
        progress.keeper("\(number)-\(step)", step.isEmpty ? nil : checkpoint)
      }
      try calculate(grid, impedance, work)
    }
  }

  /// Holds the weights where they are needed often and fit, and opens a checkpoint where work takes long.
  private func prepare(_ impedance: Impedance, _ grids: [Grid]) throws -> (
    Impedance, Checkpoint?
  ) {
    guard case .symmetric(let weights) = impedance else { return (impedance, nil) }
    let columnCount = grids.reduce(0) {
      $0 + FigureColumns.count(of: $1.provision.figuresWithTotals)
        + 2 * FigureColumns.count(of: $1.demand.figuresWithTotals)
    }
    let plan = plan(
      weights, columnCount: columnCount, sectorCount: grids.first?.sectors.count ?? 0,
      periodCount: grids.count)
    try refuse(plan)
    var checkpoint: Checkpoint?
    if plan.expectedSeconds > LongWork.leastSeconds {
      setting.long.onPlan(plan.lines)
      checkpoint = try setting.long.checkpoint(outcome.inputs)
    }
    guard plan.holdsWeights else { return (impedance, checkpoint) }
    return (.symmetric(weights.holding(workerCount: workerCount)), checkpoint)
  }

  /// What the products of all areas will take, where their weights are calculated.
  ///
  /// Columns are counted as if no bounds differed from values.
  func plan() throws -> SpacePlan? {
    guard case .coordinates(let job) = space.ways, let decay = space.decay, space.needsWays else {
      return nil
    }
    let points = try job.read(areas: areas, onRead: setting.onRead).points
    let (sectorCount, periodCount) = (setting.sectors.count, setting.periodCount)
    return plan(
      points.weights(decay, own: space.ownAreaCost ?? 0),
      columnCount: periodCount * (3 * sectorCount + 2), sectorCount: sectorCount,
      periodCount: periodCount)
  }

  private func plan(
    _ weights: TiledMatrix, columnCount: Int, sectorCount: Int, periodCount: Int
  ) -> SpacePlan {
    SpacePlan(
      weights, columnCount: space.weighsCells ? columnCount : 0,
      productCount: space.weighsCells ? 2 * periodCount : 0,
      balancedCount: space.methods.contains(.doublyConstrained) ? sectorCount * periodCount : 0,
      workerCount: workerCount, budget: setting.budget)
  }

  private func refuse(_ plan: SpacePlan) throws {
    try setting.budget.verify(
      plan.byteCount, for: "the products of all areas", advice: "take fewer sectors")
  }

  // MARK: Inputs

  /// The least distance between areas that a decay by a power can weigh.
  private static let leastKilometres = 1e-6

  private mutating func read(_ ways: WaysJob, _ decay: Decay) throws -> Impedance {
    switch ways {
    case .coordinates(let job):
      let (points, inputs) = try job.read(areas: areas, onRead: setting.onRead)
      outcome.inputs += inputs
      let own = space.ownAreaCost ?? 0
      if case .geographic = job.system {
        outcome.costText = "kilometres along great circles; \(own) within an area"
      } else {
        outcome.costText = "kilometres in a straight line; \(own) within an area"
      }
      if case .power = decay, let pair = points.pair(nearerThan: Self.leastKilometres) {
        throw Failure(
          .badData, at: Place(file: job.table.files.first?.path ?? ""),
          "\(Failure.examples([areas.codes[pair.0], areas.codes[pair.1]])) have the same coordinates",
          expected: "a distance of a millimetre or more, which a decay by a power needs")
      }
      return .symmetric(points.weights(decay, own: own))
    case .costs(let job):
      let read = try job.read(role: "costs", areas: areas, onRead: setting.onRead)
      outcome.inputs += read.inputs
      return Impedance(table: try weights(of: read, decay, file: job.table.files.first?.path))
    }
  }

  /// The weights of a table of costs; own-area costs are the table's unless the job states one.
  private mutating func weights(of read: ReadPairs, _ decay: Decay, file: String?) throws
    -> SparseMatrix
  {
    var entries = SparseMatrix.Entries()
    var areasWithoutOwn: [String] = []
    for row in 0..<areas.count {
      var own = space.ownAreaCost
      for entry in read.numbers.row(row) {
        if entry.column == row {
          own = own ?? entry.weight
        } else {
          entries.add(row: row, column: entry.column, weight: entry.weight)
        }
      }
      if let own {
        entries.add(row: row, column: row, weight: own)
      } else {
        areasWithoutOwn.append(areas.codes[row])
      }
    }
    outcome.costText =
      "those of the table; within an area "
      + (space.ownAreaCost.map { "\($0)" } ?? "the table's own")
    if !areasWithoutOwn.isEmpty {
      outcome.warnings.append(
        "costs: \(Failure.examples(areasWithoutOwn)) have no cost to themselves and do not reach their own "
          + "openings; `own-area-cost` would provide one")
    }
    outside(read.outsideCodes, of: "costs", "they were excluded")
    let costs = SparseMatrix(rowCount: areas.count, columnCount: areas.count, entries: entries)
    let weights = costs.mapWeights(decay.weights)
    guard (0..<areas.count).allSatisfy({ weights.rowSum($0).isFinite }) else {
      throw Failure(
        .badData, at: file.map { Place(file: $0) }, "a cost is 0",
        expected: "costs above 0, which a decay by a power needs")
    }
    return weights
  }

  private mutating func outside(_ codes: [String], of what: String, _ consequence: String) {
    guard !codes.isEmpty else { return }
    outcome.warnings.append(
      "\(what): \(codes.count) code\(codes.count == 1 ? " is" : "s are") no area of the grid "
        + "(\(Failure.examples(codes, limit: 3))); \(consequence)")
  }

  // MARK: Methods

  private mutating func commute(_ job: PairJob, _ grids: [Grid]) throws {
    let read = try job.read(role: "commuting", areas: areas, onRead: setting.onRead)
    outcome.inputs += read.inputs
    let commuting = Commuting(
      flows: read.numbers, originOutside: read.toOutside, destinationOutside: read.fromOutside)
    outcome.commuting = commuting
    outside(
      read.outsideCodes, of: "commuting",
      "the part of an area's counts that goes there leaves the grid")
    for (places, what) in [
      (commuting.areasWithoutOrigins, "no commuter leaves \("%"), which keep their provision"),
      (commuting.areasWithoutDestinations, "no commuter reaches \("%"), which keep their demand"),
    ] where !places.isEmpty {
      outcome.warnings.append(
        "commuting: "
          + what.replacing("%", with: Failure.examples(places.map { areas.codes[$0] })))
    }
    for grid in grids {
      outcome.reached.append(
        (
          .workplace,
          grid.replacing(provision: commuting.atWorkplace(grid.provision, workerCount: workerCount))
        ))
      outcome.reached.append(
        (
          .residence,
          grid.replacing(demand: commuting.atResidence(grid.demand, workerCount: workerCount))
        ))
    }
  }

  private mutating func calculate(_ grid: Grid, _ impedance: Impedance, _ work: Work) throws {
    var accessibility: Accessibility?
    if space.weighsCells {
      let result = try Accessibility(
        provision: grid.provision, demand: grid.demand, impedance: impedance, work)
      outcome.reached.append(
        (
          .catchment,
          grid.replacing(
            provision: Table(withTotals: result.provisionWithinReach),
            demand: Table(withTotals: result.hansen))
        ))
      accessibility = result
    }
    var flows: DoublyConstrained?
    var undefined: Set<Int> = []
    if space.methods.contains(.doublyConstrained) {
      let people = grid.provision.value.clearing(rows: grid.provision.absentAreas)
      let openings = grid.demand.value.clearing(rows: grid.demand.absentAreas)
      undefined = Set(
        grid.sectors.codes.indices.filter { sector in
          (people.column(sector) + openings.column(sector)).contains(where: \.isNaN)
        })
      let balanced = try DoublyConstrained(
        people: people.clearing(undefined), openings: openings.clearing(undefined),
        impedance: impedance, work)
      warn(of: balanced, grid, undefined)
      flows = balanced
    }
    outcome.periods.append(
      SpaceOutcome.Period(
        accessibility: accessibility, flows: flows, sectorsWithoutFlows: undefined,
        absentAreas: grid.absentAreas))
  }

  /// Tells which sectors could not be balanced, and by how much they fail.
  private mutating func warn(of flows: DoublyConstrained, _ grid: Grid, _ undefined: Set<Int>) {
    if !undefined.isEmpty {
      outcome.warnings.append(
        "\(grid.period): doubly constrained flows are undefined in sectors with suppressed counts: "
          + Failure.examples(undefined.sorted().map { grid.sectors.codes[$0] }))
    }
    for (sector, state) in flows.convergence.enumerated()
    where !state.isReached && state.iterationCount > 0 {
      outcome.warnings.append(
        "\(grid.period): doubly constrained flows of sector \(grid.sectors.codes[sector]) did not converge "
          + "after \(state.iterationCount) iterations (largest relative error \(state.marginalError)"
          + (state.unreachedCount > 0
            ? "; \(state.unreachedCount) areas reach nobody or are reached by nobody)" : ")")
          + "; they are undefined")
    }
  }
}

/// Counts the finished blocks of all steps.
private final class BlockProgress: Sendable {
  private let count: Int
  private let done = Atomic(0)
  private let onPart: @Sendable (Int, Int) -> Void

  init(count: Int, onPart: @escaping @Sendable (Int, Int) -> Void) {
    (self.count, self.onPart) = (count, onPart)
  }

  /// A keeper of the blocks of a step, which also attends to requests to stop.
  func keeper(_ step: String, _ checkpoint: Checkpoint?) -> BlockKeeper {
    BlockKeeper(
      recall: { block, count in
        let kept = try checkpoint?.elements(of: "\(step)-\(block)", count: count)
        if kept != nil { self.advance() }
        return kept
      },
      keep: { block, elements in
        try checkpoint?.keep(elements, as: "\(step)-\(block)")
        self.advance()
      })
  }

  private func advance() {
    onPart(min(count, done.add(1, ordering: .relaxed).newValue), count)
  }
}

extension Matrix {
  /// The matrix with 0 in all of these columns.
  fileprivate func clearing(_ columns: Set<Int>) -> Matrix {
    var cleared = self
    for column in columns {
      for row in 0..<rowCount { cleared[row, column] = 0 }
    }
    return cleared
  }
}
