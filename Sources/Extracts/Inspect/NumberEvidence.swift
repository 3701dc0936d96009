import Mismatch

/// What the distinct numbers of a column have in common.
struct NumberEvidence {
  /// Distinct numbers other than 0.
  private(set) var count = 0
  private(set) var isWhole = true
  private(set) var hasLeadingZero = false
  private(set) var hasNegative = false
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
    guard value != 0 else { return }
    count += 1
    guard value.rounded() == value, abs(value) < 0x1p53 else {
      isWhole = false
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
    let units = [1_000_000, 100_000, 10_000, 1000, 500, 100, 50, 25, 20, 10, 5]
    return units.first { divisor % $0 == 0 }.map { "nearest \($0)" } ?? "none"
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
