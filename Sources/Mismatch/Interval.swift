/// n / d, with x/0 infinite for x above 0 and 0/0 undefined (NaN).
func quotient(_ n: Double, _ d: Double) -> Double {
  d == 0 ? (n > 0 ? .infinity : .nan) : n / d
}

/// The ratio of two figures at or above 0 that vary independently within their bounds.
///
/// x/0 is infinite; 0/0 is undefined with status `zero-by-zero`, for the value and for each bound by
/// itself, so that a bound can be undefined where the value is not.
func ratio(_ numerator: Figure, _ denominator: Figure) -> Figure {
  var status = numerator.status.union(denominator.status)
  let value = quotient(numerator.value, denominator.value)
  if value.isNaN && numerator.isDefined && denominator.isDefined { status.insert(.zeroByZero) }
  return Figure(
    value, lower: quotient(numerator.lower, denominator.upper),
    upper: quotient(numerator.upper, denominator.lower), status: status
  ).snapped()
}

extension Figure {
  /// The figure for so many of another one.
  ///
  /// - Parameter multiplier: above 0.
  /// - Returns: at or above 0, both taken to vary independently within their bounds. x/0 is infinite; 0/0 is
  ///   undefined with status `zero-by-zero`, for the value and for each bound by itself.
  package func per(_ multiplier: Double, of divisor: Figure) -> Figure {
    ratio(self, divisor).scaled(by: multiplier)
  }
}

/// The share that `part` has in a whole that is `part` plus `others`, which vary independently within
/// their bounds except that the whole lies within `whole`'s.
///
/// - Returns: a figure within 0...1. Both bounds are sharp: `lower / min(lower + others.upper,
///   whole.upper)` and `upper / max(upper + others.lower, whole.lower)`. The value is undefined, with
///   `reason`, where the whole's value is 0, and a bound where the whole's upper bound is 0.
func share(of part: Figure, others: (lower: Double, upper: Double), whole: Figure, reason: Status)
  -> Figure
{
  var figure = Figure.undefined(part.status)
  if !whole.isDefined || !part.isDefined {
    figure.status.insert(.unknown)
  } else if whole.value == 0 {
    figure.status.insert(reason)
  } else {
    figure.value = part.value / whole.value
  }
  guard whole.upper > 0 else { return figure }
  let largestWhole = min(part.lower + others.upper, whole.upper)
  let smallestWhole = max(part.upper + others.lower, whole.lower)
  figure.lower =
    others.upper == 0 && part.upper > 0
    ? 1 : part.lower == 0 ? 0 : min(1, part.lower / largestWhole)
  figure.upper = part.upper == 0 ? 0 : part.upper.isFinite ? min(1, part.upper / smallestWhole) : 1
  return figure.snapped()
}

/// The bounds of the sum of all parts but one, for each part in turn.
func boundsOfOthers(_ parts: [Figure]) -> [(lower: Double, upper: Double)] {
  let lowerSum = parts.reduce(0) { $0 + $1.lower }
  let upperSum = parts.reduce(0) { $1.upper.isFinite ? $0 + $1.upper : $0 }
  let openCount = parts.count { !$0.upper.isFinite }
  return parts.map { part in
    let isOpen = openCount > (part.upper.isFinite ? 0 : 1)
    let upper = part.upper.isFinite ? upperSum - part.upper : upperSum
    return (max(0, lowerSum - part.lower), isOpen ? .infinity : max(0, upper))
  }
}

extension Figure {
  /// The figure with bounds that miss its value by no more than rounding of the arithmetic put onto it.
  func snapped() -> Figure {
    guard value.isFinite else { return self }
    var figure = self
    let slack = 1e-12 * max(1, abs(value))
    if lower > value && lower - value <= slack { figure.lower = value }
    if upper < value && value - upper <= slack { figure.upper = value }
    return figure
  }
}
