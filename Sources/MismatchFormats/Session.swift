import Dense
import Mismatch

/// Takes a job through its stages: plan, read, check, analyse.
package struct Session: Sendable {
  let job: Job
  private let workerCount: Int
  private let budget: MemoryBudget
  private let seed: UInt64
  let onRead: @Sendable (Int) -> Void
  private let long: LongWork

  /// A session for a job.
  ///
  /// - Parameters:
  ///   - workerCount: threads to use; results do not depend on it.
  ///   - memoryLimit: bytes that the tables may take; nil for no limit.
  ///   - seed: of random draws.
  ///   - long: what work that takes long tells, and where it keeps its parts.
  ///   - onRead: told how many bytes each block brought, from any thread.
  package init(
    _ job: Job, workerCount: Int, memoryLimit: Int? = nil, seed: UInt64 = 0,
    long: LongWork = LongWork(),
    onRead: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.job = job
    self.workerCount = reserveProducts(workerCount: workerCount)
    budget = MemoryBudget(stated: memoryLimit)
    self.seed = seed
    self.long = long
    self.onRead = onRead
  }

  /// What the run will read and how large its tables will be, from registers and maps alone.
  package func plan() throws -> Plan {
    try Check.verifyAccepted(job)
    let frame = try Frame(job, onRead: onRead)
    var plan = frame.plan(job, workerCount: workerCount)
    guard plan.areaCount != nil else { return plan }
    let areas = frame.areas(metBy: [], excluding: job.excludedAreas)
    let sectors = frame.sectors(metBy: [], excluding: job.excludedSectors)
    if let space = job.space {
      let run = SpaceRun(
        job, space, areas: areas, workerCount: workerCount, budget: budget, long: long,
        onRead: onRead)
      plan.space = try run.plan(
        sectorCount: sectors.count, periodCount: job.periodPairs?.count ?? 1)
    }
    if let transport = job.transport, case .coordinates = transport.ways, plan.sectorCount != nil {
      let inputs = try TransportInputs(
        transport, frame, areas: areas, sectors: sectors, budget: budget, onRead: onRead)
      plan.transport = TransportNeeds(
        inputs.costs, workerCount: workerCount, budget: budget.less(plan.byteCount ?? 0))
    }
    return plan
  }

  /// Reads everything, checks it and works out all that the job asks for, whatever the checks find.
  package func run() throws -> Outcome { try analyse(check()) }

  /// Reads everything, brings both sides to the grids, and looks at what may be wrong with it.
  ///
  /// Nothing is calculated but what checks look at.
  package func check() throws -> CheckedRun {
    try verifyWorkers()
    try Check.verifyAccepted(job)
    let frame = try Frame(job, onRead: onRead)
    try frame.sizes(job)?.verify(job, workerCount: workerCount, within: budget)
    let sides = try read(frame)
    let periods = try ComparedPeriods(of: job, sides.map(\.tally))
    let sizes = frame.sizes(metBy: sides.map(\.tally), periodCount: periods.pairs.count)
    try sizes.verify(job, workerCount: workerCount, within: budget)
    for targets in frame.targets.values { try targets.verify(periodCount: periods.pairs.count) }
    var outcome = try assemble(frame, sides, periods)
    outcome.long = try long.keyed(job, outcome.inputs)
    return CheckedRun(
      outcome: outcome, frame: frame, tableByteCount: sizes.byteCount(job, workerCount: workerCount)
    )
  }

  /// Works out all that the job asks for beyond the grids.
  package func analyse(_ checked: CheckedRun) throws -> Outcome {
    var outcome = checked.outcome
    for grid in outcome.grids { calculate(grid, &outcome) }
    try interpret(checked.frame, &outcome)
    try calculateSpace(&outcome)
    try outcome.transport(
      checked.frame, workerCount: workerCount,
      budget: budget.less(checked.tableByteCount), onRead: onRead)
    return outcome
  }

  /// Makes sure that products of matrices can be calculated.
  ///
  /// - Throws: ``Failure`` (`failed`) where the process has too little address space.
  func verifyWorkers() throws {
    guard workerCount > 0 else {
      throw Failure(
        .failed,
        "the limits of this process (`ulimit -v`) leave too little memory to calculate with",
        advice: "Raise the limit, or use one thread (-j 1)")
    }
  }

  /// Both sides' inputs as they are read.
  ///
  /// - Parameter watches: what to take down of a side's figures on the way.
  func read(_ frame: Frame, watches: [Side: CellWatch] = [:]) throws -> [SideReader] {
    let sides = Dense.sideBySide(
      workerCount: workerCount,
      { Result { try read(.provision, frame, watch: watches[.provision]) } },
      { Result { try read(.demand, frame, watch: watches[.demand]) } })
    return [try sides.0.get(), try sides.1.get()]
  }

  private func read(_ side: Side, _ frame: Frame, watch: CellWatch?) throws -> SideReader {
    let periods = job.periodPairs.map { pairs in
      Set(pairs.map { Spelling($0.label(of: side)) })
    }
    var reader = SideReader(
      job.side(side), areas: frame.areaAxis(side), categories: frame.categoryAxis(side),
      periods: periods, watch: watch,
      cellLimit: CellLimit(
        bytesPerCell: TableSizes.leastBytesPerCell(job, job.side(side)), budget: budget),
      workerCount: workerCount, onRead: onRead)
    try reader.read()
    return reader
  }

  private func assemble(
    _ frame: Frame, _ sides: [SideReader], _ periods: ComparedPeriods
  ) throws -> Outcome {
    let areas = frame.areas(metBy: sides.map(\.tally), excluding: job.excludedAreas)
    let sectors = frame.sectors(metBy: sides.map(\.tally), excluding: job.excludedSectors)
    guard areas.count > 0, sectors.count > 0 else {
      throw Failure(
        .badData, at: Place(file: job.file), "no \(areas.count == 0 ? "area" : "sector") is left",
        advice: "Look at the filters, lookups and exclusions of the job")
    }
    var outcome = Outcome(
      job: job, inputs: frame.inputs + sides.flatMap(\.inputs), areas: areas, sectors: sectors,
      periods: periods)
    outcome.renamed = frame.renamed
    outcome.evidence = sides.map { reader in
      SideEvidence(
        reader.tally, background: frame.background(reader.tally.side),
        inputs: job.side(reader.tally.side).table.files.map(\.name), roundings: reader.roundings)
    }
    for pair in periods.pairs {
      var tables: [Table] = []
      let reached = try reach(
        pair, sides, outcome.evidence, areas: areas, sectors: sectors, by: frame)
      for (number, (reached, evidence)) in reached.enumerated() {
        let side = sides[number].tally.side
        outcome.note(absent: reached.areasWithoutRow, of: side, period: pair.label(of: side))
        tables.append(reached.table)
        outcome.balancings += [reached.balancing].compactMap { $0 }
        outcome.note(reached.settlement, of: side, period: pair.label(of: side))
        outcome.evidence[number] = evidence
      }
      let grid = Grid(
        period: pair.label, areas: areas, sectors: sectors, provision: tables[0], demand: tables[1])
      outcome.grids.append(grid)
    }
    for reader in sides {
      let side = reader.tally.side
      outcome.close(
        reader.tally, files: job.side(side).table.files, names: frame.names,
        compared: Set(periods.pairs.map { Spelling($0.label(of: side)) }))
    }
    outcome.lookForEmptySides()
    outcome.warnOfConflicts()
    try outcome.verifyBalance()
    outcome.checks = Check.rows(of: outcome)
    return outcome
  }

  /// Takes up a grid with what is worked out of it: what chance makes of indices beside the rest, since the
  /// one of all areas takes long and is one.
  private func calculate(_ grid: Grid, _ outcome: inout Outcome) {
    let indices = grid.shareIndices(
      among: job.showsShareIndices ? job.measures : [],
      rule: BootstrapRule(job.inference, seed: seed), period: outcome.inferences.count,
      includesAreas: job.bootstrapsAreas)
    let inference = InferenceWork(
      grid, measures: job.measures, rule: job.inference, includesCells: job.infersCells,
      includesIntervals: job.writes(OutputTable.intervals.name),
      includesRanks: job.writes(OutputTable.calls.name))
    let figures =
      job.writes(OutputTable.areas.name)
      ? grid.areaFigures(job.measures.filter { !$0.isPerCell }) : nil
    runTogether(
      [indices.loop, inference.loop] + [figures].compactMap { $0 }, workerCount: workerCount)
    outcome.shareIndices.append(indices.table)
    outcome.areaFigures.append(figures.map { Array($0.results.joined()) } ?? [])
    outcome.inferences.append(inference.inference)
  }

  /// Both sides of a pair of periods on the grid, side by side, and the evidence with what they show.
  private func reach(
    _ pair: PeriodPair, _ sides: [SideReader], _ evidence: [SideEvidence], areas: Codebook,
    sectors: Codebook, by frame: Frame
  ) throws -> [(ReachedSide, SideEvidence)] {
    let absent = absentAreas(sides, pair, areas: areas, sectors: sectors, by: frame)
    let reach = { @Sendable (number: Int) in
      Result { () throws -> (ReachedSide, SideEvidence)? in
        let tally = sides[number].tally
        let reached = try self.reach(
          sides[number], pair, absent: absent, areas: areas, sectors: sectors, by: frame)
        guard let reached else { return nil }
        var evidence = evidence[number]
        evidence.note(
          reached.settlement, tally, period: reached.period,
          rounding: job.side(tally.side).figures.rounding)
        return (reached, evidence)
      }
    }
    let both = Dense.sideBySide(workerCount: workerCount, { reach(0) }, { reach(1) })
    return try [both.0.get(), both.1.get()].compactMap { $0 }
  }

  /// What areas reach, where the job asks for it.
  private func calculateSpace(_ outcome: inout Outcome) throws {
    guard let space = job.space else { return }
    var run = SpaceRun(
      job, space, areas: outcome.areas, workerCount: workerCount, budget: budget,
      long: outcome.long, onRead: onRead)
    try run.run(on: outcome.grids)
    outcome.take(run.outcome)
  }

  /// Calculates what looks at whole grids and at one after another.
  private func interpret(_ frame: Frame, _ outcome: inout Outcome) throws {
    try outcome.findTypologies(workerCount: workerCount)
    if job.decomposes {
      try outcome.decompose(groups: frame.groupOfArea, workerCount: workerCount)
    }
    outcome.mismatchUnemployment = try frame.matchingModel(
      job, sectors: outcome.sectors, periods: outcome.periods.pairs
    ).map { MismatchUnemployment(outcome.grids, $0, isInOrder: outcome.periods.disorder == nil) }
  }
}

