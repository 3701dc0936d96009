import Dense
import Mismatch
import Support
import Testing

struct ShareTestTests {
  /// Small enough to add up the chance of every pair of counts.
  private static let designs: [(first: Double, second: Double, margin: Double)] = [
    (12, 15, 0), (30, 9, 0), (12, 15, 0.1), (6, 30, 0.05), (25, 8, 0.02),
  ]

  /// The chance that a p-value at or below `rate` occurs, over all pairs of counts.
  private func rejectionRate(
    _ design: (first: Double, second: Double, margin: Double), _ p: Double, _ q: Double,
    rate: Double, _ test: (SideCounts, SideCounts) -> Double
  ) -> Double {
    let (first, second) = (
      Binomial(trials: design.first, probability: p),
      Binomial(trials: design.second, probability: q)
    )
    var sum = 0.0
    for x in 0...Int(design.first) {
      for y in 0...Int(design.second) {
        let pValue = test(
          SideCounts(count: Double(x), total: design.first),
          SideCounts(count: Double(y), total: design.second))
        if pValue <= rate { sum += first.mass(Double(x)) * second.mass(Double(y)) }
      }
    }
    return sum
  }

  @Test("A true null hypothesis is refused at the rate or less often, at its limit and within")
  func validity() {
    for design in Self.designs {
      for q in stride(from: 0.02, through: 0.9 - design.margin, by: 0.11) {
        for p in [q + design.margin, q, q / 2] {
          let rate = rejectionRate(design, p, q, rate: 0.05) { first, second in
            ShareTest.excess(of: first, over: second, margin: design.margin)
          }
          #expect(rate <= 0.05, "\(design), \(p) against \(q)")
        }
      }
    }
  }

  @Test("A large excess is found, and its p-value is no more than the floor of the method")
  func power() {
    let (first, second) = (
      SideCounts(count: 900, total: 3000), SideCounts(count: 400, total: 4000)
    )
    #expect(ShareTest.excess(of: first, over: second, margin: 0.01) < 2 * ShareTest.missRate)
    #expect(ShareTest.excess(of: second, over: first, margin: 0.01) == 1)
    #expect(ShareTest.excess(of: first, over: second, margin: 0.2) == 1)
  }

  @Test("Beyond what a double holds the test goes on: many against few")
  func extremes() {
    let many = SideCounts(count: 260_000, total: 1_000_000)
    let few = SideCounts(count: 10, total: 100)
    let pValue = ShareTest.excess(of: many, over: few, margin: 0.01)
    // The normal test of 26 % against 10 of 100 has a score of 5.
    #expect(pValue < 0.01)
    let infinite = SideCounts(count: .infinity, total: .infinity)
    #expect(ShareTest.excess(of: many, over: infinite, margin: 0) == 1)
    #expect(
      ShareTest.excess(of: many, over: SideCounts(count: 0, total: 0), margin: 0) == 1)
  }

  @Test("Mendel's plants: the two-sided value that R's binom.test prints")
  func mendel() {
    // 243 dwarf and 682 giant plants, a quarter being expected: p = 0.382491559574852 in R.
    let dwarf = SideCounts(count: 243, total: 1000)
    let giant = SideCounts(count: 682, total: 3000)
    let close = Closeness.relative(1e-12)
    #expect(close.holds(ShareTest.equality(of: dwarf, over: giant), 0.382491559574852))
    #expect(ShareTest.equality(of: giant, over: dwarf) == 1)
    #expect(ShareTest.equality(of: dwarf, over: SideCounts(count: 729, total: 3000)) == 1)
  }

  @Test("The test of no gap adds up all outcomes that are no likelier, one by one")
  func equalityTwin() {
    for (first, second) in [(7.0, 30.0), (25, 8), (40, 40)] {
      for x in 0...Int(first) {
        for y in 0...Int(second) where Double(x) / first > Double(y) / second {
          let binomial = Binomial(
            trials: Double(x + y), probability: first / (first + second))
          let limit = binomial.mass(Double(x)) * (1 + 1e-7)
          let sum = (0...x + y).map { binomial.mass(Double($0)) }.filter { $0 <= limit }
            .reduce(0, +)
          let pValue = ShareTest.equality(
            of: SideCounts(count: Double(x), total: first),
            over: SideCounts(count: Double(y), total: second))
          #expect(Closeness.relative(1e-9).holds(pValue, min(1, sum)), "\(x) of \(first), \(y)")
        }
      }
    }
  }

  @Test("At the ends of bounds the value is at least twice the tail of any counts within them")
  func equalityAtEnds() {
    var random = RandomSource(seed: 12)
    for _ in 0..<2000 {
      let (least, others) = (Double(random.whole(1...30)), Double(random.whole(20...200)))
      let (most, rest) = (Double(random.whole(0...9)), Double(random.whole(20...200)))
      let (width, otherWidth) = (Double(random.whole(0...5)), Double(random.whole(0...20)))
      let worst = ShareTest.equality(
        of: SideCounts(count: least, total: least + others + otherWidth),
        over: SideCounts(count: most, total: most + rest), areEnds: true)
      let first = least + Double(random.whole(0...Int(width)))
      let second = Double(random.whole(0...Int(most)))
      let totals = (
        first + others + Double(random.whole(0...Int(otherWidth))), second + rest
      )
      let inside = Binomial(
        trials: first + second, probability: totals.0 / (totals.0 + totals.1))
      #expect(worst >= min(1, 2 * inside.atLeast(first)) * (1 - 1e-9))
    }
  }

  @Test("The test of no gap is refused at the rate or less often, both directions together")
  func equalityValidity() {
    for design in Self.designs where design.margin == 0 {
      for q in stride(from: 0.02, through: 0.95, by: 0.13) {
        let rate = rejectionRate(design, q, q, rate: 0.05) { first, second in
          min(
            ShareTest.equality(of: first, over: second), ShareTest.equality(of: second, over: first)
          )
        }
        #expect(rate <= 0.05)
      }
    }
  }

  /// Coverage over all pairs of counts; the documentation states the least that was met.
  @Test("The interval of a share gap covers at its level, all pairs of counts added up")
  func gapCoverage() throws {
    let form = try #require(Measure.shareGap.sampling)
    for design in Self.designs {
      for q in stride(from: 0.02, through: 0.98, by: 0.16) {
        for p in [0.01, 0.3, q] {
          let missed = rejectionRate(design, p, q, rate: 0) { first, second in
            let counts = CellCounts(provision: first, demand: second)
            let interval = form.interval(
              CellEnd(counts, isLower: true, limits: ExactLimits(level: 0.95)),
              CellEnd(counts, isLower: false, limits: ExactLimits(level: 0.95)))
            let gap = 100 * (p - q)
            return interval.lower <= gap && gap <= interval.upper ? 1 : 0
          }
          #expect(missed <= 0.05, "\(design), \(p) against \(q)")
        }
      }
    }
  }
}
