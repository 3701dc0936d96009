import Dense
import Mismatch

/// Everything that a run found, before anything is written.
package struct Outcome: Sendable {
  package let job: Job
  package internal(set) var inputs: [InputRecord]
  package let areas: Codebook
  package let sectors: Codebook
  /// Which periods are compared, and whether their order is known.
  let periods: ComparedPeriods
  /// One grid per pair of periods, earliest first where that is known.
  package var grids: [Grid] = []
  /// Of every grid, area after area, the totals of both sides and the measures of whole areas; empty where
  /// no file shows them.
  package internal(set) var areaFigures: [[[Figure]]] = []
  /// Intervals and calls, one per grid.
  package var inferences: [Inference] = []
  /// How place and skill part the sides, by grid; none where the job does not ask.
  package internal(set) var decompositions: [Decomposition] = []
  /// The numbers of a summary of each decomposition.
  package internal(set) var headlines: [[Headline]] = []
  /// Groups of areas, where the job has them.
  package private(set) var areaGroups: Codebook?
  /// What changed from each period to the next.
  package internal(set) var changes: [PeriodChange] = []
  /// Mismatch unemployment, where the job asks.
  package internal(set) var mismatchUnemployment: MismatchUnemployment?
  /// Indices of whole areas with what chance makes of them, one table per grid.
  package var shareIndices: [ShareIndexTable] = []
  /// The account of every input and period.
  package var balances: [BalanceRow] = []
  /// Sides that were scaled to published totals, in the order of the grids.
  package var balancings: [Balancing] = []
  /// One per grid where the job asks for them, otherwise none.
  package var typologies: [Typology] = []
  package var unmapped: [UnmappedRow] = []
  /// What an analyst should know of the result, one sentence each.
  package var warnings: [String] = []
  /// Published totals that their parts cannot make, one sentence each; also among the warnings.
  package var conflictingTotals: [String] = []
  /// The same, for the checks.
  private(set) var conflicts: [(side: Side, period: String, conflict: Settlement.Conflict)] = []
  /// Withheld counts that totals narrow too far.
  private(set) var guarded: [(side: Side, period: String, cell: Settlement.GuardedCell)] = []
  /// Areas of the grid that no row of a side's source reaches, by period; none where all are reached.
  private(set) var areasWithoutRow: [(side: Side, period: String, codes: [String])] = []
  /// The transport of every pair of periods, where the job asks for it.
  package internal(set) var transports: [TransportResult] = []
  /// What every check of the catalogue found, in its order.
  package internal(set) var checks: [CheckRow] = []
  /// Where work that took long kept its parts.
  var long = LongWork()
  /// What areas reach, where the job asks for it.
  package private(set) var space: SpaceOutcome?
  /// What is kept of both sides for the checks.
  var evidence: [SideEvidence] = []
  /// Codes that a register has under several names, with those and their times.
  var renamed: [Spelling: [String]] = [:]
  /// Points that marked figures were given, by side, period and input.
  private var imputed: [ImputedKey: (split: Balance.Split, unusableCount: Int)] = [:]

  private struct ImputedKey: Hashable {
    let side: Side
    let period: Spelling
    let input: Int
  }

  /// The account of one input of one side in one period.
  package struct BalanceRow: Sendable {
    package let side: Side
    package let input: String
    package let period: String
    package let balance: Balance
  }

  /// What stands under one source code that the grid does not wholly receive.
  package struct UnmappedRow: Sendable {
    package let side: Side
    package let input: String
    package let period: String
    package let dimension: Dimension
    package let code: String
    /// What the source or a register calls it; empty where neither does.
    package let name: String
    package let rowCount: Int
    package let markedCount: Int
    package let published: Double
    /// How many source areas have a row of it.
    package let areaCount: Int
    /// The codes of those that hold most.
    package let largestAreas: [String]
  }

  init(
    job: Job, inputs: [InputRecord], areas: Codebook, sectors: Codebook, periods: ComparedPeriods
  ) {
    self.job = job
    self.periods = periods
    self.inputs = inputs
    self.areas = areas
    self.sectors = sectors
  }

  /// What follows from the kinds of the two sides, from intervals, scaling and clusters.
  package var caveats: [String] {
    Kind.caveats(provision: job.provision.kind, demand: job.demand.kind)
      + [job.inference.caveat(hasCountedWeights: job.hasCountedWeights)]
      + balancings.map(\.caveat) + typologyCaveats
      + (job.space?.caveats ?? []) + (job.transport?.caveats ?? [])
  }

  /// The account of one side over all its inputs and periods.
  package func balance(_ side: Side) -> Balance {
    balances.filter { $0.side == side }.reduce(into: Balance()) { $0.add($1.balance) }
  }

  /// Takes up what the settling of a side's period brought.
  mutating func note(_ settlement: Settlement, of side: Side, period: String) {
    for input in settlement.imputed.indices {
      imputed[ImputedKey(side: side, period: Spelling(period), input: input)] = (
        settlement.imputed[input], settlement.unusableCounts[input]
      )
    }
    let isNew = !guarded.contains { $0.side == side && $0.period.isSpelt(as: period) }
    if isNew { guarded += settlement.guardedCells.map { (side, period, $0) } }
    for conflict in settlement.conflicts {
      conflicts.append((side, period, conflict))
      conflictingTotals.append(
        "\(side.rawValue) of \(conflict.area), \(period): parts of \(conflict.parts.lowerBound) to "
          + "\(conflict.parts.upperBound) cannot make the published total of "
          + "\(conflict.total.lowerBound) to \(conflict.total.upperBound); the total was not used")
    }
  }

  /// Takes up which areas of the grid a side's period has no row for.
  mutating func note(absent areas: Set<Int>, of side: Side, period: String) {
    let isNew = !areasWithoutRow.contains { $0.side == side && $0.period.isSpelt(as: period) }
    guard isNew, !areas.isEmpty else { return }
    areasWithoutRow.append((side, period, areas.sorted().map { self.areas.codes[$0] }))
  }

  /// Takes over the account of a side.
  ///
  /// - Parameters:
  ///   - files: the side's inputs.
  ///   - names: what registers call codes that the source has no name of.
  ///   - compared: labels of the side's periods that have a counterpart.
  mutating func close(
    _ tally: Tally, files: [InputFile], names: [Dimension: [Spelling: String]],
    compared: Set<Spelling>
  ) {
    let order = PeriodLabels.order(of: tally.periods)
    for input in files.indices {
      for period in order {
        let label = tally.periods[period]
        var balance = tally.balance(input: input, period: period)
        guard balance.rowCount > 0 else { continue }
        if !compared.contains(Spelling(label)) { balance = balance.withoutComparison() }
        let key = ImputedKey(side: tally.side, period: Spelling(label), input: input)
        if let points = imputed[key] {
          balance.imputed = points.split
          balance.unusableCount = points.unusableCount
        }
        balances.append(
          BalanceRow(side: tally.side, input: files[input].name, period: label, balance: balance))
      }
    }
    unmapped += tally.unmappedCodes().filter { compared.contains(Spelling($0.period)) }.map { row in
      UnmappedRow(
        side: tally.side, input: files[row.input].name, period: row.period,
        dimension: row.dimension,
        code: row.code, name: row.name ?? names[row.dimension]?[row.code] ?? "",
        rowCount: row.rowCount, markedCount: row.markedCount, published: row.published,
        areaCount: row.areaCount, largestAreas: row.largestAreas)
    }
  }

  /// Every grid but the last with the one of the next period; none where it is not known which comes next.
  var successions: [(before: Grid, after: Grid)] {
    periods.disorder == nil ? zip(grids, grids.dropFirst()).map { ($0, $1) } : []
  }

  /// Takes over what areas reach.
  mutating func take(_ space: SpaceOutcome) {
    inputs += space.inputs
    warnings += space.warnings
    self.space = space
  }

  /// The sentences on conflicting totals join the warnings.
  mutating func warnOfConflicts() { warnings += conflictingTotals }

  /// Decomposes every grid and what changed between them, and warns of what had to be left out.
  ///
  /// - Parameter groupNames: the group of each area by their codes; empty for no groups.
  mutating func decompose(groups groupNames: [Spelling: String], workerCount: Int) throws {
    let groups = areas.codes.compactMap { groupNames[$0] }
    let codes = Codebook(codes: groups)
    areaGroups = groups.isEmpty ? nil : codes
    let places = groups.compactMap(codes.position)
    let groupOfArea = areaGroups == nil ? nil : places
    for grid in grids {
      let decomposition = Decomposition(
        grid, groupOfArea: groupOfArea, workerCount: workerCount)
      decompositions.append(decomposition)
      headlines.append(
        decomposition.headlines(
          of: grid, groupOfArea: groupOfArea,
          level: job.inference.kinds.contains(.sampling) ? job.inference.level : nil,
          workerCount: workerCount))
      let count = decomposition.areas.leftOutCount
      guard count > 0 else { continue }
      warnings.append(
        "\(grid.period): cells without a number on a side: \(count) of "
          + "\(grid.areas.count * grid.sectors.count); the decomposition into wrong skill and wrong "
          + "place leaves them out")
    }
    for (before, after) in successions {
      changes += PeriodChange.all(from: before, to: after, workerCount: workerCount)
    }
  }

  /// Warns of areas and sectors that one side has no count of.
  mutating func lookForEmptySides() {
    for grid in grids {
      let all = grid.all
      for (side, table, pooled) in [
        (Side.provision, grid.provision, all.provision), (.demand, grid.demand, all.demand),
      ] {
        let areas = grid.areas.codes.indices.filter {
          table.totalUpper[$0] == 0 || table.value.row($0).allSatisfy { $0 == 0 }
        }
        let sectors = grid.sectors.codes.indices.filter { pooled.cells[$0].value == 0 }
        for (what, codes, names) in [
          ("area", areas, grid.areas), ("sector", sectors, grid.sectors),
        ] where !codes.isEmpty {
          warnings.append(
            "\(grid.period): no \(side.rawValue) in \(codes.count) \(what)\(codes.count == 1 ? "" : "s") "
              + "(\(Failure.examples(codes.map { names.codes[$0] }))); measures that need it are "
              + "undefined there")
        }
      }
    }
  }
}

