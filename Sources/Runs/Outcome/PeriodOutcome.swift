import Extracts
import Jobs
import Mismatch

/// One pair of periods of a run: its grid, and what was worked out of it.
package struct PeriodOutcome: Sendable {
  package let grid: Grid
  /// Sides that were scaled to published totals, provision first.
  package let scalings: [Raking]
  /// What analyses found, by the type of their results.
  package internal(set) var results = TypedValues()
}
