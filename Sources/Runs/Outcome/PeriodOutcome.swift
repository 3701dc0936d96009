import Extracts
import Jobs
import Mismatch

/// One pair of periods of a run: its grid, and what was worked out of it.
package struct PeriodOutcome: Sendable {
  package let grid: Grid
  /// Sides that were scaled to published totals, provision first.
  package let scalings: [Raking]
  /// Both sides in their own codes, where an analysis asks for them.
  var sources: Sides<SideSource>?
  /// What analyses found, by the type of their results.
  package internal(set) var results = TypedValues()
}
