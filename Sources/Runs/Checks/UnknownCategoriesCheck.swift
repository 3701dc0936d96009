import Extracts
import Jobs
import Mismatch

extension Check {
  /// Categories that the grid does not wholly receive, with what they hold.
  static let unknownCategories = Check(
    "unknown-categories",
    looksFor: "categories outside the sectors or the crosswalk, with the count they hold",
    guidance: "Add them to the crosswalk, or leave them out by `where`; all are in unmapped.csv"
  ) { outcome in
    outcome.evidence.both.map { UnknownCodes(outcome, $0, .category).finding }
  }
}
