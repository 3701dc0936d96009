import Extracts
import Jobs
import Mismatch

/// A grid's decomposition into wrong skill and wrong place, and the numbers of a summary of it.
package struct DecomposedGrid: Sendable {
  let decomposition: Decomposition
  package let headlines: [Headline]
}

/// What groups of areas there are, and what changed from each period to the next.
struct DecomposedChange: Sendable {
  let areaGroups: Codebook?
  let changes: [PeriodChange]
}

/// Mutual information by place and by skill, and its change.
enum DecompositionAnalysis: Analysis {
  struct Request {}

  static func request(of job: Job) -> Request? { job.decomposes ? Request() : nil }

  static func calculate(
    _ request: Request, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    let (rule, workerCount) = (setting.job.inference, setting.workerCount)
    let names = setting.areas.codes.compactMap { setting.groupOfArea[$0] }
    let groups = names.isEmpty ? nil : Codebook(codes: names)
    let groupOfArea = groups.map { names.compactMap($0.position) }
    for number in outcome.periods.indices {
      let grid = outcome.periods[number].grid
      let decomposition = Decomposition(grid, groupOfArea: groupOfArea, workerCount: workerCount)
      outcome.periods[number].results[DecomposedGrid.self] = DecomposedGrid(
        decomposition: decomposition,
        headlines: decomposition.headlines(
          of: grid, groupOfArea: groupOfArea,
          level: rule.kinds.contains(.sampling) ? rule.level : nil, workerCount: workerCount))
      outcome.warnings += warnings(of: decomposition, grid)
    }
    outcome.results[DecomposedChange.self] = DecomposedChange(
      areaGroups: groups,
      changes: outcome.successions.flatMap {
        PeriodChange.all(from: $0.before, to: $0.after, workerCount: workerCount)
      })
  }

  private static func warnings(of decomposition: Decomposition, _ grid: Grid) -> [String] {
    let count = decomposition.areas.leftOutCount
    return count == 0
      ? []
      : [
        "\(grid.period): cells with no value on one side: \(count) of "
          + "\(grid.areas.count * grid.sectors.count); the decomposition into wrong skill and wrong "
          + "place excludes them"
      ]
  }

  static let outputs: [OutputTable] = [.decomposition, .change]

  static let section: ReportSection? = .skillAndPlace

  /// The rules of the decomposition.
  private struct Record: Encodable, Sendable {
    let logarithm: String
    let zeroFill: Double
    let marginTolerance: Double
    /// One number for each grid.
    let leftOutCells: [Int]
  }

  static func records(_ request: Request, _ outcome: Outcome) -> [String: any Encodable & Sendable]
  {
    [
      "decomposition": Record(
        logarithm: "natural", zeroFill: InformationChange.zeroFill,
        marginTolerance: MarginAdjustment.tolerance,
        leftOutCells: outcome.each(DecomposedGrid.self).map(\.decomposition.areas.leftOutCount))
    ]
  }
}
