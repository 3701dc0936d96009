import Dense
import Mismatch
import Support
import Testing

/// The guard on random small tables: one area's parts, some withheld, and its published total.
struct DisclosureGuardTests {
  /// Parts within ranges, of which those that are withheld have a mark, and a total that some parts make.
  private struct Case {
    var ranges: [ClosedRange<Int>] = []
    var isWithheld: [Bool] = []
    let total: ClosedRange<Int>

    init(_ random: inout RandomSource) {
      var truth = 0
      for _ in 0..<random.whole(2...4) {
        let least = random.whole(0...6)
        let width = random.whole(0...12)
        ranges.append(least...least + width)
        isWithheld.append(random.happens(0.5))
        truth += random.whole(least...least + width)
      }
      total = max(0, truth - random.whole(0...3))...truth + random.whole(0...3)
    }

    func source(total: ClosedRange<Int>?) -> SourceFixture {
      var source = SourceFixture()
      for (part, range) in ranges.enumerated() {
        let (lower, upper) = (Double(range.lowerBound), Double(range.upperBound))
        if isWithheld[part] {
          source.add(Marker(status: .confidential, lower: lower, upper: upper), "a", "s\(part)")
        } else {
          source.add(lower, bounds: (lower, upper), "a", "s\(part)")
        }
      }
      if let total { source.addTotal((Double(total.lowerBound), Double(total.upperBound)), "a") }
      return source
    }
  }

  @Test("What is published holds every count that marks and totals allow, and tells no more than N")
  func publishedBoundsByEnumeration() {
    var random = RandomSource(seed: 71)
    var seen = (guarded: 0, tightened: 0)
    for number in 0..<300 {
      let instance = Case(&random)
      var twin = Enumeration(partCount: instance.ranges.count)
      twin.run(ranges: instance.ranges, total: instance.total)
      let rule = DisclosureGuard(leastWidth: Double(random.whole(1...8)))
      let imputed = instance.source(total: instance.total).imputed(disclosure: rule)
      let isTooNarrow = instance.ranges.indices.map { part in
        let width = twin.most[part] - twin.least[part]
        return instance.isWithheld[part] && Double(width) < rule.leastWidth
          && width < instance.ranges[part].count - 1
      }
      #expect(
        imputed.guardedCells.map(\.category)
          == isTooNarrow.indices.filter { isTooNarrow[$0] }.map { "s\($0)" }, "case \(number)")
      let isGuarded = isTooNarrow.contains(true)
      seen.guarded += isGuarded ? 1 : 0
      for (part, range) in instance.ranges.enumerated() {
        let published = imputed.lower[0, part]...imputed.upper[0, part]
        let expected = isGuarded ? range : twin.least[part]...twin.most[part]
        #expect(published == Double(expected.lowerBound)...Double(expected.upperBound))
        seen.tightened += !isGuarded && expected != range ? 1 : 0
      }
    }
    #expect(seen.guarded > 20 && seen.tightened > 20)
  }

  @Test(
    "Nothing published of a guarded area depends on its total: not cells, points, sums or shares")
  func guardedAreaForgetsItsTotal() {
    var random = RandomSource(seed: 72)
    let rule = DisclosureGuard(leastWidth: 100)
    var guardedCount = 0
    for number in 0..<200 {
      let instance = Case(&random)
      let source = instance.source(total: instance.total)
      guard !source.imputed(disclosure: rule).guardedCells.isEmpty else { continue }
      guardedCount += 1
      let table = source.table(by: .middle, disclosure: rule)
      let withoutTotal = instance.source(total: nil).table(by: .middle)
      #expect(table.profile(area: 0) == withoutTotal.profile(area: 0), "case \(number)")
    }
    #expect(guardedCount > 20)
  }

  @Test(
    "A published rounded count, noted or not, and a mark that stands for one number, are not withheld"
  )
  func whatIsNotWithheld() {
    var source = SourceFixture()
    source.add(40, "a", "x", rounding: .nearest(10), status: .estimated)
    source.add(Marker(status: .notApplicable, lower: 0, upper: 0), "a", "y")
    source.add(7, bounds: (7, .infinity), "a", "z")
    source.addTotal((50, 51), "a")
    let imputed = source.imputed(disclosure: DisclosureGuard())
    #expect(imputed.guardedCells.isEmpty)
    #expect(imputed.lower.rows == [[35, 0, 7]] && imputed.upper.rows == [[44, 0, 16]])
  }

  @Test("Sums of decimals narrow nothing")
  func decimals() {
    var source = SourceFixture()
    for (part, value) in [0.1, 0.2, 0.3].enumerated() { source.add(value, "a", "s\(part)") }
    source.add(Marker(status: .low, lower: 0.1, upper: 0.4), "a", "t")
    source.addTotal((0.7, 1), "a")
    #expect(source.imputed(disclosure: DisclosureGuard()).guardedCells.isEmpty)
  }
}
