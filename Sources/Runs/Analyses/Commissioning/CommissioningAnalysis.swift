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

  /// - Throws: ``Failure`` where budgets are to be shared within groups and the job has none.
  static func verify(_ request: CommissioningJob, _ job: Job) throws {
    guard request.plans.contains(.pooled), job.areas.group == nil else { return }
    throw Failure(
      .badData, at: Place(file: job.file), "the plan pooled needs groups of areas",
      expected: "`areas: { group: }`",
      advice: "Name the column of the register that groups areas, or leave `pooled` out of `plans`")
  }

  static func tables(of request: CommissioningJob) -> [TableJob] { request.listed.map(\.table) }

  static func byteCount(_ request: CommissioningJob, _ job: Job, _ size: GridSize) -> Int {
    .bytes(size.areas, request.drawCount, request.plans.count * 8)
      + .bytes(size.areas, size.sectors, (request.plans.count + 20 * size.workerCount) * 8)
  }

  /// - Throws: ``Failure`` for whatever is wrong in its inputs, and where no plan exists.
  static func calculate(
    _ request: CommissioningJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    let inputs = try CommissioningInputs(request, setting)
    outcome.inputs += inputs.inputs
    let grids = outcome.grids
    for number in grids.indices {
      let later = outcome.compared.disorder == nil ? Array(grids[(number + 1)...]) : []
      let run = try CommissioningRun(request, inputs, grids[number], setting)
      let commissioned = run.commissioned(later: later)
      outcome.periods[number].results[CommissionedGrid.self] = commissioned
      outcome.warnings += warnings(of: commissioned, grids[number])
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
      ([sentence(commissioned.excluded, grid.period, "have no plan and are in no sum")]
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
    let draws: Int
  }

  static func records(
    _ request: CommissioningJob, _ outcome: Outcome
  ) -> [String: any Encodable & Sendable] {
    [
      key: Record(
        plans: request.plans.map(\.rawValue), change: request.change, draws: request.drawCount)
    ]
  }

  static func caveats(_ request: CommissioningJob, _ outcome: Outcome) -> [String] {
    let found = zip(outcome.grids, outcome.each(CommissionedGrid.self)).compactMap {
      $1.sentence(period: $0.period, level: outcome.job.inference.level)
    }
    return found + [
      "Commissioning takes costs per place as the job gives them, and a place as a match wherever an opening is left; "
        + "adverts are not openings unless `demand-scale` makes them so."
    ]
  }
}

extension CommissionedGrid {
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
