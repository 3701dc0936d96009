import Extracts
import Jobs
import Runs
import Mismatch

/// A figure as JSON holds it: null where there is no number, "Inf" where there is no bound.
package struct FigureRecord: Encodable, Sendable {
  package let value: Double?
  package let lower: Double?
  package let upper: Double?
  package let status: String

  init(_ figure: Figure) {
    func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
    value = number(figure.value)
    lower = number(figure.lower)
    upper = number(figure.upper)
    status = figure.writtenStatus.text
  }

  /// Value, bounds and status as a file of the run spells them.
  var texts: [String] {
    [value, lower, upper].map { number in
      number.map { $0.isFinite ? NumberText.text(of: $0) : "" } ?? ""
    } + [status]
  }
}

extension FigureRecord {
  /// A number to six digits; whole ones in full.
  package static func sixDigits(_ value: Double) -> String {
    guard value.isFinite, value != value.rounded() else {
      return value.isNaN ? "undefined" : NumberText.text(of: value)
    }
    var scale = 1.0
    while abs(value) * scale < 1e5, scale < 1e12 { scale *= 10 }
    return NumberText.text(of: (value * scale).rounded() / scale)
  }
}
