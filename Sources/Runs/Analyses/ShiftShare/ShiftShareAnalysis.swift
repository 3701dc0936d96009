import Extracts
import Jobs
import Mismatch

/// What each area's growth from one period to the next comes from, by side.
struct SideGrowth: Sendable {
  let side: Side
  let before: Grid
  let after: Grid
  /// By area.
  let shares: [ShiftShare]
}

/// Shift-share of each side's growth.
enum ShiftShareAnalysis: Analysis {
  struct Request {}

  static func request(of job: Job) -> Request? {
    job.decomposes && job.writes(OutputTable.shiftShare.name) ? Request() : nil
  }

  static func calculate(
    _ request: Request, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    outcome.results[[SideGrowth].self] = outcome.successions.flatMap { before, after in
      Side.allCases.map { side in
        SideGrowth(
          side: side, before: before, after: after,
          shares: ShiftShare.all(from: before[side], to: after[side]))
      }
    }
  }

  static let outputs: [OutputTable] = [.shiftShare]

  static let section: ReportSection? = .shiftShare
}
