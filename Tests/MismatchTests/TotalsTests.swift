import Mismatch
import Support
import Testing

/// Sums of four products of small whole numbers with quarters are exact.
private let caseCount = 300

struct TotalsTests {
  /// A small random case: parts within ranges, some without an upper bound, and a total.
  private struct Case {
    var ranges: [ClosedRange<Int>] = []
    var isOpen: [Bool] = []
    var weights: [Double] = []
    let total: ClosedRange<Int>

    init(_ random: inout RandomSource) {
      for _ in 0..<random.whole(1...4) {
        let least = random.whole(0...4)
        ranges.append(least...least + random.whole(0...4))
        isOpen.append(random.happens(0.15))
        weights.append(Double(random.whole(0...4)) / 4)
      }
      let least = random.whole(0...18)
      total = least...least + random.whole(0...4)
    }

    var lower: [Double] { ranges.map { Double($0.lowerBound) } }
    var upper: [Double] { zip(ranges, isOpen).map { $1 ? .infinity : Double($0.upperBound) } }
    var totalBounds: (lower: Double, upper: Double) {
      (Double(total.lowerBound), Double(total.upperBound))
    }

    /// What enumeration finds; an open part reaches as far as the total could let it.
    func enumerated() -> Enumeration {
      var twin = Enumeration(partCount: ranges.count, weights: weights)
      let ranges = zip(ranges, isOpen).map { $1 ? $0.lowerBound...max($0.upperBound, 22) : $0 }
      twin.run(ranges: ranges, total: total)
      return twin
    }
  }

  @Test("Tightened bounds are those that enumeration finds")
  func tightenEqualsEnumeration() throws {
    var random = RandomSource(seed: 31)
    var seen = (feasible: 0, infeasible: 0)
    for number in 0..<caseCount {
      let instance = Case(&random)
      let twin = instance.enumerated()
      let sharp = Totals.tighten(
        lower: instance.lower, upper: instance.upper, total: instance.totalBounds)
      if twin.tableCount == 0 {
        seen.infeasible += 1
        #expect(sharp == nil, "case \(number)")
      } else {
        seen.feasible += 1
        let sharp = try #require(sharp, "case \(number)")
        #expect(sharp.lower == twin.least.map(Double.init), "case \(number)")
        #expect(sharp.upper == twin.most.map(Double.init), "case \(number)")
      }
    }
    #expect(seen.feasible > 50 && seen.infeasible > 50)
  }

  @Test("Bounds of a weighted sum are those that enumeration finds")
  func weightedBoundsEqualEnumeration() {
    var random = RandomSource(seed: 32)
    var feasibleCount = 0
    for number in 0..<caseCount {
      let instance = Case(&random)
      let twin = instance.enumerated()
      guard twin.tableCount > 0 else { continue }
      feasibleCount += 1
      let bounds = Totals.weightedBounds(
        weights: instance.weights, lower: instance.lower, upper: instance.upper,
        total: instance.totalBounds)
      #expect(bounds == (twin.leastWeighted, twin.mostWeighted), "case \(number)")
    }
    #expect(feasibleCount > 50)
  }

  @Test("Tightening twice changes nothing more")
  func tightenIsIdempotent() {
    var random = RandomSource(seed: 33)
    var feasibleCount = 0
    for _ in 0..<caseCount {
      let instance = Case(&random)
      guard
        let once = Totals.tighten(
          lower: instance.lower, upper: instance.upper, total: instance.totalBounds)
      else { continue }
      feasibleCount += 1
      let twice = Totals.tighten(lower: once.lower, upper: once.upper, total: instance.totalBounds)
      #expect(twice?.lower == once.lower && twice?.upper == once.upper)
    }
    #expect(feasibleCount > 50)
  }

  @Test("Several open parts stay open below, and the total closes them above")
  func openParts() throws {
    let sharp = try #require(
      Totals.tighten(lower: [0, 2, 1], upper: [.infinity, .infinity, 1], total: (10, 14)))
    #expect(sharp.lower == [0, 2, 1])
    #expect(sharp.upper == [11, 13, 1])
  }

  @Test("A total that just fits is no conflict, one beyond it is")
  func limitsOfFit() {
    #expect(Totals.tighten(lower: [1, 2], upper: [3, 4], total: (7, 9))?.lower == [3, 4])
    #expect(Totals.tighten(lower: [1, 2], upper: [3, 4], total: (0, 3))?.upper == [1, 2])
    #expect(Totals.tighten(lower: [1, 2], upper: [3, 4], total: (8, 9)) == nil)
    #expect(Totals.tighten(lower: [1, 2], upper: [3, 4], total: (0, 2)) == nil)
  }
}
