import Extracts
import Mismatch

/// The numbers that a key of a job or a column of a file may hold.
///
/// Ends are far beyond what any source has, and near enough that no product, quotient or power of such
/// numbers leaves the range of doubles in silence.
package struct NumberRange: Sendable {
  /// Above 0: numbers are as far from 0 as this, or are 0 where that is among them.
  let least: Double
  package let largest: Double
  var hasZero = false
  var hasNegative = false
  /// What to do about a number above the largest.
  private var adviceAbove: String?
  /// What to do about a number below 0.
  private var adviceBelow: String?

  /// Counts and their bounds: up to the largest, every whole number is a double.
  package static let counts = NumberRange(
    least: 1e-15, largest: Figure.largestCount, hasZero: true,
    adviceAbove: "Check the column: these are not counts of people or jobs",
    adviceBelow:
      "No count is below 0: name the column of counts. If the source writes such a number for a missing "
      + "count, give its bounds under `markers`")
  /// What is added to counts, or taken away from them.
  package static let changes = NumberRange(
    least: 1e-15, largest: Figure.largestCount, hasZero: true, hasNegative: true)
  /// What it costs to go from one area to another, in any unit.
  package static let costs = NumberRange(
    least: 1e-9, largest: 1e9, hasZero: true,
    adviceAbove: "If one cannot be reached from the other, leave the row out")
  /// How far sectors are from one another, in any unit.
  package static let distances = NumberRange(least: 1e-9, largest: 1e9, hasZero: true)
  /// Shares of lookups and crosswalks, or what shares are made of.
  package static let weights = NumberRange(least: 1e-18, largest: 1e12, hasZero: true)
  /// Eastings and northings in metres.
  package static let metres = NumberRange(
    least: 1e-9, largest: 1e9, hasZero: true, hasNegative: true)
  /// Rates, scales and penalties.
  package static let parameters = NumberRange(least: 1e-9, largest: 1e9)
  /// Powers of costs.
  package static let exponents = NumberRange(least: 1e-9, largest: 20)
  /// Shares and probabilities, without those that are certain.
  package static let fractions = NumberRange(least: 1e-9, largest: 1 - 1e-9)
  /// A tolerance of shares in percentage points.
  static let percentagePoints = NumberRange(least: 1e-9, largest: 100 - 1e-9, hasZero: true)
  /// Rates of flows between 0 and 1.
  package static let rates = NumberRange(least: 1e-9, largest: 1, hasZero: true)
  /// Efficiencies of matching, in any unit.
  package static let efficiencies = NumberRange(least: 1e-9, largest: 1e9, hasZero: true)
  /// Shares of vacancies in matching, whose inverses are powers.
  package static let matchingShares = NumberRange(least: 0.001, largest: 0.999)
  /// Exponents of matching with constant elasticity of substitution, whose inverses are powers too.
  package static let substitutions = NumberRange(least: 0.001, largest: 20, hasNegative: true)

  /// Degrees from an angle to its opposite.
  package static func degrees(to largest: Double) -> NumberRange {
    NumberRange(least: 1e-9, largest: largest, hasZero: true, hasNegative: true)
  }

  /// What to do about a number outside; nil where nothing is known of it.
  package func advice(on value: Double) -> String? {
    value < 0 ? adviceBelow : value > largest ? adviceAbove : nil
  }

  @inline(__always)
  package func contains(_ value: Double) -> Bool {
    if value == 0 { return hasZero }
    let size = hasNegative ? abs(value) : value
    return size >= least && size <= largest
  }

  /// What was expected in the place of a number that the range does not hold, or of a text that is none.
  package func expectation(insteadOf value: Double?) -> String {
    let ends = (NumberText.text(of: least), NumberText.text(of: largest))
    guard let value, value != 0, hasNegative || value > 0 else {
      return hasNegative ? "a number" : "a number \(hasZero ? "at or " : "")above 0"
    }
    if abs(value) > largest {
      return hasNegative ? "a number from -\(ends.1) to \(ends.1)" : "at most \(ends.1)"
    }
    return (hasZero ? "0, or " : "") + "at least \(ends.0)"
      + (hasNegative ? " above or below 0" : "")
  }
}

extension JobNode {
  /// The number of a scalar.
  ///
  /// - Throws: ``Failure`` for a text that is no number, or one outside the range.
  package func number(in range: NumberRange) throws -> Double {
    var text = try text()
    let value = text.withUTF8 { NumberText.value(of: $0) }
    if let value, range.contains(value) { return value }
    throw wrong(expected: range.expectation(insteadOf: value))
  }
}

extension JobNode {
  /// The share of 1 that a percentage such as `20 %` says.
  ///
  /// - Parameter largest: percent.
  /// - Throws: ``Failure`` for a text without its sign, and for one below 0 or above the largest.
  package func percentage(upTo largest: Double, expected: String) throws -> Double {
    let text = try text().trimmed() as String
    guard text.last == "%" else { throw wrong(expected: expected) }
    var number = String(text.dropLast()).trimmed() as String
    let value = number.withUTF8 { NumberText.value(of: $0) }
    guard let value, value >= 0, value <= largest else { throw wrong(expected: expected) }
    return value / 100
  }
}

extension NumberText {
  /// The digits of a whole number, however large a count would be; otherwise as ``text(of:)``.
  package static func digits(of value: Double) -> String {
    Int(exactly: value).map(String.init) ?? text(of: value)
  }
}
