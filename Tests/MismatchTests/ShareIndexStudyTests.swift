import Dense
import Foundation
import Mismatch
import Support
import Testing

/// How far indices lie from the truth, raw and without their bias, and how often bootstrap intervals hold
/// it, when both sides of an area are drawn from known shares.
///
/// The test draws a few samples; `Benchmarks/Coverage/share-indices.sh` draws many more and keeps the
/// figures.
struct ShareIndexStudyTests {
  @Test("The bias correction brings D and M nearer to the truth", arguments: ShareIndexStudy.all)
  func study(design: ShareIndexStudy) throws {
    let environment = ProcessInfo.processInfo.environment
    let sampleCount = environment["MISMATCH_COVERAGE_DRAWS"].flatMap { Int($0) } ?? 25
    let path = environment["MISMATCH_SHARE_INDEX_FILE"]
    // The errors take no draws, and only the figures for the documents have intervals.
    for (index, result) in design.run(sampleCount: sampleCount, drawCount: path == nil ? 0 : 400) {
      #expect(result.debiasedError < design.worst * result.rawError, "\(index)")
      if let path {
        try design.append("\(index),\(sampleCount)" + result.text, to: path)
      }
    }
  }
}

/// Areas of 15 sectors with totals of both sides and a distance between the mixes.
struct ShareIndexStudy: Sendable, CustomStringConvertible {
  let description: String
  let provision: ClosedRange<Int>
  let demand: ClosedRange<Int>
  /// The weight of demand's own mix; 0 is no mismatch at all.
  let distance: Double

  /// What the correction may make of the mean squared error: where mixes are far apart there is hardly a
  /// bias to take away, and taking an estimate of it away adds to the variance.
  var worst: Double { distance < 1 ? 1 : 1.1 }

  /// Totals of provision as nine in ten local authority districts have them: `small` achievements in
  /// apprenticeships (2020/21), `middling` in education and training.
  static let all = [0, 0.3, 1].flatMap { distance in
    [
      ShareIndexStudy(
        description: "small, distance \(distance)", provision: 180...1220, demand: 150...1500,
        distance: distance),
      ShareIndexStudy(
        description: "middling, distance \(distance)", provision: 500...5930, demand: 1500...9000,
        distance: distance),
    ]
  }

  private static let areaCount = 12

  /// Mean squared errors and coverage over all areas and samples.
  struct Result {
    var (rawError, debiasedError, covered, count) = (0.0, 0.0, 0.0, 0.0)

    var text: String {
      let rootMeans = [rawError / count, debiasedError / count].map { $0.squareRoot() }
      return ",\(rootMeans[0]),\(rootMeans[1]),\(debiasedError / rawError),\(covered / count)"
    }
  }

  func run(sampleCount: Int, drawCount: Int) -> [(String, Result)] {
    let indices = [ShareIndex.dissimilarity, .mutualInformation]
    let results = mapBlocks(of: Self.areaCount, size: 1, workerCount: 2) { block in
      run(
        area: block.lowerBound, sampleCount: sampleCount, drawCount: drawCount, indices)
    }
    return indices.enumerated().map { number, index in
      let all = results.map { $0[number] }
      return (
        index.name,
        all.reduce(into: Result()) {
          $0.rawError += $1.rawError
          $0.debiasedError += $1.debiasedError
          $0.covered += $1.covered
          $0.count += $1.count
        }
      )
    }
  }

  private func run(area: Int, sampleCount: Int, drawCount: Int, _ indices: [ShareIndex]) -> [Result]
  {
    var random = RandomSource(seed: 40, stream: UInt64(area))
    let totals = [random.whole(provision), random.whole(demand)]
    let mixes = (0..<2).map { _ in
      let weights = (0..<15).map { _ in pow(random.uniform(), 2) + 0.002 }
      return weights.map { $0 / weights.reduce(0, +) }
    }
    let shares = [mixes[0], zip(mixes[0], mixes[1]).map { $0 + distance * ($1 - $0) }]
    let samples = zip(totals, shares).enumerated().map { side, mix in
      Multinomial(total: mix.0, weights: mix.1).counts(
        drawCount: sampleCount, seed: 41, cell: UInt64(2 * area + side))
    }
    let truths = indices.map { index in
      index.value(zip(totals, shares).map { total, mix in mix.map { Double(total) * $0 } })
    }
    var results = indices.map { _ in Result() }
    for sample in 0..<sampleCount {
      let counts = samples.map { side in
        (0..<15).map { Double(side[$0 * sampleCount + sample]) }
      }
      let estimates = ShareIndex.estimates(
        of: indices.map { ($0, Figure(exact: $0.value(counts))) }, provision: counts[0],
        demand: counts[1], rule: BootstrapRule(level: 0.95, drawCount: drawCount, seed: 42),
        cell: UInt64(area * sampleCount + sample))
      for (number, estimate) in estimates.enumerated() {
        let truth = truths[number]
        results[number].rawError += pow(estimate.figure.value - truth, 2)
        results[number].debiasedError += pow(estimate.debiased - truth, 2)
        let interval = estimate.sampling
        // Without a mismatch the truth is 0 but for the last bits of a sum.
        let isCovered = interval.lower <= truth + 1e-12 && truth <= interval.upper + 1e-12
        results[number].covered += isCovered ? 1 : 0
        results[number].count += 1
      }
    }
    return results
  }

  /// Adds a line of figures to a file.
  func append(_ figures: String, to path: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("\"\(description)\",\(figures)\n".utf8))
    try file.close()
  }
}

extension ShareIndex {
  /// The index of the counts of provision and demand, which need not be whole: D or M.
  fileprivate func value(_ counts: [[Double]]) -> Double {
    let totals = counts.map { $0.reduce(0, +) }
    let weight = totals[0] / (totals[0] + totals[1])
    return zip(counts[0], counts[1]).reduce(0) { sum, cell in
      let (p, q) = (cell.0 / totals[0], cell.1 / totals[1])
      guard name == ShareIndex.mutualInformation.name else { return sum + abs(p - q) / 2 }
      let mean = weight * p + (1 - weight) * q
      let term = { (weight: Double, share: Double) in
        share == 0 ? 0 : weight * share * log(share / mean)
      }
      return sum + term(weight, p) + term(1 - weight, q)
    }
  }
}
