import Dense

/// How far two numbers may be apart: by the larger of a fixed amount and a share of their size.
package struct Closeness: Sendable, CustomStringConvertible {
  package let absolute: Double
  package let relative: Double

  package init(absolute: Double, relative: Double) {
    self.absolute = absolute
    self.relative = relative
  }

  package static func absolute(_ tolerance: Double) -> Closeness {
    Closeness(absolute: tolerance, relative: 0)
  }

  package static func relative(_ tolerance: Double) -> Closeness {
    Closeness(absolute: 0, relative: tolerance)
  }

  /// Within the tolerance of the larger size, or of 1 for sizes below it.
  package static func either(_ tolerance: Double) -> Closeness {
    Closeness(absolute: tolerance, relative: tolerance)
  }

  package var description: String { "\(absolute) absolute or \(relative) relative" }

  /// Whether two numbers are close.
  ///
  /// NaN is close to NaN alone, an infinity to itself alone.
  package func holds(_ a: Double, _ b: Double) -> Bool {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    if a.isInfinite || b.isInfinite { return a == b }
    return abs(a - b) <= max(absolute, relative * max(abs(a), abs(b)))
  }

  /// Whether all numbers of two lists of the same length are close, one by one.
  package func holds(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Bool {
    let (a, b) = (Array(a), Array(b))
    return a.count == b.count && zip(a, b).allSatisfy { holds($0, $1) }
  }

  /// Whether `x` lies in `lower...upper` or misses it by no more than the tolerance.
  ///
  /// A bound that is NaN says nothing.
  package func holds(_ x: Double, within lower: Double, _ upper: Double) -> Bool {
    (lower.isNaN || x >= lower || holds(x, lower)) && (upper.isNaN || x <= upper || holds(x, upper))
  }
}

/// Whether two lists hold the same numbers to the last bit.
package func areIdentical(_ a: [Double], _ b: [Double]) -> Bool {
  a.map(\.bitPattern) == b.map(\.bitPattern)
}
