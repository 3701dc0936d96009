import Extracts
import Mismatch

/// A figure as a file of a run holds it: nil for an empty field.
package struct WrittenFigure: Sendable, Equatable {
  package let value: Double?
  package let lower: Double?
  package let upper: Double?
  /// Codes of ``Status``, with spaces between them.
  package let status: String

  package init(
    _ value: Double?, lower: Double? = nil, upper: Double? = nil, status: String = ""
  ) {
    (self.value, self.lower, self.upper, self.status) = (value, lower, upper, status)
  }

  /// No column of this name was written.
  package static let none = WrittenFigure(nil)

  /// What its status codes mean.
  package var reasons: [String] {
    status.split(separator: " ").map { code in
      let meaning = Status.codes.first { $0.code == code }?.meaning ?? String(code)
      return meaning.replacing("undefined: ", with: "")
    }
  }

  /// Whether a source withholds so much of it that its bounds are as wide as its value.
  package var isMostlySuppressed: Bool {
    let marks = [Status.confidential, .low, .unavailable].map(\.text)
    guard status.split(separator: " ").contains(where: { marks.contains(String($0)) }) else {
      return false
    }
    guard let value, let lower, let upper else { return true }
    return upper - lower >= value
  }
}

/// The two ends of an interval, in the unit of what it is of.
package struct WrittenInterval: Sendable, Equatable {
  package let lower: Double
  package let upper: Double

  /// Nil where an end is missing.
  package init?(_ lower: Double?, _ upper: Double?) {
    guard let lower, let upper, lower.isFinite, upper.isFinite else { return nil }
    (self.lower, self.upper) = (lower, upper)
  }

  /// Such as `+11.3 to +12.0`.
  package var text: String { "\(signed(lower)) to \(signed(upper))" }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// Whether both ends have this sign.
  func isBeyondZero(_ sign: Double) -> Bool { lower * sign > 0 && upper * sign > 0 }
}
