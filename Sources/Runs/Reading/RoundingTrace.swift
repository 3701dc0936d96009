import Extracts
import Jobs
import Mismatch

/// What the figures of one input say of their rounding and of their kind, as counters that cost next to nothing
/// per row and do not depend on the order of rows.
struct RoundingTrace: Sendable {
  private let rounding: Rounding
  private let unit: CountUnit
  /// The stated base in counts; 0 where there is none, or one per size.
  private let base: Double
  /// The greatest common divisor of all whole counts; 0 before the first.
  private var divisor = 0
  /// The most decimals that a count has, up to ``mostDecimals``.
  private var decimalCount = 0
  /// Figures above 0.
  private(set) var figureCount = 0
  /// Those of them that are no whole counts.
  private(set) var fractionCount = 0
  /// The largest count.
  private(set) var largest = 0.0
  /// Figures that are no multiple of the stated base.
  private(set) var missCount = 0
  /// The least of them as published, where it comes first.
  private(set) var leastMiss: (value: Double, line: Int)?
  /// Figures in scientific notation that lost digits.
  private(set) var shortenedCount = 0
  /// The least of them, where it comes first.
  private(set) var leastShortened: (value: Double, text: String, line: Int)?

  /// Figures that are enough to speak of their rounding.
  private static let enough = 20
  private static let mostDecimals = 6

  /// - Parameters:
  ///   - rounding: of counts.
  ///   - unit: of the figures.
  init(_ rounding: Rounding, unit: CountUnit = .one) {
    self.rounding = rounding
    self.unit = unit
    if case .nearest(let base) = rounding { self.base = base } else { base = 0 }
  }

  /// Takes up what another trace of figures that are read alike has counted.
  mutating func add(_ other: RoundingTrace) {
    divisor = NumberEvidence.greatestCommonDivisor(divisor, other.divisor)
    decimalCount = max(decimalCount, other.decimalCount)
    figureCount += other.figureCount
    fractionCount += other.fractionCount
    largest = max(largest, other.largest)
    missCount += other.missCount
    if let miss = other.leastMiss, leastMiss.map({ miss.value < $0.value }) ?? true {
      leastMiss = miss
    }
    shortenedCount += other.shortenedCount
    if let least = other.leastShortened, leastShortened.map({ least.value < $0.value }) ?? true {
      leastShortened = least
    }
  }

  /// What is counted, to be kept in a tally.
  struct Record: Codable {
    /// A figure that is named, with its text where that says more, and its line.
    struct Named: Codable {
      let value: Double
      let text: String?
      let line: Int
    }

    let figures: Int
    let fractions: Int
    /// The greatest common divisor of whole counts, and the most decimals of the others.
    let divisor: Int
    let decimals: Int
    let largest: Double
    let misses: Int
    let leastMiss: Named?
    let shortened: Int
    let leastShortened: Named?
  }

  var record: Record {
    Record(
      figures: figureCount, fractions: fractionCount, divisor: divisor, decimals: decimalCount,
      largest: largest, misses: missCount,
      leastMiss: leastMiss.map { .init(value: $0.value, text: nil, line: $0.line) },
      shortened: shortenedCount,
      leastShortened: leastShortened.map { .init(value: $0.value, text: $0.text, line: $0.line) })
  }

  /// What a tally keeps of figures of this rounding.
  init(_ rounding: Rounding, unit: CountUnit, record: Record) {
    self.init(rounding, unit: unit)
    (figureCount, fractionCount, missCount) = (record.figures, record.fractions, record.misses)
    (divisor, decimalCount, largest) = (record.divisor, record.decimals, record.largest)
    leastMiss = record.leastMiss.map { ($0.value, $0.line) }
    shortenedCount = record.shortened
    leastShortened = record.leastShortened.map { ($0.value, $0.text ?? "", $0.line) }
  }

  /// The coarsest usual base, in the unit of the figures, of which every figure is a multiple; nil for too few
  /// figures and where none fits.
  var fittingBase: Double? {
    guard figureCount >= RoundingTrace.enough else { return nil }
    if fractionCount > 0 {
      guard unit == .one, decimalCount <= 3 else { return nil }
      return [1, 0.1, 0.01, 0.001][decimalCount]
    }
    let bases = Rounding.usualBases + (unit == .one ? [] : [1, 0.1, 0.01, 0.001])
    return bases.first { RoundingTrace.isMultiple(Double(divisor), of: unit.counts($0)) }
  }

  /// The fitting base where it is coarser than what the job states; nil where it is not.
  var coarserBase: Double? {
    if case .banded = rounding { return nil }
    guard missCount == 0, let fitting = fittingBase, unit.counts(fitting) > max(1, base) else {
      return nil
    }
    return fitting
  }

  /// Takes note of a count.
  @inline(__always)
  mutating func note(_ value: Double, line: Int) {
    guard value > 0 else { return }
    figureCount += 1
    if value > largest { largest = value }
    if value.rounded(.towardZero) != value {
      noteFraction(value)
    } else if divisor != 1, !RoundingTrace.isMultiple(value, of: Double(divisor)) {
      divisor = NumberEvidence.greatestCommonDivisor(divisor, Int(value))
    }
    if base > 0, !RoundingTrace.isMultiple(value, of: base) { miss(value, line: line) }
    if case .banded(let bands) = rounding { note(value, line: line, bands) }
  }

  /// Takes note of a count that its file writes in scientific notation, with fewer digits than it has.
  mutating func noteShortened(_ value: Double, _ text: String, line: Int) {
    shortenedCount += 1
    if leastShortened.map({ value < $0.value }) ?? true { leastShortened = (value, text, line) }
  }

  @inline(__always)
  private static func isMultiple(_ value: Double, of base: Double) -> Bool {
    let quotient = value / base
    return quotient < 9e15 && Double(Int64(quotient)) == quotient
  }

  private mutating func noteFraction(_ value: Double) {
    fractionCount += 1
    while decimalCount < RoundingTrace.mostDecimals {
      let shifted = value * [1, 10, 100, 1000, 10_000, 100_000][decimalCount]
      if abs(shifted - shifted.rounded()) < 1e-9 * shifted { return }
      decimalCount += 1
    }
  }

  private mutating func note(_ value: Double, line: Int, _ bands: [RoundingBand]) {
    guard let band = bands.last(where: { $0.from <= value }) else { return }
    let isMultiple = [band.relaxed, band.strict].contains {
      RoundingTrace.isMultiple(value, of: $0)
    }
    if !isMultiple { miss(value, line: line) }
  }

  private mutating func miss(_ value: Double, line: Int) {
    let quotient = value / max(base, .leastNormalMagnitude)
    // A base that is no whole number has no exact double: 0.3 / 0.1 is not 3.
    if base > 0, base != base.rounded(), abs(quotient - quotient.rounded()) < 1e-9 * quotient {
      return
    }
    missCount += 1
    let published = value / unit.size
    if leastMiss.map({ published < $0.value }) ?? true { leastMiss = (published, line) }
  }
}
