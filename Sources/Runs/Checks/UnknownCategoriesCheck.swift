import Extracts
import Jobs
import Mismatch

extension Check {
  /// Categories that the grid does not wholly receive, with what they hold.
  static let unknownCategories = Check(
    "unknown-categories",
    looksFor: "unmatched categories, not in the sectors or the crosswalk, with their counts",
    guidance:
      "Add them to the crosswalk, exclude them with `where`, or set `limits: { unmapped: ... }`; all are in "
      + "unmapped.csv"
  ) { outcome in
    outcome.evidence.both.map { UnknownCodes(outcome, $0, .category).finding }
  }
}
