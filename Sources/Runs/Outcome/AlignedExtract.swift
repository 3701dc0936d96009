import Jobs
import Mismatch

/// An extract beside the sides, on the areas of the grid.
struct AlignedExtract: Sendable {
  let job: SideJob
  let evidence: SideEvidence
  /// By time, as far as labels say it.
  let periods: [Period]

  struct Period: Sendable {
    let label: String
    /// By area.
    let figures: [Figure]
  }

  var labels: [String] { periods.map(\.label) }
}
