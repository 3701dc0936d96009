import Extracts
import Jobs
import Mismatch

extension Check {
  /// Areas of the grid that a side's source has no row for.
  package static let absentAreas = Check(
    "absent-areas", looksFor: "areas of the grid that the source has no row for",
    guidance:
      "Where the source leaves out areas because they are empty, say `absent-areas: zero`; leave "
      + "others out by `exclude-areas`, or add their counts"
  ) { outcome in
    Side.allCases.flatMap { side in
      let found = outcome.areasWithoutRow.filter { $0.side == side }
      guard !found.isEmpty else {
        return [Finding(.pass, "\(side.rawValue): every area of the grid has a row", count: 0)]
      }
      let job = outcome.job.sides[side]
      let (verdict, meaning): (Verdict, String) =
        job.keepsAbsentAreas
        ? (.warn, "so that counts there are not known; all areas together leave them out")
        : (
          .pass,
          job.absentAreasAreZero ? "which is 0, as the job says" : "and `balance-to` decides"
        )
      return found.map { _, period, codes in
        Finding(
          verdict,
          "\(side.rawValue), \(period): \(codes.count) of "
            + "\(Finding.counted(outcome.areas.count, "area")) "
            + "\(codes.count == 1 ? "has" : "have") no row (\(Failure.examples(codes))), "
            + meaning,
          place: verdict == .warn ? job.table.files.first?.name : nil, count: Double(codes.count))
      }
    }
  }
}
