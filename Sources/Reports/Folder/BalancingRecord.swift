import Extracts
import Jobs
import Runs
import Mismatch

/// What the manifest says of a side that was scaled.
struct BalancingRecord: Encodable {
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
  static func records(of outcome: Outcome) -> [BalancingRecord]? {
    outcome.scalings.isEmpty
      ? nil
      : outcome.scalings.map { balancing in
        let job = outcome.job.sides[balancing.side].balancing
        return BalancingRecord(
          side: balancing.side.rawValue, period: balancing.period,
          areaTotals: job?.areas.table.files.map(\.name) ?? [],
          sectorTotals: job?.sectors.table.files.map(\.name) ?? [], before: balancing.total.before,
          after: balancing.total.after, iterations: balancing.iterationCount,
          largestError: balancing.largestError, cellsForcedToZero: balancing.forcedZeroCount)
      }
  }
}
