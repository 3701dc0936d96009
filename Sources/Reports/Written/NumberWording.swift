import Runs

/// A share in per cent, to one decimal, halves away from zero; `""` for NaN.
package func percent(_ share: Double) -> String {
  share.isNaN ? "" : "\(SectionNumber.percent(share)) %"
}

/// A difference with its sign, to one decimal, halves away from zero; `""` where it is not finite.
package func signed(_ value: Double) -> String {
  value.isFinite ? SectionNumber.signed(value) : ""
}
