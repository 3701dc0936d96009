import Dense
import Foundation
import Mismatch
import Support
import Testing

/// Judged weights of a stated confidence, weights drawn around a map, and calls alone.
struct JudgedWeightTests {
  private static let rows = [
    ("a", "x", 0.75), ("a", "y", 0.25), ("b", "y", 1), ("c", "x", 0.5), ("c", "y", 0.25),
    ("c", "z", 0.25),
  ]

  private func map(_ basis: WeightedMap.Basis = .stated) throws -> WeightedMap {
    try makeMap(Self.rows, basis: basis)
  }

  /// A table of one area and three codes by way of the map.
  private func table(_ map: WeightedMap) -> Table {
    let sectors = Codebook(codes: ["x", "y", "z"])
    var source = SourceFixture(categories: .through(map, to: sectors))
    for (code, count) in [("a", 100.0), ("b", 40), ("c", 80)] { source.add(count, "A", code) }
    let imputed = source.imputed()
    return Alignment(lookup: nil, crosswalk: map, areas: imputed.areas, sectors: sectors)
      .table(of: imputed, workerCount: 1)
  }

  @Test("The expected weights are those that are stated, and only their variance is new")
  func centre() throws {
    let table = table(try map(.confidence(4)))
    #expect(table.value.rows == self.table(try map()).value.rows)
    let variance = try #require(table.mapVariance)
    for sector in 0..<3 {
      let doubts = variance.doubts(0, sector)
      #expect(doubts.count.shift == 0 && doubts.share.shift == 0)
    }
    // x: 100² 0.75 0.25 / 5 + 80² 0.5 0.5 / 5
    #expect(Closeness.relative(1e-12).holds(variance.count[0, 0], 375 + 320))
    // x has at most 180 and at least nothing; y at least the 40 of b, which has no other target.
    #expect(variance.doubts(0, 0).count.least == -115 && variance.doubts(0, 0).count.most == 65)
    #expect(variance.doubts(0, 1).count.least == 40 - 85)
  }

  @Test("More cases, less variance; a single target has none")
  func confidence() throws {
    let variances = try [1.0, 10, 1e9].map { cases in
      try #require(table(try map(.confidence(cases))).mapVariance).count[0, 0]
    }
    #expect(variances[0] > variances[1] && variances[1] > variances[2] && variances[2] < 1e-4)
    let single = try makeMap([("a", "x", 1), ("b", "y", 1), ("c", "z", 1)], basis: .confidence(1))
    #expect(try #require(table(single).mapVariance).count.elements.allSatisfy { $0 == 0 })
  }

  @Test("Draws have the means and variances of the distribution", arguments: [0.5, 10, 400])
  func moments(confidence: Double) throws {
    let draws = WeightDraws(try map(), confidence: confidence, seed: 7, side: .demand)
    #expect(draws.sourceCount == 2)
    let count = 4_000
    let weights = (0..<count).map { draws.map(draw: $0).targets(of: "c").map(\.weight) }
    for (place, mean) in [0.5, 0.25, 0.25].enumerated() {
      let found = weights.map { $0[place] }
      let average = found.reduce(0, +) / Double(count)
      let variance = found.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(count)
      let expected = mean * (1 - mean) / (confidence + 1)
      #expect(abs(average - mean) < 4 * (expected / Double(count)).squareRoot())
      #expect(abs(variance / expected - 1) < 0.12, "\(variance) \(expected)")
    }
    #expect(weights.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
  }

  @Test("Draws depend on seed, side and number alone; hardly any confidence leaves whole targets")
  func streams() throws {
    func weights(_ confidence: Double, seed: UInt64, _ side: Side = .demand, draw: Int = 0) throws
      -> [Double]
    {
      WeightDraws(try map(), confidence: confidence, seed: seed, side: side).map(draw: draw)
        .targets(of: "c").map(\.weight)
    }
    let first = try weights(10, seed: 1)
    #expect(try weights(10, seed: 1) == first)
    #expect(try weights(10, seed: 2) != first)
    #expect(try weights(10, seed: 1, .provision) != first)
    #expect(try weights(10, seed: 1, draw: 1) != first)
    for draw in 0..<50 {
      let whole = try weights(1e-9, seed: 1, draw: draw)
      #expect(abs(whole.reduce(0, +) - 1) < 1e-12 && (whole.max() ?? 0) > 0.999999)
    }
    let certain = try weights(1e9, seed: 1)
    #expect(Closeness.absolute(1e-3).holds(certain, [0.5, 0.25, 0.25]))
  }

  @Test("Counted weights are drawn as they say, whatever the confidence")
  func counted() throws {
    let counted = try makeMap([("c", "x", 300), ("c", "y", 700)], normalise: true, basis: .counts)
    let some = (0..<200).map {
      WeightDraws(counted, confidence: 1, seed: 1, side: .demand).map(draw: $0).targets(of: "c")[0]
        .weight
    }
    #expect(some.allSatisfy { abs($0 - 0.3) < 0.08 })
    #expect(!WeightDraws(counted, confidence: 1, seed: 1, side: .demand).map(draw: 0).isUncertain)
  }

  @Test("Calls alone are those of the whole inference")
  func calls() {
    var kinds: Set<Call?> = []
    let rules: [(inout InferenceRule) -> Void] = [
      { _ in }, { $0.kinds = .sampling }, { $0.kinds = .bounds }, { $0.null = .zero },
      { $0.control = .bonferroni }, { $0.tolerance = 12 },
    ]
    for random in RandomGrid.all {
      for change in rules {
        var rule = InferenceRule()
        change(&rule)
        let whole = Inference(
          random.grid, measures: [], rule: rule, includesIntervals: false, workerCount: 1)
        let work = CallWork(random.grid, rule: rule)
        runTogether([work.loop], workerCount: 1)
        #expect(work.calls.map(\.call) == whole.findings.map(\.call), "\(random)")
        #expect(areIdentical(work.calls.map(\.gap), whole.findings.map(\.gap)))
        kinds.formUnion(work.calls.map(\.call))
      }
    }
    #expect(kinds.count == 5)
  }
}