extension Outcome {
  /// Makes sure that nothing was lost: every account balances, and every grid holds what it calls mapped.
  ///
  /// - Throws: ``Failure`` (`failed`), which would be a defect of the engine.
  func verifyBalance() throws {
    for row in balances where abs(row.balance.difference) > 1e-9 * max(1, row.balance.published) {
      throw Failure(
        .failed, at: Place(file: row.input),
        "the account of \(row.side.rawValue), \(row.period) does not balance by "
          + "\(row.balance.difference)", advice: "This is a defect of the engine; please report it")
    }
    for (grid, pair) in zip(grids, periods.pairs) {
      for side in Side.allCases { try verify(side, grid, period: pair.label(of: side)) }
    }
  }

  /// Compares what a grid holds of a side with the account of the side's period.
  private func verify(_ side: Side, _ grid: Grid, period: String) throws {
    let account = balances.filter { $0.side == side && $0.period.isSpelt(as: period) }
      .reduce(into: Balance()) { $0.add($1.balance) }
    let expected = account.mapped + account.imputed.mapped.value
    let scaled = balancings.first { $0.side == side && $0.period.isSpelt(as: grid.period) }
    let table = side == .provision ? grid.provision : grid.demand
    let held =
      scaled?.total.before
      ?? ExactSum(table.value.clearing(rows: table.absentAreas).elements).value
    guard held.isNaN || abs(held - expected) <= 1e-9 * max(1, expected) else {
      throw Failure(
        .failed,
        "the grid of \(grid.period) holds \(held) of \(side.rawValue), its account \(expected)",
        advice: "This is a defect of the engine; please report it")
    }
  }
}
