import Extracts
import Jobs
import Mismatch

/// What each period's plans come to.
enum CommissioningAnalysis: BlockAnalysis {
  typealias Request = CommissioningJob

  static let key = "commissioning"

  static func decode(_ node: JobNode, folder: String) throws -> CommissioningJob {
    try node.commissioning(folder: folder)
  }

  /// - Throws: ``Failure`` for a plan that needs what the job does not have.
  static func verify(_ request: CommissioningJob, _ job: Job) throws {
    func need(_ found: String, _ expected: String, _ advice: String) -> Failure {
      Failure(.badData, at: Place(file: job.file), found, expected: expected, advice: advice)
    }
    if request.plans.contains(.pooled), job.areas.group == nil {
      throw need(
        "the plan pooled needs groups of areas", "`areas: { group: }`",
        "Name the column of the register that groups areas, or leave `pooled` out of `plans`")
    }
    guard request.plans.contains(.commuting) else { return }
    guard job.requests[SpaceJob.self]?.methods.contains(.commuting) == true else {
      throw need(
        "the plan commuting needs to know where people work", "`space: { commuting: }`",
        "Give a file of commuters between areas, or leave `commuting` out of `plans`")
    }
    guard request.matching == .matched else {
      throw need(
        "the plan commuting cannot maximise a concave return", "`maximise: matched`",
        "Leave `maximise` out, or leave `commuting` out of `plans`")
    }
  }

  /// Drawn weights of a crosswalk start from a side's own codes.
  static func needsSources(_ request: CommissioningJob, _ job: Job) -> Bool {
    request.drawCount > 0 && !job.weightBases.allSatisfy { $0 == .stated }
  }

  static func tables(of request: CommissioningJob) -> [TableJob] { request.listed.map(\.table) }

  static func byteCount(_ request: CommissioningJob, _ job: Job, _ size: GridSize) -> Int {
    .bytes(size.areas, request.drawCount, request.plans.count * 8)
      + .bytes(size.areas, size.sectors, (3 * request.plans.count + 8 + 20 * size.workerCount) * 8)
  }

  /// - Throws: ``Failure`` for whatever is wrong in its inputs, and where no plan exists.
  static func calculate(
    _ request: CommissioningJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    let inputs = try CommissioningInputs(request, setting)
    outcome.inputs += inputs.inputs
    let reach =
      request.plans.contains(.commuting)
      ? outcome.results[SpaceOutcome.self]?.commuting?.toWork : nil
    let judges = try request.judges(of: outcome.compared)
    for number in outcome.periods.indices where judges?.contains(number) != true {
      let period = outcome.periods[number]
      let isOrdered = outcome.compared.disorder == nil
      let later = outcome.grids.indices.filter {
        isOrdered ? $0 > number && judges?.contains($0) != false : judges?.contains($0) == true
      }
      let run = try CommissioningRun(request, inputs, period, reach: reach, setting)
      let commissioned = try run.commissioned(later: later.map { outcome.grids[$0] })
      outcome.periods[number].results[CommissionedGrid.self] = commissioned
      outcome.warnings += warnings(of: commissioned, period.grid)
    }
  }

  /// Which areas have no plan, and which cannot be judged later.
  private static func warnings(of commissioned: CommissionedGrid, _ grid: Grid) -> [String] {
    func sentence(_ areas: Set<Int>, _ period: String, _ consequence: String) -> String? {
      guard !areas.isEmpty else { return nil }
      let codes = areas.sorted().map { grid.areas.codes[$0] }
      return
        "commissioning, \(period): \(codes.count) area\(codes.count == 1 ? "" : "s") with missing counts "
        + "(\(Failure.examples(codes))) \(consequence)"
    }
    return
      ([
        sentence(commissioned.excluded, grid.period, "have no plan and are in no sum"),
        commissioned.gapWarning(grid.period),
      ]
      + commissioned.scores.map { score in
        sentence(
          score.missing, score.period ?? "", "are left out where plans of \(grid.period) are judged"
        )
      }).compactMap { $0 }
  }

  static let outputs: [OutputTable] = [
    .commissioningCells, .commissioning, .commissioningSummary,
  ]

  static let section: ReportSection? = .commissioning

  private struct Record: Encodable, Sendable {
    let plans: [String]
    let change: Double?
    let maximised: String
    let draws: Int
    /// By period: how many more matches the commuting plan could have at most, where it was asked for.
    let commutingGaps: [String: Double]
  }

  static func records(
    _ request: CommissioningJob, _ outcome: Outcome
  ) -> [String: any Encodable & Sendable] {
    [
      key: Record(
        plans: request.plans.map(\.rawValue), change: request.change,
        maximised: request.matching.text, draws: request.drawCount,
        commutingGaps: Dictionary(
          uniqueKeysWithValues: outcome.commissioned.filter { !$0.found.gap.isNaN }.map {
            ($0.grid.period, $0.found.gap)
          }))
    ]
  }

  static func caveats(_ request: CommissioningJob, _ outcome: Outcome) -> [String] {
    let found = outcome.commissioned.compactMap {
      $0.found.sentence(period: $0.grid.period, level: outcome.job.inference.level)
    }
    return found + [
      "Commissioning takes costs per place as the job gives them, and a place as a match wherever an opening is left; "
        + "adverts are not openings unless `demand-scale` makes them so."
    ]
  }
}

extension CommissionedGrid {
  /// That the commuting plan is not proved best, as a sentence; nil where it is, to 10⁻⁶ of its matches.
  fileprivate func gapWarning(_ period: String) -> String? {
    guard let plan = place(of: .commuting), gap > 1e-6 * max(1, sum(scores[0].matched[plan])) else {
      return nil
    }
    return
      "commissioning, \(period): the plan commuting may miss up to \(gap) matches, as Clp ended before it was proved best"
  }

  /// What local choice adds to one mix for all, with its interval; nil without draws of both plans.
  fileprivate func sentence(period: String, level: Double) -> String? {
    guard let score = scores.last, score.period == nil, let local = place(of: .local),
      place(of: .nationalTemplate) != nil
    else { return nil }
    let interval = score.intervals[local].gainOverTemplate
    let gain = gain(score, plan: local, over: .nationalTemplate)
    let found = "\(SectionNumber.count(gain)) (\(SectionNumber.fixed(100 * level)) % interval "
    let ends =
      "\(SectionNumber.count(interval.lower)) to \(SectionNumber.count(interval.upper)))"
    let verdict = Self.verdict(interval.lower, interval.upper).map { "; " + $0 } ?? ""
    return
      "Commissioning, \(period): matches that local choice adds to one national mix, judged on other draws: "
      + found + ends + verdict + later(local) + "."
  }

  /// What a plan adds to one mix for all on each later period.
  private func later(_ plan: Int) -> String {
    scores.dropFirst().map { score in
      guard let period = score.period else { return "" }
      let gain = gain(score, plan: plan, over: .nationalTemplate)
      return "; judged on \(period): \(SectionNumber.count(gain))"
    }.joined()
  }
}
