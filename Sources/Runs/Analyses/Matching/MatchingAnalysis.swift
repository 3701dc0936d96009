import Extracts
import Jobs
import Mismatch

/// Both sides as a labour market: mismatch unemployment, the planner's moves, dispersion.
enum MatchingAnalysis: BlockAnalysis {
  typealias Request = MatchingJob

  static let key = "matching"

  static func decode(_ node: JobNode, folder: String) throws -> MatchingJob {
    try node.matching(folder: folder)
  }

  static func tables(of request: MatchingJob) -> [TableJob] {
    [request.efficiency, request.flows].compactMap { $0?.table }
  }

  static func byteCount(_ request: MatchingJob, _ job: Job, _ size: GridSize) -> Int {
    .bytes(size.areas, size.sectors, 16 * 8)
  }

  static func needOfOrder(_ request: MatchingJob) -> String? {
    request.flows.map { _ in "the path of unemployment follows the order of periods" }
  }

  /// - Throws: ``Failure`` where a sector has no efficiency or a period no flows.
  static func calculate(
    _ request: MatchingJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    let efficiency = try request.efficiency?.read(
      role: "matching efficiency", onRead: setting.onRead)
    let flows = try request.flows?.read(role: "matching flows", onRead: setting.onRead)
    outcome.inputs += (efficiency?.inputs ?? []) + (flows?.inputs ?? [])
    let rates = try flows?.values(
      of: outcome.compared.pairs, what: "rates of job finding and separation")
    let model = MismatchUnemployment.Model(
      vacancyShare: request.vacancyShare, substitution: request.substitution,
      efficiency: try efficiency?.values(of: setting.sectors.codes, what: "matching efficiency")
        .map { $0[0] },
      demandIsEmployment: setting.job.sides.demand.kind.unit == "job",
      flows: rates.flatMap { rates in
        request.start.map {
          (start: $0, rates: rates.map { (jobFinding: $0[0], separation: $0[1]) })
        }
      })
    outcome.results[MismatchUnemployment.self] = MismatchUnemployment(
      outcome.grids, model, isInOrder: outcome.compared.disorder == nil)
  }

  static let outputs: [OutputTable] = [.mismatchUnemployment]

  static let section: ReportSection? = .matching

  private struct Record: Encodable, Sendable {
    let vacancyShare: Double
    let substitution: Double?
    let startingRate: Double?
  }

  static func records(
    _ request: MatchingJob, _ outcome: Outcome
  ) -> [String: any Encodable & Sendable] {
    [
      key: Record(
        vacancyShare: request.vacancyShare, substitution: request.substitution,
        startingRate: request.start)
    ]
  }
}
