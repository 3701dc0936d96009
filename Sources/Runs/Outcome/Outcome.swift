import Charts
import Extracts
import Jobs
import Dense
import Mismatch

/// Everything that a run found, before anything is written.
package struct Outcome: Sendable {
  package let job: Job
  package internal(set) var inputs: [InputRecord]
  /// Texts of the inputs known to checks that one may have to name, with the first place of each.
  private(set) var notedTexts: NotedTexts
  package let areas: Codebook
  package let sectors: Codebook
  /// Which periods are compared, and whether their order is known.
  let compared: ComparedPeriods
  /// Each side in all periods that its inputs hold, where an analysis asks for it.
  package internal(set) var series = Sides<SideSeries?> { _ in nil }
  /// One for each pair of periods, earliest first where that is known.
  package internal(set) var periods: [PeriodOutcome] = []
  /// What analyses found over all periods, by the type of their results.
  package internal(set) var results = TypedValues()
  /// The account of every side and period.
  package var reconciliations: [ReconciliationRow] = []
  package var unmapped: [UnmappedRow] = []
  /// What an analyst should know of the result, one sentence each.
  package var warnings: [String] = []
  /// Published totals that their parts cannot make, one sentence each; also among the warnings.
  var conflictingTotals: [String] = []
  /// The same, for the checks.
  private(set) var conflicts:
    [(subject: Subject, period: String, conflict: ImputedTally.Conflict)] = []
  /// Withheld counts that totals narrow too far.
  private(set) var guarded: [(subject: Subject, period: String, cell: ImputedTally.GuardedCell)] =
    []
  /// Areas of the grid that no row of a side's source reaches, by period; none where all are reached.
  private(set) var areasWithoutRow: [(subject: Subject, period: String, codes: [String])] = []
  /// What every check of the catalogue found, in its order.
  package internal(set) var checks: [CheckRow] = []
  /// The outlines of its areas for maps; nil where the job has none.
  package private(set) var shapes: GeoShapes?
  /// Where work that took long kept its parts.
  package var long = LongWork()
  /// What is kept of both sides for the checks.
  var evidence: Sides<SideEvidence>
  /// Extracts beside the sides, and what is kept of them for the checks.
  private(set) var extracts: [AlignedExtract] = []
  /// Codes that a register has under several names, with those and their times.
  var renamed: [Spelling: [String]] = [:]
  /// Points that marked figures were given, by side and period.
  private var imputed: [ImputedKey: (split: Reconciliation.Split, unusableCount: Int)] = [:]

  private struct ImputedKey: Hashable {
    let subject: Subject
    let period: Spelling
  }

  /// The account of one side, or indicator, in one period, and what each of its inputs has of it.
  package struct ReconciliationRow: Sendable {
    package let subject: Subject
    package let period: String
    package let reconciliation: Reconciliation
    package let inputs: [(name: String, account: InputAccount)]
  }

  /// What stands under one source code that the grid does not wholly receive.
  package struct UnmappedRow: Sendable {
    package let subject: Subject
    package let period: String
    package let dimension: Dimension
    package let code: String
    /// What the source or a register calls it; empty where neither does.
    package let name: String
    package let rowCount: Int
    let markedCount: Int
    package let published: Double
    /// How many source areas have a row of it.
    package let areaCount: Int
    /// The codes of those that hold most.
    package let largestAreas: [String]
  }

  init(
    job: Job, inputs: [InputRecord], areas: Codebook, sectors: Codebook, compared: ComparedPeriods,
    evidence: Sides<SideEvidence>
  ) {
    self.job = job
    self.compared = compared
    self.evidence = evidence
    self.inputs = inputs
    notedTexts = inputs.reduce(into: NotedTexts()) { $0.add($1.texts) }
    self.areas = areas
    self.sectors = sectors
  }

  /// The grids of all pairs of periods.
  package var grids: [Grid] { periods.map(\.grid) }

  /// Sides that were scaled to published totals, in the order of the grids.
  package var scalings: [Raking] { periods.flatMap(\.scalings) }

  /// What an analysis found in each period, in their order; none where it did not look.
  package func each<Value: Sendable>(_ type: Value.Type) -> [Value] {
    periods.compactMap { $0.results[type] }
  }

  /// The account of one side, or indicator, over all its inputs and periods.
  package func reconciliation(_ subject: Subject) -> Reconciliation {
    reconciliations.filter { $0.subject == subject }.reduce(into: Reconciliation()) {
      $0.add($1.reconciliation)
    }
  }

  /// Takes up what imputation in a period brought.
  mutating func note(_ tally: ImputedTally, of subject: Subject, period: String) {
    imputed[ImputedKey(subject: subject, period: Spelling(period))] = (
      tally.imputed, tally.unusableCount
    )
    let isNew = !guarded.contains { $0.subject == subject && $0.period.isSpelt(as: period) }
    if isNew { guarded += tally.guardedCells.map { (subject, period, $0) } }
    for conflict in tally.conflicts {
      conflicts.append((subject, period, conflict))
      conflictingTotals.append(
        "\(subject.text) of \(conflict.area), \(period): parts of \(conflict.parts.lowerBound) to "
          + "\(conflict.parts.upperBound) are inconsistent with the published total of "
          + "\(conflict.total.lowerBound) to \(conflict.total.upperBound); the total was not used")
    }
  }

  /// Takes up which areas of the grid a period has no row for.
  mutating func note(absent areas: Set<Int>, of subject: Subject, period: String) {
    let isNew = !areasWithoutRow.contains { $0.subject == subject && $0.period.isSpelt(as: period) }
    guard isNew, !areas.isEmpty else { return }
    areasWithoutRow.append((subject, period, areas.sorted().map { self.areas.codes[$0] }))
  }

  /// Takes up the outlines of its areas, and warns of those that have none.
  mutating func draw(_ boundaries: ReadBoundaries) throws {
    let (shapes, missing) = try boundaries.shapes(of: areas)
    self.shapes = shapes
    guard !missing.isEmpty else { return }
    warnings.append(
      "\(missing.count) of \(areas.count) areas have no outline in \(boundaries.input.name) and are on no map: "
        + Failure.examples(missing))
  }

  /// Takes up an extract beside the sides, and what was read for it.
  mutating func note(_ extract: AlignedExtract, inputs read: [InputRecord]) {
    extracts.append(extract)
    inputs += read
    for input in read { notedTexts.add(input.texts) }
  }

  /// How both sides, and the extracts beside them, are read.
  package var countedJobs: [SideJob] { job.sides.both + extracts.map(\.job) }

  /// What is kept of both sides, and of the extracts beside them.
  var allEvidence: [SideEvidence] { evidence.both + extracts.map(\.evidence) }

  /// Takes over the account of a side, or indicator.
  ///
  /// - Parameters:
  ///   - inputs: names of its inputs.
  ///   - names: what registers call codes that the source has no name of.
  ///   - compared: labels of its periods that have a counterpart, or that an analysis asks for.
  mutating func close(
    _ mapped: MappedTally, inputs: [String], names: [Dimension: [Spelling: String]],
    compared: Set<Spelling>
  ) {
    let tally = mapped.tally
    for period in PeriodLabels.order(of: tally.periods) {
      let label = tally.periods[period]
      let accounts = zip(inputs, tally.accounts).map { ($0, $1[period]) }.filter {
        $0.1 != InputAccount()
      }
      guard !accounts.isEmpty else { continue }
      let isCompared = compared.contains(Spelling(label))
      var reconciliation =
        isCompared
        ? mapped.reconciliation(period: period)
        : Reconciliation(filtered: accounts.reduce(into: InputAccount()) { $0.add($1.1) })
      if let sums = imputed[ImputedKey(subject: tally.subject, period: Spelling(label))] {
        reconciliation.imputed = sums.split
        reconciliation.unusableCount = sums.unusableCount
      }
      reconciliations.append(
        ReconciliationRow(
          subject: tally.subject, period: label, reconciliation: reconciliation, inputs: accounts))
      guard isCompared else { continue }
      unmapped += mapped.unmappedCodes(period: period).map { row in
        UnmappedRow(
          subject: tally.subject, period: row.period, dimension: row.dimension, code: row.code,
          name: row.name ?? names[row.dimension]?[row.code] ?? "", rowCount: row.rowCount,
          markedCount: row.markedCount, published: row.published, areaCount: row.areaCount,
          largestAreas: row.largestAreas)
      }
    }
  }

  /// Every grid but the last with the one of the next period; none where it is not known which comes next.
  var successions: [(before: Grid, after: Grid)] {
    compared.disorder == nil ? zip(grids, grids.dropFirst()).map { ($0, $1) } : []
  }

  /// The sentences on conflicting totals join the warnings.
  mutating func warnOfConflicts() { warnings += conflictingTotals }

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
  /// Makes sure that nothing was lost: every account adds up, and every grid holds what it calls mapped.
  ///
  /// - Throws: ``Failure`` (`failed`), which would be a defect of the engine.
  func verifyReconciliation() throws {
    for row in reconciliations
    where abs(row.reconciliation.difference) > 1e-9 * max(1, row.reconciliation.published) {
      throw Failure(
        .failed,
        "the reconciliation of \(row.subject.text), \(row.period) has a difference of "
          + "\(row.reconciliation.difference)",
        advice: "This is a fault in Mismatch; please report it")
    }
    for (grid, pair) in zip(grids, compared.pairs) {
      for side in Side.allCases where pair.forecast(of: side) == nil {
        try verify(side, grid, period: pair.label(of: side))
      }
    }
  }

  /// Compares what a grid holds of a side with the account of the side's period.
  private func verify(_ side: Side, _ grid: Grid, period: String) throws {
    let account = reconciliations.filter {
      $0.subject == Subject(side) && $0.period.isSpelt(as: period)
    }
    .reduce(into: Reconciliation()) { $0.add($1.reconciliation) }
    let expected = account.mapped + account.imputed.mapped.value
    let scaled = scalings.first { $0.side == side && $0.period.isSpelt(as: grid.period) }
    let table = grid[side]
    let held =
      scaled?.total.before ?? ExactSum(table.value.clearing(rows: table.absentAreas).elements).value
    guard held.isNaN || abs(held - expected) <= 1e-9 * max(1, expected) else {
      throw Failure(
        .failed,
        "the grid of \(grid.period) holds \(held) of \(side.rawValue), its reconciliation \(expected)",
        advice: "This is a fault in Mismatch; please report it")
    }
  }
}
