import Dense
import Mismatch
import Support
import Testing

struct ImputationTests {
  @Test("Decimals have the same bits in any order of the rows")
  func orderOfDecimals() {
    var random = RandomSource(seed: 61)
    let small = [0.1, 0.2, 0.3]
    let many = (0..<300).map { _ in Double(random.whole(1...999_999)) / 1000 }
    for values in [small, many] {
      let expected = imputedValue(values)
      #expect(values.count > 3 || expected == 0.6)
      for _ in 0..<20 {
        #expect(imputedValue(values.shuffled(using: &random)).bitPattern == expected.bitPattern)
      }
    }
  }

  private func imputedValue(_ values: [Double]) -> Double {
    var source = SourceFixture()
    for value in values { source.add(value, "a", "x") }
    return source.imputed().value[0, 0]
  }

  @Test("Rows and columns come in code order, however they were read")
  func codeOrder() {
    var source = SourceFixture()
    source.add(1, "9", "b")
    source.add(2, "10", "a")
    source.add(4, "10", "b")
    let imputed = source.imputed()
    #expect(imputed.areas.codes == ["10", "9"] && imputed.categories.codes == ["a", "b"])
    #expect(imputed.value.rows == [[2, 4], [0, 1]])
    #expect(imputed.lower == imputed.value && imputed.upper == imputed.value)
    #expect(imputed.markedCells.isEmpty && imputed.conflicts.isEmpty)
  }

  @Test("Bounds of rounded figures in one cell add up")
  func boundsAddUp() {
    var source = SourceFixture()
    source.add(40, "a", "x", rounding: .nearest(10))
    source.add(5, "a", "x", rounding: .nearest(5))
    source.add(7, "a", "x")
    let imputed = source.imputed()
    #expect(imputed.value[0, 0] == 52)
    #expect(imputed.lower[0, 0] == 35 + 3 + 7 && imputed.upper[0, 0] == 44 + 7 + 7)
  }

  @Test("A marked figure is given the point of the rule, and counted as imputed")
  func points() {
    for (rule, point) in [
      (ImputationRule.lower, 1.0), (.middle, 2.5), (.number(3), 3), (.number(9), 4),
    ] {
      var source = SourceFixture()
      source.add(.low4, "a", "x")
      source.add(10, "a", "y")
      let imputed = source.imputed(by: rule)
      #expect(imputed.value.rows == [[point, 10]])
      #expect(imputed.lower.rows == [[1, 10]] && imputed.upper.rows == [[4, 10]])
      #expect(imputed.imputed.mapped.value == point)
      #expect(imputed.markedCells.map(\.status) == [.low])
      #expect(source.reconciliation().published == 10)
    }
  }

  @Test("Points lie between the bounds that totals left, and several in a cell add up")
  func pointsAfterTotals() {
    var source = SourceFixture()
    source.add(.withheld, "a", "x")
    source.add(10, "a", "y")
    source.addTotal((14, 18), "a")
    #expect(source.imputed(by: .middle).value.rows == [[6, 10]])
    #expect(source.imputed(by: .lower).value.rows == [[4, 10]])
    #expect(source.imputed(by: .number(100)).value.rows == [[8, 10]])
    #expect(source.imputed().lower.rows == [[4, 10]] && source.imputed().upper.rows == [[8, 10]])
    var several = SourceFixture()
    several.add(.low4, "a", "x")
    several.add(.low4, "a", "x")
    several.add(3, "a", "x")
    #expect(several.imputed(by: .middle).value[0, 0] == 8)
    #expect(several.imputed().lower[0, 0] == 5 && several.imputed().upper[0, 0] == 11)
  }

  @Test("Points of withheld figures together make a sum that the area's total allows")
  func pointsMakeTheTotal() {
    var four = SourceFixture()
    for category in ["a", "b", "c", "d"] { four.add(.withheld, "x", category) }
    four.add(60, "x", "e")
    four.addTotal((86, 100), "x")
    // Each could be 0 to 40, and four middles would be 80; 100 leaves 40 for them.
    #expect(four.imputed(by: .middle).value.rows == [[10, 10, 10, 10, 60]])
    #expect(four.imputed(by: .lower).value.rows == [[0, 0, 0, 0, 60]])
    var random = RandomSource(seed: 62)
    for _ in 0..<200 {
      var source = SourceFixture()
      var truth = 0
      for part in 0..<random.whole(1...6) {
        let (least, width) = (random.whole(0...9), random.whole(0...40))
        let count = random.whole(least...least + width)
        truth += count
        if random.happens(0.3) {
          source.add(Double(count), "x", "\(part)")
        } else {
          let marker = Marker(
            status: .confidential, lower: Double(least), upper: Double(least + width))
          source.add(marker, "x", "\(part)")
        }
      }
      let total = (Double(max(0, truth - 5)), Double(truth + 4))
      source.addTotal(total, "x")
      let sum = source.table(by: .middle).profile(area: 0).total
      #expect(sum.lower <= sum.value && sum.value <= sum.upper)
      #expect(Closeness.either(1e-12).holds(sum.value, within: total.0, total.1))
    }
  }

