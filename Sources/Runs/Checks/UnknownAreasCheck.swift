import Extracts
import Jobs
import Mismatch

extension Check {
  /// Areas that the grid does not wholly receive, with what they hold.
  static let unknownAreas = Check(
    "unknown-areas",
    looksFor: "unmatched areas, not in the register or "
      + "the lookup, with their counts",
    guidance:
      "Add them to the register or the lookup, exclude them with `where`, or set "
      + "`limits: { unmapped: ... }`; all are in unmapped.csv"
  ) { outcome in
    outcome.allEvidence.map { UnknownCodes(outcome, $0, .area).finding }
  }
}
