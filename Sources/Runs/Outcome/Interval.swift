import Extracts
import Jobs

/// A sum with what it may have been.
struct Interval: Sendable {
  var value = 0.0
  var lower = 0.0
  var upper = 0.0

  mutating func add(_ other: Interval) {
    value += other.value
    lower += other.lower
    upper += other.upper
  }
}