/// A run whose inputs are read and checked, before anything is worked out of them.
package struct CheckedRun: Sendable {
  /// What is known by now: inputs, grids, accounts and checks.
  package let outcome: Outcome
  let frame: Frame
  /// What the tables of source codes take.
  let tableByteCount: Int
}

/// One side of a pair of periods as it reaches the grid.
struct ReachedSide {
  /// The period's number in the side's tally.
  let period: Int
  let settlement: Settlement
  /// On the grid, as the source has it.
  let aligned: Table
  /// The same, scaled to published totals where the job says so.
  let table: Table
  let balancing: Balancing?
  /// Areas that no row of the source reaches.
  let areasWithoutRow: Set<Int>
}

extension Session {
  /// Areas of the grid that no row of a side's source reaches in a pair of periods.
  func absentAreas(
    _ readers: [SideReader], _ pair: PeriodPair, areas: Codebook, sectors: Codebook, by frame: Frame
  ) -> [Side: Set<Int>] {
    readers.reduce(into: [:]) { absent, reader in
      let (tally, side) = (reader.tally, reader.tally.side)
      guard let period = tally.number(of: pair.label(of: side)) else { return }
      absent[side] = frame.alignment(side, areas: areas, sectors: sectors).areasWithoutRow(
        sources: tally.areas.codebook, hasRow: tally.hasRow(period: period))
    }
  }

