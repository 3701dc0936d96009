import Mismatch

/// What the distinct numbers of a column have in common.
package struct NumberEvidence {
  /// Distinct numbers other than 0.
  private(set) var count = 0
  private(set) var isWhole = true
  private(set) var hasLeadingZero = false
  private(set) var hasNegative = false
  /// The most digits behind a decimal point.
  private(set) var decimalCount = 0
  /// Whether numbers are written as amounts, not as codes: with separators of thousands, or with spaces on both
  /// sides as in accounting formats.
  private(set) var areAmounts = false
  private var divisor = 0
  private var obeysBands = true
  private var bands: Set<Double> = []

  /// How many distinct numbers are enough to speak of rounding.
  static let enough = 20

  /// Takes up a number and how it is spelt.
  mutating func add(_ value: Double, spelt text: String) {
    if text.utf8.count > 1, text.utf8.first == 48, !text.hasPrefix("0."), !text.hasPrefix("0,") {
      hasLeadingZero = true
    }
    if value < 0 { hasNegative = true }
    areAmounts =
      areAmounts || text.utf8.contains(44) || text.utf8.first == 32 && text.utf8.last == 32
    guard value != 0 else { return }
    count += 1
    guard value.rounded() == value, abs(value) < 0x1p53 else {
      isWhole = false
      decimalCount = max(decimalCount, NumberEvidence.decimalCount(of: text))
      obeysBands = false
      return
    }
    divisor = NumberEvidence.greatestCommonDivisor(divisor, Int(abs(value)))
    guard obeysBands, let band = RoundingBand.bresOpen.last(where: { $0.from <= abs(value) }) else {
      return
    }
    bands.insert(band.from)
    obeysBands = value.truncatingRemainder(dividingBy: band.relaxed) == 0
  }

  /// Takes up all of another column's.
  mutating func add(_ other: NumberEvidence) {
    count += other.count
    decimalCount = max(decimalCount, other.decimalCount)
    areAmounts = areAmounts || other.areAmounts
    isWhole = isWhole && other.isWhole
    divisor = NumberEvidence.greatestCommonDivisor(divisor, other.divisor)
    obeysBands = obeysBands && other.obeysBands
    bands.formUnion(other.bands)
  }

  /// The rounding that all numbers obey, as a job writes it; nil for too few numbers to say.
  var rounding: String? {
    guard count >= NumberEvidence.enough else { return nil }
    guard isWhole else { return "none" }
    if obeysBands, bands.count >= 4, divisor <= 25 { return "bres" }
    let base = Rounding.usualBases.map { Int($0) }.first { divisor % $0 == 0 }
    return base.map { "nearest \($0)" } ?? "none"
  }

  private static func decimalCount(of text: String) -> Int {
    text.split(separator: ".", maxSplits: 1).dropFirst().first?.prefix(while: \.isNumber).count ?? 0
  }

  /// The largest number that divides both; the other where one is 0.
  package static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
