import Extracts
import Jobs
import Mismatch

/// Intervals and calls of cells.
enum InferenceAnalysis: Analysis {
  /// What is wanted of single cells; all areas together are always looked at.
  struct Request {
    let includesCells: Bool
    let includesIntervals: Bool
    let includesRanks: Bool
  }

  static func request(of job: Job) -> Request? {
    let includesIntervals = job.writes(OutputTable.intervals.name)
    return Request(
      includesCells: job.callsCells || job.areas.focus != nil || includesIntervals,
      includesIntervals: includesIntervals, includesRanks: job.writes(OutputTable.calls.name))
  }

  static func bytesPerCell(_ request: Request, _ job: Job) -> Int {
    InferenceWork.bytesPerCell(
      measures: job.measures, includesCells: request.includesCells,
      includesIntervals: request.includesIntervals, includesRanks: request.includesRanks)
  }

  static func work(
    _ request: Request, on grid: Grid, number: Int, _ setting: AnalysisSetting
  ) -> GridWork? {
    let work = InferenceWork(
      grid, measures: setting.job.measures, rule: setting.job.inference,
      includesCells: request.includesCells, includesIntervals: request.includesIntervals,
      includesRanks: request.includesRanks)
    return GridWork(loop: work.loop) { $0.results[Inference.self] = work.inference }
  }

  static let outputs: [OutputTable] = [.calls, .intervals]

  /// Which kinds of intervals were used.
  private struct IntervalsRecord: Encodable, Sendable {
    let kinds: [String]
    let level: Double
    let draws: Int
  }

  /// What cells were called against.
  ///
  /// Without sampling no test is made, and the interval alone decides.
  private struct CallsRecord: Encodable, Sendable {
    let null: String
    let errorRate: Double
    let control: String
  }

  static func records(_ request: Request, _ outcome: Outcome) -> [String: any Encodable & Sendable]
  {
    let rule = outcome.job.inference
    return [
      "intervals": IntervalsRecord(kinds: rule.kinds.texts, level: rule.level, draws: rule.draws),
      "calls": CallsRecord(
        null: rule.null.rawValue, errorRate: rule.errorRate, control: rule.control.rawValue),
    ]
  }
}
