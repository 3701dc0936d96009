import Extracts
import Jobs
import Runs
import Mismatch

/// What the manifest says of a side that was scaled.
struct RakingRecord: Encodable {
  let side: String
  let period: String
  let areaTotals: [String]
  let sectorTotals: [String]
  let before: Double
  let after: Double
  let iterations: Int
  let largestError: Double
  let cellsForcedToZero: Int

  /// One per side and period; nil where the job scales none, so that its manifest says nothing of it.
  static func records(of outcome: Outcome) -> [RakingRecord]? {
    outcome.scalings.isEmpty
      ? nil
      : outcome.scalings.map { raking in
        let job = outcome.job.sides[raking.side].raking
        return RakingRecord(
          side: raking.side.rawValue, period: raking.period,
          areaTotals: job?.areas.table.files.map(\.name) ?? [],
          sectorTotals: job?.sectors.table.files.map(\.name) ?? [], before: raking.total.before,
          after: raking.total.after, iterations: raking.iterationCount,
          largestError: raking.largestError, cellsForcedToZero: raking.forcedZeroCount)
      }
  }
}
