/// How a publisher rounded its figures, and so what a published figure may stand for.
package enum Rounding: Sendable, Equatable {
  /// As counted: the figure is exact.
  case none
  /// Counts rounded to the nearest multiple of the unit, halves up.
  case nearest(Double)
  /// Estimates rounded by a unit that depends on their size; see ``RoundingBand``.
  case banded([RoundingBand])

  /// Bases to which sources round counts, the coarsest first.
  package static let usualBases: [Double] = [
    1_000_000, 100_000, 10_000, 1000, 500, 100, 50, 25, 20, 10, 5,
  ]

  /// The bounds of what a published figure was before it was rounded.
  ///
  /// - Parameters:
  ///   - value: the figure as published, at or above 0.
  ///   - zeroIsExact: whether a published 0 means none at all, as where the source marks small counts
  ///     `low` instead of printing 0.
  /// - Returns: for whole units the whole numbers that round to the figure: 40 to the nearest 10 is
  ///   35...44, 5 to the nearest 5 is 3...7. For units that are not whole, for 1, to which estimates are rounded and
  ///   no count need be, and for bands: the figure plus and minus half the unit. Never below 0.
  package func bounds(of value: Double, zeroIsExact: Bool) -> (lower: Double, upper: Double) {
    if value == 0 && zeroIsExact { return (0, 0) }
    switch self {
    case .none:
      return (value, value)
    case .nearest(let unit) where unit.rounded() == unit && unit > 1:
      return (max(0, value - (unit / 2).rounded(.down)), value + ((unit - 1) / 2).rounded(.down))
    case .nearest(let unit):
      return (max(0, value - unit / 2), value + unit / 2)
    case .banded(let bands):
      let half = RoundingBand.unit(of: value, in: bands) / 2
      return (max(0, value - half), value + half)
    }
  }

  /// The same rule for counts where this one is of figures in a unit.
  package func scaled(by unit: CountUnit) -> Rounding {
    switch self {
    case .none: .none
    case .nearest(let base): .nearest(unit.counts(base))
    case .banded(let bands):
      .banded(
        bands.map {
          RoundingBand(
            from: unit.counts($0.from), relaxed: unit.counts($0.relaxed),
            strict: unit.counts($0.strict))
        })
    }
  }

  /// The largest count that would be published as `low`: above 0, but rounded to 0.
  package var largestLow: Double? {
    guard case .nearest(let unit) = self else { return nil }
    let largest = ((unit - 1) / 2).rounded(.down)
    return largest >= 1 ? largest : nil
  }
}

/// The unit to which estimates from a size upwards are rounded, under two rules.
///
/// BRES rounds cells of three and more enterprises without a dominant one by the relaxed unit, others
/// by the strict one, and does not say which: a figure that is no multiple of the strict unit was
/// relaxed, any other may be strict (Nomis, article 1103).
package struct RoundingBand: Sendable, Equatable {
  package let from: Double
  package let relaxed: Double
  package let strict: Double

  package init(from: Double, relaxed: Double, strict: Double) {
    self.from = from
    self.relaxed = relaxed
    self.strict = strict
  }

  /// BRES open access.
  package static let bresOpen: [RoundingBand] = [
    RoundingBand(from: 0, relaxed: 5, strict: 10),
    RoundingBand(from: 50, relaxed: 25, strict: 50),
    RoundingBand(from: 250, relaxed: 50, strict: 100),
    RoundingBand(from: 500, relaxed: 100, strict: 200),
    RoundingBand(from: 1000, relaxed: 250, strict: 500),
    RoundingBand(from: 2500, relaxed: 500, strict: 1000),
    RoundingBand(from: 5000, relaxed: 1000, strict: 2000),
  ]

  /// BRES safeguarded (end user licence).
  package static let bresSafeguarded: [RoundingBand] = [
    RoundingBand(from: 0, relaxed: 5, strict: 5),
    RoundingBand(from: 50, relaxed: 10, strict: 25),
    RoundingBand(from: 250, relaxed: 25, strict: 50),
    RoundingBand(from: 500, relaxed: 50, strict: 100),
    RoundingBand(from: 1000, relaxed: 125, strict: 250),
    RoundingBand(from: 2500, relaxed: 250, strict: 500),
    RoundingBand(from: 5000, relaxed: 500, strict: 1000),
  ]

  /// The unit that gives safe bounds for a published figure.
  static func unit(of value: Double, in bands: [RoundingBand]) -> Double {
    guard let band = bands.last(where: { $0.from <= value }) else { return 0 }
    let isRelaxed = value.truncatingRemainder(dividingBy: band.strict) != 0
    return isRelaxed ? band.relaxed : band.strict
  }
}
