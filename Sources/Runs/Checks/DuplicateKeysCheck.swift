import Extracts
import Jobs
import Mismatch

extension Check {
  /// Duplicated keys stop the reading, so this row can only report that there were none.
  static let duplicateKeys = Check(
    "duplicate-keys",
    looksFor: "duplicated figures: more than one for "
      + "an area, category and period",
    guidance: "Keep one of them with `where`, or add the parts with `sum-over`"
  ) { outcome in
    outcome.allEvidence.map { evidence in
      let count = outcome.reconciliation(evidence.subject).figureCount
      if let reason = unseen(evidence.job, areTallies: evidence.areTallies) {
        return Finding(.unchecked, "\(evidence.subject.text): \(reason)", count: Double(count))
      }
      return Finding(
        .pass, "\(evidence.subject.text): no duplicates among \(Finding.number(count)) figures",
        count: Double(count))
    }
  }

  /// Why duplicates would not have stopped the reading, as a clause; nil where they would.
  private static func unseen(_ job: SideJob, areTallies: Bool) -> String? {
    if job.countsRecords, job.uniqueColumn == nil {
      return
        "rows are records, and the job names no `unique` reference by which duplicates would show"
    }
    if job.holdsParts, areTallies {
      return "duplicates were looked for in each tally, and not across tallies"
    }
    return nil
  }
}
