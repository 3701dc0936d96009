import Extracts

/// A share in per cent, to one decimal, halves away from zero; `""` for NaN.
package func percent(_ share: Double) -> String {
  share.isNaN ? "" : "\(oneDecimal(share * 100)) %"
}

/// A difference with its sign, to one decimal, halves away from zero; `""` where it is not finite.
package func signed(_ value: Double) -> String {
  guard value.isFinite else { return "" }
  let text = oneDecimal(abs(value))
  return text == "0.0" ? text : (value > 0 ? "+" : "-") + text
}

/// A number to one decimal, halves away from zero.
func oneDecimal(_ value: Double) -> String {
  guard abs(value) < 1e15 else { return NumberText.text(of: value) }
  let tenths = Int((abs(value) * 10).rounded())
  return (value < 0 && tenths > 0 ? "-" : "") + "\(tenths / 10).\(tenths % 10)"
}
