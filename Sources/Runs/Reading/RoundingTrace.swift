import Extracts
import Jobs
import Mismatch

/// What the figures of one input say of their rounding, as counters that cost next to nothing per row.
struct RoundingTrace: Sendable {
  private let rounding: Rounding
  /// The stated unit; 0 where there is none, or one per size.
  private let unit: Double
  /// The coarsest unit of which every figure so far is a multiple; 0 once it is none of `units`.
  private var coarsest = RoundingTrace.units[0]
  /// Figures above 0.
  private(set) var figureCount = 0
  /// Figures that are no multiple of the stated unit.
  private(set) var missCount = 0
  /// The least of them, where it comes first: the same figure for any order of rows.
  private(set) var leastMiss: (value: Double, line: Int)?

  private static let units: [Double] = [1000, 500, 100, 50, 20, 10, 5]

  init(_ rounding: Rounding) {
    self.rounding = rounding
    if case .nearest(let unit) = rounding { self.unit = unit } else { unit = 0 }
  }

  /// A unit coarser than the job states, of which every figure is a multiple; nil for too few figures.
  var coarserUnit: Double? {
    guard figureCount >= 20, missCount == 0, coarsest > max(1, unit) else { return nil }
    if case .banded = rounding { return nil }
    return coarsest
  }

  /// Takes note of a published number.
  @inline(__always)
  mutating func note(_ value: Double, line: Int) {
    guard value > 0 else { return }
    figureCount += 1
    if coarsest > 0, !RoundingTrace.isMultiple(value, of: coarsest) { coarsen(to: value) }
    if unit > 0, !RoundingTrace.isMultiple(value, of: unit) { miss(value, line: line) }
    if case .banded(let bands) = rounding { note(value, line: line, bands) }
  }

  @inline(__always)
  private static func isMultiple(_ value: Double, of unit: Double) -> Bool {
    let quotient = value / unit
    return quotient < 9e15 && Double(Int64(quotient)) == quotient
  }

  private mutating func coarsen(to value: Double) {
    coarsest =
      RoundingTrace.units.first { $0 < coarsest && RoundingTrace.isMultiple(value, of: $0) } ?? 0
  }

  private mutating func note(_ value: Double, line: Int, _ bands: [RoundingBand]) {
    guard let band = bands.last(where: { $0.from <= value }) else { return }
    let isMultiple = [band.relaxed, band.strict].contains {
      RoundingTrace.isMultiple(value, of: $0)
    }
    if !isMultiple { miss(value, line: line) }
  }

  private mutating func miss(_ value: Double, line: Int) {
    let quotient = value / max(unit, .leastNormalMagnitude)
    // A unit that is no whole number has no exact double: 0.3 / 0.1 is not 3.
    if unit > 0, unit != unit.rounded(), abs(quotient - quotient.rounded()) < 1e-9 * quotient {
      return
    }
    missCount += 1
    if leastMiss.map({ value < $0.value }) ?? true { leastMiss = (value, line) }
  }
}
