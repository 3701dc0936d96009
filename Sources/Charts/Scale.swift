/// Values to positions along a line, with ticks at round numbers.
struct LinearScale: Sendable {
  /// The first and the last tick.
  let domain: ClosedRange<Double>
  let ticks: [Double]
  /// How many decimals the ticks need.
  let decimals: Int
  /// Where the domain begins and ends, in user units.
  let start: Double
  let end: Double

  /// A scale that covers all finite values by at most about `count` steps of 1, 2 or 5 times a power of ten.
  ///
  /// Without finite values it goes from 0 to 1.
  init(covering values: some Sequence<Double>, from start: Double, to end: Double, count: Int = 5) {
    let finite = values.filter { $0.isFinite && abs($0) < 1e12 }
    var low = finite.min() ?? 0
    var high = finite.max() ?? 1
    if high - low < 1e-6 * max(abs(high), abs(low), 1) {
      let margin = max(abs(high) * 0.1, 0.5)
      (low, high) = (low - margin, high + margin)
    }
    let step = NiceStep(atLeast: (high - low) / Double(max(count, 1)))
    // A value at a tick, but for rounding, needs no further step.
    let first = (low / step.size + 1e-9).rounded(.down)
    let last = (high / step.size - 1e-9).rounded(.up)
    ticks = stride(from: first, through: last, by: 1).map(step.multiple)
    domain = step.multiple(first)...step.multiple(last)
    decimals = step.decimals
    (self.start, self.end) = (start, end)
  }

  /// Where a value stands; what lies outside the domain stands at its end.
  func position(_ value: Double) -> Double {
    guard !value.isNaN else { return start }
    let share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + max(0, min(1, share)) * (end - start)
  }
}

/// A step of 1, 2 or 5 times a power of ten.
private struct NiceStep {
  private let mantissa: Double
  private let power: Double
  private let isFraction: Bool
  let decimals: Int

  /// The smallest such step that is not smaller than a positive size.
  init(atLeast least: Double) {
    var exponent = 0
    var unit = 1.0
    while unit < least { (unit, exponent) = (unit * 10, exponent + 1) }
    while unit / 10 >= least { (unit, exponent) = (unit / 10, exponent - 1) }
    // The unit is enough; a half or a fifth of it may be as well.
    let tenths = least / unit * 10
    mantissa = tenths <= 2 + 1e-9 ? 2 : tenths <= 5 + 1e-9 ? 5 : 10
    exponent -= 1
    decimals = max(0, mantissa == 10 ? -exponent - 1 : -exponent)
    isFraction = exponent < 0
    power = (0..<abs(exponent)).reduce(1) { product, _ in product * 10 }
  }

  var size: Double { multiple(1) }

  /// A multiple without the rounding that repeated addition brings.
  func multiple(_ count: Double) -> Double {
    isFraction ? count * mantissa / power : count * mantissa * power
  }
}

/// Classes symmetrical about zero, cut at limits that do not depend on the data.
package struct DivergingScale: Equatable, Sendable {
  /// What classes beyond zero begin at, ascending: at most five.
  package let limits: [Double]
  /// The unit of values, such as "percentage points".
  package let unit: String
  /// What values below and above zero mean.
  package let low: String
  package let high: String

  /// A scale; limits that are not positive and finite, duplicates and those after the fifth are left out.
  package init(
    limits: [Double] = [1, 2, 5, 10, 20], unit: String = "percentage points",
    low: String = "Under-provided", high: String = "Over-provided"
  ) {
    self.limits = Array(Set(limits.filter { $0 > 0 && $0 < 1e9 }).sorted().prefix(5))
    self.unit = unit
    self.low = low
    self.high = high
  }

  /// The shade of a value: 0 within the first limits, ±5 from the last one on, even steps between.
  package func shade(_ value: Double) -> Int {
    let shade = shade(ofClass: limits.count { $0 <= abs(value) })
    return value < 0 ? -shade : shade
  }

  /// The shade of a class counted from zero outwards.
  func shade(ofClass count: Int) -> Int {
    limits.isEmpty ? 0 : (count * 5 + limits.count / 2) / limits.count
  }
}
