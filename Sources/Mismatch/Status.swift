/// What is special about a number: the marks its source gave it, and why a result is undefined.
///
/// The marks are those of ``Shorthand``.
/// A number made from several carries the marks of them all.
package struct Status: OptionSet, Sendable, Hashable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let confidential = Status(rawValue: 1 << 0)
  package static let low = Status(rawValue: 1 << 1)
  package static let unavailable = Status(rawValue: 1 << 2)
  package static let notApplicable = Status(rawValue: 1 << 3)
  package static let unreliable = Status(rawValue: 1 << 4)
  package static let estimated = Status(rawValue: 1 << 5)
  package static let provisional = Status(rawValue: 1 << 6)
  package static let revised = Status(rawValue: 1 << 7)
  package static let seriesBreak = Status(rawValue: 1 << 8)
  package static let forecast = Status(rawValue: 1 << 9)
  package static let noneRecorded = Status(rawValue: 1 << 10)

  /// The area has no provision at all, so its shares are undefined.
  package static let noProvision = Status(rawValue: 1 << 20)
  /// The area has no demand at all, so its shares are undefined.
  package static let noDemand = Status(rawValue: 1 << 21)
  /// Both numbers of a ratio are zero.
  package static let zeroByZero = Status(rawValue: 1 << 22)
  /// The sector has neither provision nor demand in any area, or lacks the side that is divided by.
  package static let emptySector = Status(rawValue: 1 << 23)
  /// A number that the result needs is withheld or absent and has no bounds from which a value could be imputed.
  package static let unknown = Status(rawValue: 1 << 24)
  /// Cells without a number were left out of the result.
  package static let incomplete = Status(rawValue: 1 << 25)
  /// An iteration ended before it reached its tolerance.
  package static let notConverged = Status(rawValue: 1 << 26)
  /// The value or a bound is infinite.
  package static let unbounded = Status(rawValue: 1 << 27)
  /// No row of the source reaches the area, so that nothing is known of its counts.
  package static let absent = Status(rawValue: 1 << 28)
}
