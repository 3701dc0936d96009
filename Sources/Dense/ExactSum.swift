/// A running sum held as an unevaluated pair of doubles (Knuth's two-sum).
///
/// The sum is exact, and so independent of the order of its terms, as long as the distance between
/// the largest partial sum and the last place of the smallest term is under 106 bits: any table of
/// counts, or of amounts to six decimals, is far inside that. Terms must be finite.
package struct ExactSum: Sendable, Equatable {
  @usableFromInline var high = 0.0
  @usableFromInline var low = 0.0

  @inlinable
  package init() {}

  /// The exact sum of `terms`.
  @inlinable
  package init(_ terms: some Sequence<Double>) {
    for term in terms { add(term) }
  }

  /// The sum, rounded once to the nearest double.
  @inlinable
  package var value: Double { high + low }

  /// Adds one term.
  @inlinable
  package mutating func add(_ term: Double) {
    let (sum, error) = twoSum(high, term)
    (high, low) = fastTwoSum(sum, low + error)
  }

  /// Adds all that another sum holds.
  package mutating func add(_ other: ExactSum) {
    add(other.high)
    add(other.low)
  }

  /// Takes away all that another sum holds.
  package mutating func subtract(_ other: ExactSum) {
    add(-other.high)
    add(-other.low)
  }
}

/// The rounded sum of two numbers and what the rounding left out.
@inlinable
package func twoSum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
  let sum = a + b
  let bRounded = sum - a
  let aRounded = sum - bRounded
  return (sum, (a - aRounded) + (b - bRounded))
}

@inlinable
func fastTwoSum(_ a: Double, _ b: Double) -> (Double, Double) {
  let sum = a + b
  return (sum, b - (sum - a))
}