  /// One side's counts of a pair of periods, settled, brought to the grid and scaled by the job's rules;
  /// nil where the side has no such period.
  ///
  /// - Parameter absent: areas that no row of either side reaches. Their counts are 0 where the job says so,
  ///   and where published totals decide.
  /// - Throws: ``Failure`` for sums that doubles do not keep, and for totals that cannot be met.
  func reach(
    _ reader: SideReader, _ pair: PeriodPair, absent: [Side: Set<Int>], areas: Codebook,
    sectors: Codebook, by frame: Frame
  ) throws -> ReachedSide? {
    let tally = reader.tally
    let side = tally.side
    guard let period = tally.number(of: pair.label(of: side)) else { return nil }
    let unknown = absent.filter { job.side($0.key).keepsAbsentAreas }
    let settlement = tally.settle(
      period: period, point: job.side(side).figures.point, disclosure: job.disclosure)
    try reader.verifySums(of: settlement, period: period)
    let aligned = frame.alignment(side, areas: areas, sectors: sectors).table(
      of: settlement, absent: unknown[side] ?? [],
      leftOut: unknown.values.reduce(into: []) { $0.formUnion($1) }, workerCount: workerCount)
    let scaled = try frame.targets[side].map { targets in
      try SideScaling(side: side, job: job, areas: areas, sectors: sectors, targets: targets)
        .scaled(aligned, in: pair)
    }
    return ReachedSide(
      period: period, settlement: settlement, aligned: aligned, table: scaled?.table ?? aligned,
      balancing: scaled?.balancing, areasWithoutRow: absent[side] ?? [])
  }
}

extension Tally {
  /// The number of a period; nil where the side has no such label.
  fileprivate func number(of label: String) -> Int? {
    periods.firstIndex { $0.isSpelt(as: label) }
  }
}

extension SideJob {
  /// Whether an area without a row has no count, rather than 0.
  var keepsAbsentAreas: Bool { !absentAreasAreZero && balancing == nil }
}
