import Extracts
import Mismatch

/// How much of a side may be lost or meet nothing before a check fails, as shares.
package struct CheckLimits: Sendable {
  /// What may stand in areas or sectors of which the other side has none.
  package var oneSided = 0.5
  /// What may stand under codes that the grid does not receive.
  package var unmapped = 0.2
}

extension JobNode {
  /// `{ one-sided: 50 %, unmapped: 20 % }`.
  func checkLimits() throws -> CheckLimits {
    let keys = try keyed(["one-sided", "unmapped"])
    var limits = CheckLimits()
    limits.oneSided = try keys["one-sided"]?.percentage() ?? limits.oneSided
    limits.unmapped = try keys["unmapped"]?.percentage() ?? limits.unmapped
    return limits
  }

  /// The share that a text such as `20 %` states.
  private func percentage() throws -> Double {
    let text = try text()
    var digits = (text.hasSuffix("%") ? String(text.dropLast()) : text).trimmed()
    guard text.hasSuffix("%"), let value = digits.withUTF8({ NumberText.value(of: $0) }),
      (0...100).contains(value)
    else { throw wrong(expected: "a percentage from 0 % to 100 %, such as 20 %") }
    return value / 100
  }
}
