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
    if let sum = terms.withContiguousStorageIfAvailable(ExactSum.init(contiguous:)) {
      self = sum
    } else {
      for term in terms { add(term) }
    }
  }

  /// The exact sum of terms that lie side by side.
  @usableFromInline
  init(contiguous terms: UnsafeBufferPointer<Double>) {
    if let sum = countSum(terms) {
      high = sum
    } else {
      for term in terms { add(term) }
    }
  }

  /// The nearest double and what it leaves out.
  package var parts: (high: Double, low: Double) { (high, low) }

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

/// The rounded sum of two numbers of which the first is the larger, and what the rounding left out.
@inlinable
package func fastTwoSum(_ a: Double, _ b: Double) -> (Double, Double) {
  let sum = a + b
  return (sum, b - (sum - a))
}

/// Multiples of 1/1024, as counts and their halves are, have the same sum in any order while their sizes sum
/// to less.
let exactCountLimit = 0x1p41

/// Beside a number of this size a double has no place below 1/1024.
private let countPlace = 0x1.8p42

/// The nearest multiple of 1/1024 to a number below ``exactCountLimit``.
@inline(__always)
func countPart(of number: Double) -> Double { (number + countPlace) - countPlace }

/// The sum of multiples of 1/1024 that is exact in any order, and so added up several at once; nil for all
/// others.
private func countSum(_ terms: UnsafeBufferPointer<Double>) -> Double? {
  guard let start = terms.baseAddress else { return 0 }
  let raw = UnsafeRawPointer(start)
  let laneCount = 4
  var (sums, sizes) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
  var areMultiples = SIMDMask<SIMD4<Int64>>(repeating: true)
  let end = terms.count - terms.count % laneCount
  for index in stride(from: 0, to: end, by: laneCount) {
    let lanes = raw.loadUnaligned(
      fromByteOffset: index * MemoryLayout<Double>.stride, as: SIMD4<Double>.self)
    areMultiples = areMultiples .& (((lanes + countPlace) - countPlace) .== lanes)
    sums += lanes
    sizes += lanes.replacing(with: -lanes, where: lanes .< 0)
  }
  var (sum, size) = (sums.sum(), sizes.sum())
  var isMultiple = true
  for index in end..<terms.count {
    isMultiple = isMultiple && countPart(of: terms[index]) == terms[index]
    sum += terms[index]
    size += abs(terms[index])
  }
  return isMultiple && all(areMultiples) && size < exactCountLimit ? sum : nil
}
