import Extracts
import Jobs
import Mismatch

/// Every measure again where some counts were others.
enum ScenariosAnalysis: BlockAnalysis {
  typealias Request = ScenariosJob

  static let key = "scenarios"

  static func decode(_ node: JobNode, folder: String) throws -> ScenariosJob {
    try node.scenarios()
  }

  /// Weights of crosswalks are drawn from the sides in their own codes.
  static func needsSources(_ request: ScenariosJob, _ job: Job) -> Bool { true }

  /// A grid with other counts and its calls, one scenario at a time.
  static func bytesPerCell(_ request: ScenariosJob, _ job: Job) -> Int {
    let calls = InferenceWork.bytesPerCell(
      measures: [], includesCells: job.callsCells, includesIntervals: false, includesRanks: false)
    return 28 + calls + request.scenarios.count
  }

  static func byteCount(_ request: ScenariosJob, _ job: Job, _ size: GridSize) -> Int {
    let drawCount = job.inference.draws
    let areas = request.scenarios.reduce(0) { $0 + ($1.namedAreaCount ?? size.areas) }
    let figures = (job.measures.count + 2) * MemoryLayout<ScenarioFigure>.stride
    let weighted =
      job.inference.kinds.contains(.crosswalk)
      ? Int.bytes(size.areas, size.sectors, drawCount, 2 * 28) : 0
    return weighted + .bytes(areas, size.sectors, figures)
      + .bytes(size.sectors, drawCount, 4 * MemoryLayout<Figure>.stride)
      + .bytes(size.sectors, drawCount, size.workerCount, job.measures.count * 8)
  }

  /// - Throws: ``Failure`` for an area or sector that no register has.
  static func plan(_ request: ScenariosJob, _ setting: AnalysisSetting) throws -> [String] {
    let places = ScenarioPlaces(areas: setting.areas, sectors: setting.sectors)
    for scenario in request.scenarios { _ = try places.resolved(scenario) }
    return []
  }

  /// - Throws: ``Failure`` for what the grids do not have, and for a change that takes away more than there is.
  static func calculate(
    _ request: ScenariosJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    var run = try ScenariosRun(request, periods: outcome.grids.map(\.period), setting)
    for number in outcome.periods.indices {
      outcome.periods[number].results[ScenarioEffects.self] = try run.effects(
        of: outcome.periods[number], number: number)
    }
    outcome.warnings += run.warnings
  }

  static let outputs: [OutputTable] = [.scenarios]

  static let section: ReportSection? = .scenarios

  private struct Record: Encodable, Sendable {
    let name: String
    let side: String
    /// How many areas it names; nil where it names all.
    let areas: Int?
  }

  static func records(
    _ request: ScenariosJob, _ outcome: Outcome
  ) -> [String: any Encodable & Sendable] {
    [
      key: request.scenarios.map {
        Record(name: $0.name.text, side: $0.side.rawValue, areas: $0.namedAreaCount)
      }
    ]
  }

  static func caveats(_ request: ScenariosJob, _ outcome: Outcome) -> [String] {
    let kinds = outcome.job.inference.kinds.texts
    return [
      "A scenario changes counts and nothing else: nobody trains, moves or hires differently because of it. "
        + (kinds.isEmpty
          ? "Its differences have no intervals, because the job excludes every kind."
          : "Intervals of its differences are percentiles of draws (\(kinds.joined(separator: ", "))) that it shares "
            + "with the base.")
    ]
  }
}