  @Test("A withheld figure without a bound has no middle, and is counted as unusable")
  func withheldWithoutBound() {
    var source = SourceFixture()
    source.add(.withheld, "a", "x")
    source.add(5, "a", "y")
    source.add(6, "b", "x")
    let imputed = source.imputed(by: .middle)
    #expect(imputed.unusableCount == 1)
    #expect(imputed.imputed.published.value == 0)
    let table = source.table(by: .middle)
    #expect(table.value[0, 0].isNaN && table.upper[0, 0] == .infinity && table.lower[0, 0] == 0)
    #expect(table.value[0, 1] == 5 && table.upper[0, 1] == 5 && table.value[1, 0] == 6)
    #expect(table.totalUpper == [.infinity, 6] && table.totalLower == [5, 6])
    #expect(table.status == [.confidential, [], [], []])
  }

  @Test("A published number may be open above: it keeps its value and has no mark")
  func openAbove() {
    var source = SourceFixture()
    source.add(90, bounds: (90, .infinity), "a", "x")
    source.add(10, "a", "y")
    for rule in [ImputationRule.lower, .middle, .number(1000)] {
      let table = source.table(by: rule)
      #expect(table.value.rows == [[90, 10]] && table.lower.rows == [[90, 10]])
      #expect(table.upper.rows == [[.infinity, 10]] && table.totalUpper == [.infinity])
      #expect(table.status.allSatisfy(\.isEmpty) && source.imputed(by: rule).unusableCount == 0)
    }
    source.addTotal((100, 120), "a")
    #expect(source.table().upper.rows == [[110, 10]])
    #expect(
      source.reconciliation().published == 100 && source.reconciliation().markedCounts.isEmpty)
  }

  @Test("A marker with a point of its own does not follow the rule")
  func markerWithPoint() {
    var source = SourceFixture()
    source.add(Marker(status: .low, lower: 1, upper: 4, point: 2), "a", "x")
    for rule in [ImputationRule.lower, .middle, .number(4)] {
      #expect(source.imputed(by: rule).value.rows == [[2]])
    }
  }

  @Test("Parts that cannot make their total are reported, and keep their bounds")
  func conflicts() {
    var source = SourceFixture()
    source.add(10, "a", "x", rounding: .nearest(10))
    source.add(20, "a", "y", rounding: .nearest(10))
    source.add(7, "b", "x")
    source.addTotal((60, 69), "a")
    source.addTotal((7, 7), "b")
    let imputed = source.imputed()
    #expect(imputed.conflicts.map(\.area) == ["a"])
    #expect(imputed.conflicts.map(\.parts) == [20...38])
    #expect(imputed.conflicts.map(\.total) == [60...69])
    #expect(imputed.lower.rows == [[5, 15], [7, 0]])
    #expect(imputed.upper.rows == [[14, 24], [7, 0]])
    #expect(imputed.mappedTotals.keys.sorted() == [1])
  }

  @Test("Exact decimals whose sum is their published total are no conflict")
  func decimalTotals() {
    for values in [[0.1, 0.2], [0.7, 0.1, 0.2], [1.1, 2.2, 3.3]] {
      var source = SourceFixture()
      for (index, value) in values.enumerated() { source.add(value, "a", "s\(index)") }
      let total = (values.reduce(0, +) * 10).rounded() / 10
      source.addTotal((total, total), "a")
      let imputed = source.imputed()
      #expect(imputed.conflicts.isEmpty, "\(values)")
      #expect(Closeness.absolute(1e-12).holds(imputed.lower.elements, values))
      #expect(Closeness.absolute(1e-12).holds(imputed.upper.elements, values))
    }
  }

  @Test("An area's total is taken once")
  func secondTotal() {
    var source = SourceFixture()
    source.add(.withheld, "a", "x")
    source.addTotal((10, 14), "a")
    source.addTotal((20, 24), "a")
    #expect(source.refusedTotalCount == 1)
    #expect(source.imputed().upper[0, 0] == 14)
  }

  @Test("What stands under unknown categories takes its part of the total")
  func unknownCategoriesShareTotal() {
    let known = AxisRule(codes: Codebook(codes: ["x"])) { _ in AxisShare(mapped: 1, excluded: 0) }
    var source = SourceFixture(categories: known)
    source.add(.withheld, "a", "x")
    source.add(30, "a", "unknown", rounding: .nearest(10))
    source.addTotal((35, 44), "a")
    let imputed = source.imputed()
    #expect(imputed.lower.rows == [[1]] && imputed.upper.rows == [[19]])
    #expect(imputed.mappedTotals[0]?.lower == 1 && imputed.mappedTotals[0]?.upper == 19)
  }

  @Test("A published number stays as published where a total rules it out; its bounds say so")
  func publishedNumbersBesideTightenedBounds() {
    var source = SourceFixture()
    source.add(10, "a", "x", rounding: .nearest(10))
    source.add(10, "a", "y", rounding: .nearest(10))
    source.addTotal((25, 34), "a")
    let imputed = source.imputed()
    #expect(imputed.lower.rows == [[11, 11]] && imputed.upper.rows == [[14, 14]])
    #expect(imputed.value.rows == [[10, 10]])
  }
}
