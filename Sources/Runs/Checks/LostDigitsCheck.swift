import Extracts
import Jobs
import Mismatch

extension Check {
  /// Counts of which a spreadsheet kept the first digits only.
  static let lostDigits = Check(
    "lost-digits", looksFor: "figures in scientific notation with fewer digits than the count",
    guidance:
      "Export the source again with whole numbers (number format 0): the lost digits are in no other column"
  ) { outcome in
    outcome.allEvidence.flatMap { evidence in
      evidence.findings { source -> Finding in
        guard let trace = source.trace else { return evidence.unseen(source) }
        let input = source.name
        guard let least = trace.leastShortened else {
          return Finding(
            .pass, evidence.start(input) + "no figure lost digits to scientific notation",
            place: source.place)
        }
        return Finding(
          .warn,
          evidence.start(input)
            + "\(Finding.counted(trace.shortenedCount, "figure")) in scientific notation "
            + "\(trace.shortenedCount == 1 ? "has" : "have") fewer digits than the count, such as \"\(least.text)\"",
          place: "\(input):\(least.line)", count: Double(trace.shortenedCount))
      }
    }
  }
}
