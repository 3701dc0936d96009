import Extracts
import Jobs
import Dense
import Mismatch

/// Takes a job through its stages: plan, read, check, analyse.
package struct Session: Sendable {
  package let job: Job
  private let workerCount: Int
  private let budget: MemoryBudget
  private let seed: UInt64
  package let onRead: @Sendable (Int) -> Void
  /// Tallies in the place of a side's files; none where it is read from files.
  private let tallies: Sides<[InputFile]>
  /// Readings that other jobs may have made; nil where there are no others.
  private let shared: SharedReadings?
  private let long: LongWork

  /// A session for a job.
  ///
  /// - Parameters:
  ///   - workerCount: threads to use; results do not depend on it.
  ///   - memoryLimit: bytes that the tables may take; nil for no limit.
  ///   - seed: of random draws.
  ///   - long: what work that takes long tells, and where it keeps its parts.
  ///   - tallies: in the place of the files of a side.
  ///   - shared: readings of jobs that are run beside this one.
  ///   - onRead: called with the number of bytes of each block, from any thread.
  package init(
    _ job: Job, workerCount: Int, memoryLimit: Int? = nil, seed: UInt64 = 0,
    long: LongWork = LongWork(), tallies: Sides<[InputFile]> = Sides { _ in [] },
    shared: SharedReadings? = nil, onRead: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.job = job
    self.tallies = tallies
    self.shared = shared
    self.workerCount = reserveProducts(workerCount: workerCount)
    budget = MemoryBudget(stated: memoryLimit)
    self.seed = seed
    self.long = long
    self.onRead = onRead
  }

  /// What the run will read and how large its tables will be, from registers and maps alone.
  package func plan() throws -> Plan {
    try verifyWorkers()
    try Check.verifyAccepted(job)
    let frame = try Frame(job, onRead: onRead)
    var plan = frame.plan(job, workerCount: workerCount)
    guard plan.areaCount != nil, plan.sectorCount != nil else { return plan }
    let areas = frame.areas(metBy: [], excluding: job.excludedAreas)
    let sectors = frame.sectors(metBy: [], excluding: job.excludedSectors)
    plan.analyses = try AnalysisCatalogue.plan(
      setting(
        frame, areas, sectors, periodCount: job.periodPairs?.count ?? 1, long: long,
        budget: budget.less(plan.byteCount ?? 0)))
    return plan
  }

  private func setting(
    _ frame: Frame, _ areas: Codebook, _ sectors: Codebook, periodCount: Int, long: LongWork,
    budget: MemoryBudget
  ) -> AnalysisSetting {
    AnalysisSetting(
      job: job, crosswalks: Sides(frame.crosswalk), groupOfArea: frame.groupOfArea, areas: areas,
      sectors: sectors, periodCount: periodCount,
      workerCount: workerCount, budget: budget, seed: seed, long: long, onRead: onRead)
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
    let tallies = sides.map { frame.mapped($0.tally) }
    let compared = try ComparedPeriods(
      of: job, sides.map(\.tally), needOfOrder: AnalysisCatalogue.needOfOrder(job))
    let sizes = frame.sizes(metBy: tallies.both, periodCount: compared.pairs.count)
    try sizes.verify(job, workerCount: workerCount, within: budget)
    for targets in frame.targets.both { try targets?.verify(periodCount: compared.pairs.count) }
    let byteCount = sizes.byteCount(job, workerCount: workerCount)
    let outcome = try assemble(frame, sides, tallies, compared, budget: budget.less(byteCount))
    return CheckedRun(outcome: outcome, frame: frame, tableByteCount: byteCount)
  }

  /// Works out all that the job asks for beyond the grids.
  package func analyse(_ checked: CheckedRun) throws -> Outcome {
    var outcome = checked.outcome
    outcome.long = try long.keyed(job, outcome.inputs)
    try AnalysisCatalogue.run(
      on: &outcome,
      setting(
        checked.frame, outcome.areas, outcome.sectors, periodCount: outcome.periods.count,
        long: outcome.long, budget: budget.less(checked.tableByteCount)))
    return outcome
  }

  /// Makes sure that products of matrices can be calculated.
  ///
  /// - Throws: ``Failure`` (`failed`) where the process has too little address space.
  package func verifyWorkers() throws {
    guard workerCount > 0 else {
      throw Failure(
        .failed,
        "the limits of this process (`ulimit -v`) leave too little memory for the calculation",
        advice: "Raise the limit, or use one thread (-j 1)")
    }
  }

  /// What a function gives for each side, both at the same time.
  private func bothSides<Value: Sendable>(_ value: @Sendable (Side) throws -> Value) throws
    -> Sides<Value>
  {
    let both = Dense.sideBySide(
      workerCount: workerCount, { Result { try value(.provision) } },
      { Result { try value(.demand) } })
    return Sides(provision: try both.0.get(), demand: try both.1.get())
  }

  /// Both sides' inputs as they are read.
  ///
  /// - Parameter watches: what to take down of a side's figures on the way.
  package func read(_ frame: Frame, watches: Sides<CellWatch?> = Sides { _ in nil }) throws
    -> Sides<SideReading>
  {
    try bothSides { side in
      var reading = try sharing(side, watch: watches[side]) {
        tallies[side].isEmpty
          ? try read(side, frame, watch: watches[side])
          : try .adding(tallies[side], of: job.sides[side], watch: watches[side], onRead: onRead)
      }
      try reading.readTotals(job.sides[side], onRead: onRead)
      return reading
    }
  }

  /// The side's reading, which another job may have made.
  private func sharing(_ side: Side, watch: CellWatch?, _ read: () throws -> SideReading) throws
    -> SideReading
  {
    guard let shared, watch == nil else { return try read() }
    return try shared.reading(
      job.sides[side], tallies: tallies[side], periods: periods(of: side), orBy: read)
  }

  /// Labels of a side's compared periods; nil where the data say them, and where all are wanted.
  private func periods(of side: Side) -> Set<Spelling>? {
    guard !AnalysisCatalogue.needsSeries(side, job) else { return nil }
    return job.periodPairs.map { pairs in Set(pairs.map { Spelling($0.label(of: side)) }) }
  }

  private func read(_ side: Side, _ frame: Frame, watch: CellWatch?) throws -> SideReading {
    let (areas, categories) = (
      frame.areaRule(Subject(side)).codes, frame.categoryRule(Subject(side)).codes
    )
    var reader = SideReader(
      job.sides[side], areas: CodeList(expecting: areas),
      categories: CodeList(expecting: categories), periods: periods(of: side), watch: watch,
      cellLimit: TableSizes.limit(
        job, job.sides[side], areas: areas, categories: categories, within: budget),
      workerCount: workerCount, onRead: onRead)
    try reader.read()
    return reader.reading
  }

  /// One side in its source codes, with all its periods and without what a job adds to it.
  ///
  /// - Parameter watch: what to take down of its figures.
  package func read(_ side: Side, watch: CellWatch?) throws -> SideReading {
    var reader = SideReader(
      job.sides[side], watch: watch,
      cellLimit: CellLimit(
        areas: nil, categories: nil, bytesPerCell: 0, bytesPerCellAndPeriod: 0, budget: budget),
      workerCount: workerCount, onRead: onRead)
    try reader.read()
    return reader.reading
  }

  private func assemble(
    _ frame: Frame, _ sides: Sides<SideReading>, _ tallies: Sides<MappedTally>,
    _ compared: ComparedPeriods, budget: MemoryBudget
  ) throws -> Outcome {
    let areas = frame.areas(metBy: tallies.both, excluding: job.excludedAreas)
    let sectors = frame.sectors(metBy: tallies.both, excluding: job.excludedSectors)
    guard areas.count > 0, sectors.count > 0 else {
      throw Failure(
        .badData, at: Place(file: job.file), "no \(areas.count == 0 ? "area" : "sector") is left",
        advice: "Check the filters, lookups and exclusions of the job")
    }
    if let focus = job.areas.focus, areas.position(of: focus) == nil {
      throw Failure.unknown(
        "code", focus, known: areas.codes, at: Place(file: job.file), within: "focus")
    }
    var outcome = Outcome(
      job: job, inputs: frame.inputs + sides.both.flatMap(\.inputs), areas: areas,
      sectors: sectors, compared: compared,
      evidence: Sides { side in
        SideEvidence(
          sides[side], tallies[side], job.sides[side], background: frame.background(Subject(side)))
      })
    outcome.renamed = frame.renamed
    if let boundaries = frame.boundaries { try outcome.draw(boundaries) }
    for side in Side.allCases where AnalysisCatalogue.needsSeries(side, job) {
      try takeSeries(of: side, sides[side], tallies[side], to: &outcome, by: frame, within: budget)
    }
    for pair in compared.pairs { try take(pair, of: sides, tallies, to: &outcome, by: frame) }
    for side in Side.allCases {
      outcome.close(
        tallies[side], inputs: sides[side].sources.map(\.record.name), names: frame.names,
        compared: Set(
          compared.pairs.map { Spelling($0.label(of: side)) }
            + (outcome.series[side]?.periods.labels.map(Spelling.init) ?? [])))
    }
    let reading = ExtractReading(
      job: job, frame: frame, workerCount: workerCount, budget: budget, onRead: onRead)
    for extract in AnalysisCatalogue.extracts(of: job) { try reading.take(extract, to: &outcome) }
    outcome.lookForEmptySides()
    outcome.warnOfConflicts()
    try outcome.verifyReconciliation()
    outcome.checks = Check.rows(of: outcome)
    return outcome
  }

  /// Takes up a side in all periods that were read of it.
  private func takeSeries(
    of side: Side, _ reading: SideReading, _ tally: MappedTally, to outcome: inout Outcome,
    by frame: Frame, within budget: MemoryBudget
  ) throws {
    let isOfPair = Set(outcome.compared.pairs.map { Spelling($0.label(of: side)) })
    let series = try SideSeries(
      side, reading, tally, job, by: frame, areas: outcome.areas, sectors: outcome.sectors,
      within: budget, workerCount: workerCount
    ) { imputed, period in
      outcome.evidence[side].note(
        imputed, tally, period: period, rounding: job.sides[side].figures.rounding)
      let label = tally.tally.periods[period]
      if !isOfPair.contains(Spelling(label)) {
        outcome.note(imputed, of: Subject(side), period: label)
      }
    }
    outcome.series[side] = series
  }

  /// Takes up both sides of a pair of periods.
  private func take(
    _ pair: PeriodPair, of sides: Sides<SideReading>, _ tallies: Sides<MappedTally>,
    to outcome: inout Outcome, by frame: Frame
  ) throws {
    let (areas, sectors) = (outcome.areas, outcome.sectors)
    let (evidence, series) = (outcome.evidence, outcome.series)
    let absent = absentAreas(tallies, pair, areas: areas, sectors: sectors, by: frame)
    let found = try bothSides { side in
      if let period = pair.forecast(of: side), let series = series[side],
        let table = try AnalysisCatalogue.forecast(
          period, of: series, job, workerCount: workerCount)
      {
        return PairedSide(table: table, read: nil)
      }
      let read = try reach(
        side, sides[side], tallies[side], pair, absent: absent, evidence[side], areas: areas,
        sectors: sectors, by: frame)
      return PairedSide(table: read.side.table, read: read)
    }
    for side in Side.allCases {
      guard let read = found[side].read else {
        outcome.note(
          absent: series[side]?.absentAreas ?? [], of: Subject(side), period: pair.label(of: side))
        continue
      }
      outcome.note(
        absent: read.side.areasWithoutRow, of: Subject(side), period: pair.label(of: side))
      outcome.note(read.side.imputed, of: Subject(side), period: pair.label(of: side))
      outcome.evidence[side] = read.evidence
    }
    var sources: Sides<SideSource>?
    if AnalysisCatalogue.needsSources(job), let provision = found.provision.read?.side.source,
      let demand = found.demand.read?.side.source
    {
      sources = Sides(provision: provision, demand: demand)
    }
    outcome.periods.append(
      PeriodOutcome(
        grid: Grid(
          period: pair.label, areas: areas, sectors: sectors, provision: found.provision.table,
          demand: found.demand.table),
        scalings: found.both.compactMap { $0.read?.side.raking }, sources: sources))
  }

  /// One side of a pair of periods on the grid; with what was read, unless it is foreseen.
  private struct PairedSide: Sendable {
    let table: Table
    let read: (side: ReachedSide, evidence: SideEvidence)?
  }

  /// One side of a pair of periods on the grid, and the evidence with what it shows.
  private func reach(
    _ side: Side, _ reading: SideReading, _ tally: MappedTally, _ pair: PeriodPair,
    absent: Sides<Set<Int>>,
    _ evidence: SideEvidence, areas: Codebook, sectors: Codebook, by frame: Frame
  ) throws -> (side: ReachedSide, evidence: SideEvidence) {
    let reached = try reach(
      side, reading, tally, pair, absent: absent, areas: areas, sectors: sectors, by: frame)
    var evidence = evidence
    evidence.note(
      reached.imputed, tally, period: reached.period,
      rounding: evidence.job.figures.rounding)
    return (reached, evidence)
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
package struct ReachedSide {
  /// The period's number in the side's tally.
  let period: Int
  let source: SideSource
  /// On the grid, as the source has it.
  package let aligned: Table
  /// The same, scaled to published totals where the job says so.
  package let table: Table
  package let raking: Raking?
  /// Areas that no row of the source reaches.
  let areasWithoutRow: Set<Int>

  package var imputed: ImputedTally { source.imputed }
}

extension Session {
  /// Areas of the grid that no row of a side's source reaches in a pair of periods.
  package func absentAreas(
    _ tallies: Sides<MappedTally>, _ pair: PeriodPair, areas: Codebook, sectors: Codebook,
    by frame: Frame
  ) -> Sides<Set<Int>> {
    Sides { side in
      let tally = tallies[side]
      guard let period = tally.tally.number(of: pair.label(of: side)) else { return [] }
      return frame.alignment(Subject(side), areas: areas, sectors: sectors).areasWithoutRow(
        sources: tally.areas.codebook, hasRow: tally.hasRow(period: period))
    }
  }

  /// One side's counts of a pair of periods, imputed, mapped to the grid and scaled by the job's rules.
  ///
  /// - Parameter absent: areas that no row of either side reaches. Their counts are 0 where the job says so,
  ///   and where published totals decide.
  /// - Throws: ``Failure`` for sums that doubles do not keep, and for totals that cannot be met.
  package func reach(
    _ side: Side, _ reading: SideReading, _ tally: MappedTally, _ pair: PeriodPair,
    absent: Sides<Set<Int>>,
    areas: Codebook, sectors: Codebook, by frame: Frame
  ) throws -> ReachedSide {
    let label = pair.label(of: side)
    guard let period = tally.tally.number(of: label) else {
      throw Failure(
        .failed, "\(side.rawValue) has no period \"\(label)\", though it is compared",
        advice: "This is a fault in Mismatch; please report it")
    }
    let unknown = Sides { job.sides[$0].keepsAbsentAreas ? absent[$0] : [] }
    let imputed = tally.impute(
      period: period, point: job.sides[side].figures.point, disclosure: job.disclosure)
    try reading.verifySums(of: imputed, period: period)
    let source = SideSource(
      imputed: imputed, alignment: frame.alignment(Subject(side), areas: areas, sectors: sectors),
      absent: unknown[side], leftOut: unknown.provision.union(unknown.demand),
      scaling: frame.targets[side].map { targets in
        SideScaling(side: side, job: job, areas: areas, sectors: sectors, targets: targets)
      }, pair: pair)
    let reached = try source.reach(workerCount: workerCount)
    return ReachedSide(
      period: period, source: source, aligned: reached.aligned, table: reached.table,
      raking: reached.raking, areasWithoutRow: absent[side])
  }
}

extension SideJob {
  /// Whether an area without a row has no count, rather than 0.
  package var keepsAbsentAreas: Bool { !absentAreasAreZero && raking == nil }
}
