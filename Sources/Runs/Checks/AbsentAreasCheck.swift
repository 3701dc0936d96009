import Extracts
import Jobs
import Mismatch

extension Check {
  /// Areas of the grid that a side's source has no row for.
  package static let absentAreas = Check(
    "absent-areas", looksFor: "areas of the grid with no row in the source",
    guidance:
      "If the source omits areas because they are empty, set `absent-areas: zero`; exclude others "
      + "with `exclude-areas`, or add their counts"
  ) { outcome in
    outcome.countedJobs.flatMap { job in
      let subject = job.subject
      let found = outcome.areasWithoutRow.filter { $0.subject == subject }
      guard !found.isEmpty else {
        return [Finding(.pass, "\(subject.text): every area of the grid has a row", count: 0)]
      }
      if outcome.areasApart.map(Subject.init).contains(subject) {
        return [
          Finding(.unchecked, "\(subject.text): areas without a row are reported by `sides-apart`")
        ]
      }
      let (verdict, meaning): (Verdict, String) =
        job.keepsAbsentAreas
        ? (.warn, "so counts there are not known; figures for all areas exclude them")
        : (
          .pass,
          job.absentAreasAreZero
            ? "taken as 0 as the job states"
            : "and `balance-to` "
              + "sets their counts"
        )
      return found.map { _, period, codes in
        Finding(
          verdict,
          "\(subject.text), \(period): \(codes.count) of "
            + "\(Finding.counted(outcome.areas.count, "area")) "
            + "\(codes.count == 1 ? "has" : "have") no row (\(Failure.examples(codes))), "
            + meaning,
          place: verdict == .warn ? job.table.files.first?.name : nil, count: Double(codes.count))
      }
    }
  }
}
