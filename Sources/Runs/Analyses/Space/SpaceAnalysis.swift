import Extracts
import Jobs
import Mismatch

/// What areas reach by commuting, or by ways that weigh less the longer they are.
enum SpaceAnalysis: BlockAnalysis {
  typealias Request = SpaceJob

  static let key = "space"

  static func decode(_ node: JobNode, folder: String) throws -> SpaceJob {
    try node.space(folder: folder)
  }

  static func tables(of request: SpaceJob) -> [TableJob] {
    (request.commuting?.tables ?? []) + (request.ways?.tables ?? [])
  }

  static func bytesPerCell(_ request: SpaceJob, _ job: Job) -> Int { 25 * 8 }

  static func plan(_ request: SpaceJob, _ setting: AnalysisSetting) throws -> [String] {
    try SpaceRun(request, setting).plan()?.lines ?? []
  }

  static func calculate(
    _ request: SpaceJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    var run = SpaceRun(request, setting)
    try run.run(on: outcome.grids)
    outcome.inputs += run.outcome.inputs
    outcome.warnings += run.outcome.warnings
    outcome.results[SpaceOutcome.self] = run.outcome
  }

  static let outputs: [OutputTable] = [.reachableCells, .accessibility, .flows]

  static let section: ReportSection? = .space

  static func records(
    _ request: SpaceJob, _ outcome: Outcome
  ) -> [String: any Encodable & Sendable] {
    guard let space = outcome.results[SpaceOutcome.self] else { return [:] }
    return [key: SpaceRecord(request, space, outcome.grids)]
  }

  static func caveats(_ request: SpaceJob, _ outcome: Outcome) -> [String] { request.caveats }
}
