import CKernels
import Dense
import Support
import Testing

private let weights = [0.001, 0.4, 0, 3, 1.5, 0.02, 7, 0.3]
private let drawCount = 20_000

/// Totals of every path: items one by one only, and by remainder; with flat weights also one stage and several.
private let totals = [1, 7, 40, 400, 30_000]
private let flatWeights = (0..<40).map { 1 + 0.01 * Double($0) }

struct MultinomialTests {
  @Test("Words by blocks are those of the generator, counter by counter")
  func wordsByBlocks() {
    let (seed, cell, draw, first) =
      (0x1234_5678_9abc_def0 as UInt64, 0xfedc_ba98_7654_3210 as UInt64, UInt32(77), UInt32.max - 3)
    var words = [UInt32](repeating: 0, count: Int(random_word_count))
    random_words(seed, cell, draw, first, &words)
    let expected = (0..<words.count / 4).flatMap { block in
      let word = Philox(seed: seed).words(
        at: SIMD4(
          first &+ UInt32(block), draw, UInt32(truncatingIfNeeded: cell), UInt32(cell >> 32)))
      return (0..<4).map { word[$0] }
    }
    #expect(words == expected)
  }

  @Test("Every draw has the total, and nothing where the weight is 0", arguments: totals)
  func sums(total: Int) {
    for weights in [weights, flatWeights] {
      let counts = Multinomial(total: total, weights: weights).counts(
        drawCount: 500, seed: 1, cell: 2)
      for draw in 0..<500 {
        #expect(weights.indices.reduce(0) { $0 + Int(counts[$1 * 500 + draw]) } == total)
        #expect(weights[2] > 0 || counts[2 * 500 + draw] == 0)
      }
    }
  }

  @Test(
    "Each category, and the sum of two, is binomial (chi-square, fixed seed)", arguments: totals)
  func marginals(total: Int) {
    expectBinomial(weights, [[1], [3], [4], [5], [6], [7], [3, 4], [1, 6]], total: total)
    expectBinomial(
      flatWeights, [[0], [39], [0, 39], Array(0..<20), Array(10..<40)], total: total)
  }

  private func expectBinomial(_ weights: [Double], _ groups: [[Int]], total: Int) {
    let counts = Multinomial(total: total, weights: weights).counts(
      drawCount: drawCount, seed: 20, cell: 5)
    let sum = weights.reduce(0, +)
    for group in groups {
      let values = (0..<drawCount).map { draw in
        group.reduce(0) { $0 + Int(counts[$1 * drawCount + draw]) }
      }
      let probability = group.reduce(0) { $0 + weights[$1] } / sum
      let (statistic, freedom) = chiSquare(values, total: total, probability: probability)
      // Five standard deviations of a chi-square and a little for its skewness.
      #expect(
        statistic < freedom + 5 * (2 * freedom).squareRoot() + 10,
        "categories \(group): \(statistic) with \(freedom)")
    }
  }

  @Test("A draw does not depend on how many are drawn; seed and cell each change it")
  func reproducible() {
    let multinomial = Multinomial(total: 400, weights: weights)
    let few = multinomial.counts(drawCount: 30, seed: 3, cell: 4)
    let many = multinomial.counts(drawCount: 90, seed: 3, cell: 4)
    for category in weights.indices {
      #expect(
        few[category * 30..<(category + 1) * 30] == many[category * 90..<category * 90 + 30])
    }
    #expect(few != multinomial.counts(drawCount: 30, seed: 4, cell: 4))
    #expect(few != multinomial.counts(drawCount: 30, seed: 3, cell: 5))
  }

  @Test("No items make no counts, and one category takes all")
  func extremes() {
    #expect(
      Multinomial(total: 0, weights: [1, 2]).counts(drawCount: 2, seed: 0, cell: 0) == [0, 0, 0, 0])
    #expect(
      Multinomial(total: 1_000_000_000, weights: [0, 2]).counts(drawCount: 2, seed: 0, cell: 0)
        == [0, 0, 1_000_000_000, 1_000_000_000])
  }

  /// Pearson's statistic against the binomial distribution, values pooled until ten are expected.
  private func chiSquare(_ values: [Int], total: Int, probability: Double) -> (Double, Double) {
    let binomial = Binomial(trials: Double(total), probability: probability)
    let observed = Dictionary(grouping: values) { $0 }.mapValues(\.count)
    var (statistic, bins) = (0.0, 0.0)
    var (expectedSum, observedSum, rest) = (0.0, 0, Double(drawCount))
    for value in 0...total {
      let expected = binomial.mass(Double(value)) * Double(drawCount)
      expectedSum += expected
      observedSum += observed[value] ?? 0
      rest -= expected
      guard expectedSum >= 10, rest >= 10 else { continue }
      statistic +=
        (Double(observedSum) - expectedSum) * (Double(observedSum) - expectedSum) / expectedSum
      (expectedSum, observedSum, bins) = (0, 0, bins + 1)
    }
    if expectedSum >= 1 {
      statistic +=
        (Double(observedSum) - expectedSum) * (Double(observedSum) - expectedSum) / expectedSum
      bins += 1
    } else {
      statistic += Double(observedSum) - expectedSum
    }
    return (statistic, max(1, bins - 1))
  }
}
