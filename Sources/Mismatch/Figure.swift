/// A number as it travels: its value, the bounds that it lies within, and its status.
///
/// NaN stands for "no number": a value that is undefined or withheld without a point, or a bound that
/// is undefined. Bounds may be infinite. An exact number has both bounds equal to its value.
package struct Figure: Sendable, Equatable {
  /// The largest count, and the largest sum of counts: up to here every whole number is a double, and is
  /// told from all others.
  package static let largestCount = 0x1p53 - 1

  package var value: Double
  package var lower: Double
  package var upper: Double
  package var status: Status

  package init(_ value: Double, lower: Double, upper: Double, status: Status = []) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.status = status
  }

  /// A number that is known exactly.
  package init(exact value: Double) {
    self.init(value, lower: value, upper: value)
  }

  /// No number, and why.
  package static func undefined(_ reason: Status) -> Figure {
    Figure(.nan, lower: .nan, upper: .nan, status: reason)
  }

  /// Whether there is a value to calculate with.
  package var isDefined: Bool { !value.isNaN }

  /// Whether both bounds are the value.
  package var isExact: Bool { lower == value && upper == value }

  /// The figure times a number at or above zero.
  package func scaled(by factor: Double) -> Figure {
    Figure(value * factor, lower: lower * factor, upper: upper * factor, status: status)
  }

  /// The sum of two figures that vary independently within their bounds.
  package func plus(_ other: Figure) -> Figure {
    Figure(
      value + other.value, lower: lower + other.lower, upper: upper + other.upper,
      status: status.union(other.status))
  }
}
