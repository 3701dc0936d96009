import Extracts
import Jobs
import Mismatch

extension RowTable {
  /// The number in a column of the current row.
  ///
  /// - Parameter what: what the number is, for messages.
  /// - Throws: ``Failure`` (`badData`) for a text that is no number, or one outside the range.
  package mutating func number(_ column: Int, in range: NumberRange, what: String) throws -> Double
  {
    let value = NumberText.value(of: figure(column), decimal: decimal)
    if let value, range.contains(value) { return value }
    throw try outside(range, value, column, what: what)
  }

  /// The counts that the number in a column of the current row stands for.
  ///
  /// - Throws: ``Failure`` (`badData`) for a text that is no number, and for a number that is no count.
  mutating func count(_ column: Int, in unit: CountUnit, what: String) throws -> Double {
    let value = NumberText.value(of: figure(column), decimal: decimal).map(unit.counts)
    if let value, NumberRange.counts.contains(value) { return value }
    throw try outside(.counts, value, column, what: what, unit: unit)
  }

  private mutating func outside(
    _ range: NumberRange, _ value: Double?, _ column: Int, what: String, unit: CountUnit = .one
  ) throws -> Failure {
    let text = try figureText(column)
    return Failure(
      .badData, at: place(column),
      "the \(what) is \"\(text)\"" + (unit == .one ? "" : " (unit: \(unit.text))"),
      expected: range.expectation(insteadOf: value),
      advice: value.map(range.advice(on:)) ?? NumberFault(text).advice)
  }
}
