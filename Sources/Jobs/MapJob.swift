import Extracts
import Mismatch

/// Where the weights of a lookup or a crosswalk stand.
package struct MapJob: Sendable {
  package var table: TableJob
  package var from: KeyJob
  package var to: KeyJob
  /// Nil gives every row the weight 1.
  package var weight: String?
  /// What is known of the weights.
  package var basis: WeightedMap.Basis
  package var normalises: Bool
  /// When rows hold, and which time is wanted.
  package var life: LifeJob?
}
