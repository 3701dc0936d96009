import Mismatch
import Support
import Testing

struct FalseDiscoveryTests {
  @Test("Adjusted values equal those printed for 1995", .enabled(if: Reference.mayRun))
  func published() throws {
    let rows = try Reference.rows("c14-published-fixtures/bh1995_expected.csv")
    let pValues = try rows.map { try $0.number("p") }
    let adjusted = ErrorControl.benjaminiHochberg.adjusted(pValues)
    let expected = try rows.map { try $0.number("bh") }
    // The printed p-values have four digits; sums and quotients lose a few units in the last place.
    #expect(Closeness.absolute(1e-12).holds(adjusted, expected))
    #expect(adjusted.count { $0 <= 0.05 } == 4)
    let bonferroni = ErrorControl.bonferroni.adjusted(pValues)
    #expect(
      Closeness.absolute(1e-12).holds(bonferroni, try rows.map { try $0.number("bonferroni") }))
    #expect(bonferroni.count { $0 <= 0.05 } == 3)
  }

  /// The step-up rule as it was published: all up to the largest k with p(k) ≤ k q / m.
  @Test(
    "Calls equal those of the step-up rule",
    arguments: [ErrorControl.benjaminiHochberg, .benjaminiYekutieli])
  func stepUp(control: ErrorControl) {
    var random = RandomSource(seed: 5)
    for count in [1, 2, 17, 60] {
      let pValues = (0..<count).map { _ in
        random.happens(0.3) ? 0.01 * random.uniform() : random.uniform()
      }
      let harmonic =
        control == .benjaminiHochberg ? 1 : (1...count).reduce(0) { $0 + 1 / Double($1) }
      let sorted = pValues.sorted()
      let last = sorted.indices.last {
        sorted[$0] <= Double($0 + 1) * 0.05 / (Double(count) * harmonic)
      }
      let called = control.adjusted(pValues).map { $0 <= 0.05 }
      #expect(called == pValues.map { p in last.map { p <= sorted[$0] } ?? false })
    }
  }

  @Test("An empty family has no values")
  func empty() {
    #expect(ErrorControl.benjaminiYekutieli.adjusted([]).isEmpty)
  }
}

struct RankRangeTests {
  @Test("Places equal those of comparing each with each")
  func twin() {
    var random = RandomSource(seed: 9)
    let values = (0..<40).map { _ in random.happens(0.1) ? .nan : Double(random.whole(-9...9)) }
    let intervals = values.map { value in
      ConfidenceInterval(lower: value - 3 * random.uniform(), upper: value + 3 * random.uniform())
    }
    let ranks = RankRange.ranks(of: values, within: intervals)
    for index in values.indices {
      guard !values[index].isNaN else {
        #expect(ranks[index] == nil)
        continue
      }
      let others = values.indices.filter { !values[$0].isNaN && $0 != index }
      #expect(ranks[index]?.rank == 1 + others.count { values[$0] > values[index] })
      #expect(
        ranks[index]?.best == 1 + others.count { intervals[$0].lower > intervals[index].upper })
      #expect(
        ranks[index]?.worst == 1 + others.count
          - others.count { intervals[$0].upper < intervals[index].lower })
    }
  }
}
