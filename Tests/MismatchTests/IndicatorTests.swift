import Mismatch
import Support
import Testing

/// Laws of indicators, and a plain twin.
struct IndicatorTests {
  /// Counts with bounds around them, some without a number.
  private static func counts(_ random: inout RandomSource, _ count: Int) -> [Figure] {
    (0..<count).map { _ in
      if random.happens(0.1) { return Figure(.nan, lower: 0, upper: .infinity, status: .absent) }
      let value = Double(random.whole(0...50))
      let slack = Double(random.whole(0...4))
      return Figure(value, lower: max(0, value - slack), upper: value + slack)
    }
  }

  private static func sum(_ figures: [Figure]) -> Figure { Profile(parts: figures).total }

  @Test("All areas together do not change when areas are added up, nor with their order")
  func addition() {
    for seed in 0..<50 {
      var random = RandomSource(seed: UInt64(seed))
      let (counts, divisors) = (
        Self.counts(&random, 12).map { $0.isDefined ? $0 : Figure(exact: 3) },
        Self.counts(&random, 12).map { $0.isDefined ? $0 : Figure(exact: 7) }
      )
      let cut = random.whole(1...11)
      func joined(_ figures: [Figure]) -> [Figure] {
        [Self.sum(Array(figures[..<cut])), Self.sum(Array(figures[cut...]))]
      }
      let whole = Indicator(counts: counts, per: 1000, of: divisors).all
      #expect(Indicator(counts: joined(counts), per: 1000, of: joined(divisors)).all == whole)
      #expect(
        Indicator(counts: counts.reversed(), per: 1000, of: divisors.reversed()).all == whole)
      #expect(Indicator(counts: joined(counts)).all == Indicator(counts: counts).all)
    }
  }

  @Test("A multiplier scales value and bounds, and counts per themselves are 1")
  func scale() {
    var random = RandomSource(seed: 5)
    let (counts, divisors) = (Self.counts(&random, 40), Self.counts(&random, 40))
    let ones = Indicator(counts: counts, per: 1, of: divisors)
    let thousands = Indicator(counts: counts, per: 1024, of: divisors)
    for (one, thousand) in zip(ones.areas + [ones.all], thousands.areas + [thousands.all]) {
      #expect(same(one.value * 1024, thousand.value) && one.status == thousand.status)
      #expect(same(one.lower * 1024, thousand.lower) && same(one.upper * 1024, thousand.upper))
    }
    for (count, own) in zip(counts, Indicator(counts: counts, per: 1, of: counts).areas)
    where count.isDefined && count.value > 0 {
      #expect(own.value == 1 && own.lower <= 1 && own.upper >= 1)
    }
  }

  private func same(_ left: Double, _ right: Double) -> Bool {
    left == right || left.isNaN && right.isNaN
  }

  @Test("Every ratio of counts within their bounds lies within the bounds, whose ends are reached")
  func bounds() {
    for seed in 0..<30 {
      var random = RandomSource(seed: UInt64(seed), stream: 1)
      let (counts, divisors) = (Self.counts(&random, 3), Self.counts(&random, 3))
      let found = Indicator(counts: counts, per: 10, of: divisors)
      for (area, ratio) in found.areas.enumerated()
      where counts[area].isDefined && divisors[area].isDefined && divisors[area].lower > 0 {
        var (least, most) = (Double.infinity, 0.0)
        for count in stride(from: counts[area].lower, through: counts[area].upper, by: 1) {
          for divisor in stride(from: divisors[area].lower, through: divisors[area].upper, by: 1) {
            least = min(least, count / divisor * 10)
            most = max(most, count / divisor * 10)
          }
        }
        #expect(abs(ratio.lower - least) < 1e-12 * max(1, least))
        #expect(abs(ratio.upper - most) < 1e-12 * max(1, most))
      }
    }
  }

  @Test("All areas are the sums of those that have both counts, as a loop finds them")
  func twin() {
    for seed in 0..<50 {
      var random = RandomSource(seed: UInt64(seed), stream: 2)
      let (counts, divisors) = (Self.counts(&random, 9), Self.counts(&random, 9))
      var (top, bottom, left) = (0.0, 0.0, 0)
      for (count, divisor) in zip(counts, divisors) {
        if count.value.isNaN || divisor.value.isNaN {
          left += 1
        } else {
          top += count.value
          bottom += divisor.value
        }
      }
      let all = Indicator(counts: counts, per: 1, of: divisors).all
      if left == 9 {
        #expect(!all.isDefined)
      } else if bottom > 0 {
        #expect(abs(all.value - top / bottom) < 1e-14 * max(1, top / bottom))
      }
      #expect(all.status.contains(.incomplete) == (left > 0))
    }
  }

  @Test("Division by 0 has a status and no number, and rates have no sum")
  func undefined() {
    let (none, some) = (Figure(exact: 0), Figure(exact: 4))
    let found = Indicator(counts: [none, some, none], per: 1, of: [none, none, some])
    #expect(!found.areas[0].isDefined && found.areas[0].status == .zeroByZero)
    #expect(found.areas[1].value == .infinity)
    #expect(found.areas[2] == Figure(exact: 0))
    #expect(found.all == Figure(exact: 1))
    let rates = Indicator(rates: [Figure(exact: 0.5), Figure(exact: 0.7)])
    #expect(rates.areas.map(\.value) == [0.5, 0.7])
    #expect(!rates.all.isDefined && rates.all.status == .notApplicable)
  }
}
