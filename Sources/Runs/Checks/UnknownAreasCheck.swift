import Extracts
import Jobs
import Mismatch

extension Check {
  /// Areas that the grid does not wholly receive, with what they hold.
  static let unknownAreas = Check(
    "unknown-areas", looksFor: "areas outside the register or the lookup, with the count they hold",
    guidance: "Add them to the register or the lookup, or leave them out by `where`; all are in "
      + "unmapped.csv"
  ) { outcome in
    outcome.evidence.both.map { UnknownCodes(outcome, $0, .area).finding }
  }
}
