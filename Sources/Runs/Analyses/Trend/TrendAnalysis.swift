import Extracts
import Jobs
import Mismatch

/// The trend of each cell over all periods of a side, and what it lets foresee.
enum TrendAnalysis: BlockAnalysis {
  typealias Request = TrendJob

  static let key = "trend"

  static func decode(_ node: JobNode, folder: String) throws -> TrendJob { try node.trend() }

  static func seriesSides(_ request: TrendJob) -> Set<Side> {
    Set(request.sides + (request.projections.map { [$0, $0.other] } ?? []))
  }

  static func forecast(
    _ request: TrendJob, _ period: String, of series: SideSeries, _ job: Job, workerCount: Int
  ) throws -> Table? {
    guard request.method == .localLevel, request.sides.contains(series.side) else { return nil }
    let (count, number) = (series.periods.count, series.periods.number(of: period))
    guard let number, (count..<count + 1000).contains(number) else {
      throw Failure(
        .badData, at: Place(file: job.file),
        "the period \"\(period)\" of \(series.side.rawValue) cannot be foreseen",
        expected: "a period beyond the last, such as \"\(series.periods.label(count))\"",
        advice:
          "Its counts run from \"\(series.periods.label(0))\" to \"\(series.periods.label(count - 1))\""
      )
    }
    return SideTrend(
      series,
      by: try request.method(for: series.periods, level: job.inference.level, file: job.file),
      horizon: number + 1 - count, backTest: 0, workerCount: workerCount
    ).lastForecast(level: job.inference.level)
  }

  /// - Throws: ``Failure`` where a forecast is to be a side of the grid and something in the job has no use for one.
  static func verify(_ request: TrendJob, _ job: Job) throws {
    for side in Side.allCases {
      guard let period = (job.periodPairs ?? []).compactMap({ $0.forecast(of: side) }).first else {
        continue
      }
      let isForeseen = request.sides.contains(side) && request.method == .localLevel
      guard isForeseen, job.sides[side].raking == nil, job.requests[SensitivityJob.self] == nil
      else {
        throw Failure(
          .badData, at: Place(file: job.file),
          "\(side.rawValue) of \"\(period)\" is to be a forecast",
          expected:
            "`trend: { side: \(side.rawValue), method: local-level }`, and neither `balance-to` nor `sensitivity`"
        )
      }
    }
  }

  static func calculate(
    _ request: TrendJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    let job = outcome.job
    let trends = try request.sides.compactMap { side -> SideTrend? in
      guard let series = outcome.series[side] else { return nil }
      return SideTrend(
        series,
        by: try request.method(for: series.periods, level: job.inference.level, file: job.file),
        horizon: request.horizon, backTest: request.backTest, workerCount: setting.workerCount)
    }
    outcome.results[[SideTrend].self] = trends
    outcome.warnings += trends.compactMap(warning)
    if let side = request.projections, let projected = outcome.series[side],
      let observed = outcome.series[side.other]
    {
      outcome.results[ProjectedSeries.self] = ProjectedSeries(
        projected: projected, observed: observed,
        trend: trends.first { $0.series.side == side.other }, horizon: request.horizon)
    }
  }

  /// How many cells have no trend.
  private static func warning(of trend: SideTrend) -> String? {
    let count = trend.cells.count { $0.trend.lack != nil }
    guard count > 0 else { return nil }
    return
      "trend of \(trend.series.side.rawValue): \(count) of \(trend.cells.count) cells have none, since their series are too "
      + "short; trend.csv says of each why"
  }

  static let outputs: [OutputTable] = [.trend, .forecasts, .backTest, .projections]

  static let section: ReportSection? = .trend

  private struct Record: Encodable, Sendable {
    let sides: [String]
    let method: String
    let horizon: Int
    let backTest: Int
    /// Sides of pairs of periods that are forecasts.
    let forecasts: [String]
  }

  /// Which side is foreseen in which pair of periods, as "demand of Jul 26".
  private static func forecasts(_ outcome: Outcome) -> [String] {
    outcome.compared.pairs.flatMap { pair in
      Side.allCases.compactMap { side in
        pair.forecast(of: side).map { "\(side.rawValue) of \($0)" }
      }
    }
  }

  static func records(_ request: TrendJob, _ outcome: Outcome) -> [String: any Encodable & Sendable]
  {
    [
      key: Record(
        sides: request.sides.map(\.rawValue), method: request.method.rawValue,
        horizon: request.horizon, backTest: request.backTest, forecasts: forecasts(outcome))
    ]
  }

  static func caveats(_ request: TrendJob, _ outcome: Outcome) -> [String] {
    let tested = (outcome.results[[SideTrend].self] ?? []).compactMap { trend -> String? in
      let (count, share) = trend.backTested
      guard count > 0 else { return nil }
      let level = SectionNumber.fixed(100 * outcome.job.inference.level)
      return
        "Trend of \(trend.series.side.rawValue), back-tested: \(SectionNumber.percent(share)) % of "
        + "\(SectionNumber.counted(count, "held-out count")) lie inside their \(level) % intervals."
    }
    guard request.method == .localLevel else { return tested }
    let sides = forecasts(outcome).map {
      "Counts of \($0) are forecasts, not counts: their status is f, and sampling variability allows for their variance."
    }
    return sides + tested + [
      "Forecasts carry the last level and season on: they know nothing of what will change, and their intervals take "
        + "variances as known."
    ]
  }
}
