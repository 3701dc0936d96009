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
    let value = NumberText.value(of: bytes(column), decimal: decimal)
    if let value, range.contains(value) { return value }
    let text = try text(column)
    throw Failure(
      .badData, at: place(column), "the \(what) is \"\(text)\"",
      expected: range.expectation(insteadOf: value),
      advice: (value ?? 0) > range.largest ? range.advice : nil)
  }
}
