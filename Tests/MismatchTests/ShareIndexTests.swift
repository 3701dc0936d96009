import Dense
import Foundation
import Support
import Testing

@testable import Mismatch

private let closeness = Closeness.either(1e-12)

/// Totals and shares of small areas, whose every sample can be gone through.
private let smallPairs: [(provision: SampledProfile, demand: SampledProfile)] = [
  (
    SampledProfile(total: 3, shares: [0.2, 0.5, 0.3]),
    SampledProfile(total: 4, shares: [0.6, 0.4, 0])
  ),
  (
    SampledProfile(total: 1, shares: [1, 0, 0]), SampledProfile(total: 5, shares: [0.1, 0.1, 0.8])
  ),
  (
    SampledProfile(total: 6, shares: [0.25, 0.25, 0.5]),
    SampledProfile(total: 6, shares: [0.25, 0.25, 0.5])
  ),
]

struct ShareIndexTests {
  @Test("Exact means equal the sum over every sample", arguments: smallPairs.indices)
  func exactMeans(number: Int) throws {
    let (provision, demand) = smallPairs[number]
    for index in ShareIndex.catalogue {
      guard let mean = index.mean else { continue }
      var expected = 0.0
      for (pair, chance) in samples(provision, demand, areOne: index.isOfOneSample) {
        expected += chance * (try value(of: index, pair))
      }
      #expect(closeness.holds(mean(provision, demand), expected), "\(index.name)")
    }
  }

  @Test("Draws give the measure's own values")
  func drawsGiveMeasure() throws {
    let (provision, demand) = smallPairs[0]
    // No multiple of the draws that are summed up at a time.
    let rule = BootstrapRule(level: 0.9, drawCount: 203, seed: 5)
    let drawn = zip([provision, demand], [36, 37]).map { side, cell in
      Multinomial(total: side.total, weights: side.shares).counts(
        drawCount: 203, seed: 5, cell: UInt64(cell))
    }
    for index in ShareIndex.catalogue {
      guard case .draws(let term, let valueOf) = index.chance else { continue }
      let sums = ShareIndex.sums(of: [term], provision, demand, rule: rule, cell: 9)[0]
      for draw in 0..<203 {
        let side = { (counts: [Int32]) in
          Profile(exact: stride(from: draw, to: counts.count, by: 203).map { Double(counts[$0]) })
        }
        let pair = ProfilePair(provision: side(drawn[0]), demand: side(drawn[1]))
        #expect(
          closeness.holds(valueOf(sums[draw]), try value(of: index, pair)), "\(index.name)")
      }
    }
  }

  @Test("The interval of mutual information is as wide as that of many joint samples")
  func mutualInformationInterval() throws {
    let (provision, demand) = ([800.0, 150, 300, 50], [400.0, 500, 80, 220])
    let figure = Figure(exact: 0)
    let estimate = try #require(
      ShareIndex.estimates(
        of: [(.mutualInformation, figure)], provision: provision, demand: demand,
        rule: BootstrapRule(level: 0.95, drawCount: 100, seed: 0), cell: 0
      ).first)
    let drawCount = 20_000
    let drawn = Multinomial(total: 2500, weights: provision + demand).counts(
      drawCount: drawCount, seed: 6, cell: 0)
    var values = try (0..<drawCount).map { draw in
      let counts = (0..<8).map { Double(drawn[$0 * drawCount + draw]) }
      return try value(
        of: .mutualInformation,
        ProfilePair(
          provision: Profile(exact: Array(counts[..<4])),
          demand: Profile(exact: Array(counts[4...]))))
    }
    let percentiles = percentileInterval(of: &values, level: 0.95)
    let width = percentiles.upper - percentiles.lower
    // Percentiles of 20,000 draws are known to some 0.02 of a standard deviation; M lies a little skew.
    #expect(abs(estimate.sampling.upper - estimate.sampling.lower - width) < 0.03 * width)
    // Bias is in the percentiles twice, and three degrees of freedom bring 3 / 2N of it.
    let middle = (percentiles.upper + percentiles.lower) / 2 - 2 * 3 / 5000
    #expect(abs((estimate.sampling.upper + estimate.sampling.lower) / 2 - middle) < 0.03 * width)
  }

  @Test("The series beyond a mean count of 250 continues the sum over all counts")
  func seriesMeetsSum() {
    for function in [CountFunction.timesLogarithm, .squareRoot] {
      for probability in [0.001, 0.3, 0.97] {
        let trials = Int(251 / probability)
        let window = BinomialWindow(trials: trials, probability: probability)
        let sum = window.masses.enumerated().reduce(0) {
          $0 + $1.element * function.value(Double(window.first + $1.offset))
        }
        #expect(
          closeness.holds(function.mean(trials: trials, probability: probability), sum))
      }
    }
  }

  @Test("Windows hold the binomial's masses")
  func windows() {
    for (trials, probability) in [(5, 0.5), (400, 0.01), (250_000, 0.2), (7, 0), (7, 1)] {
      let window = BinomialWindow(trials: trials, probability: probability)
      let binomial = Binomial(trials: Double(trials), probability: probability)
      for (offset, mass) in window.masses.enumerated() {
        // Boost's density of 250,000 trials is good to some 1e-12.
        let exact = binomial.mass(Double(window.first + offset))
        #expect(Closeness(absolute: 1e-14, relative: 1e-11).holds(mass, exact))
      }
    }
  }

  @Test("Far apart, the mean difference of shares is their difference; at one share it is Gini's")
  func meanDifferences() {
    #expect(
      meanAbsoluteDifference(trials: 100_000, probability: 0.1, trials: 90_000, probability: 0.2)
        == 0.1)
    // Just before the short cut holds, the sum says the same.
    #expect(
      closeness.holds(
        meanAbsoluteDifference(trials: 1000, probability: 0.1, trials: 1000, probability: 0.35),
        0.25))
    // Two coins tossed once differ with probability 2 p (1 - p).
    #expect(
      closeness.holds(
        meanAbsoluteDifference(trials: 1, probability: 0.3, trials: 1, probability: 0.3), 0.42))
  }

  @Test("Quantiles are those of the sorted values")
  func quantiles() {
    var random = RandomSource(seed: 3)
    for count in [1, 2, 5, 40, 401] {
      let values = (0..<count).map { _ in Double(random.whole(0...60)) }
      let sorted = values.sorted()
      for probability in [0, 0.025, 0.3, 0.5, 0.975, 1] {
        var mixed = values
        let place = Double(count - 1) * probability
        let lower = sorted[Int(place)]
        let expected =
          lower + (place - place.rounded(.down)) * (sorted[min(count - 1, Int(place) + 1)] - lower)
        #expect(quantile(probability, of: &mixed) == expected)
      }
    }
  }

  @Test("The same numbers for any number of threads; every area has draws of its own")
  func threads() throws {
    let counts = [[30.0, 12, 4, 0], [30.0, 12, 4, 0], [0, 0, 0, 0], [250, 800.5, 3, 17]]
    let grid = makeGrid(provision: counts, demand: counts.map { $0.reversed() })
    let rule = BootstrapRule(level: 0.95, drawCount: 300, seed: 1)
    let table = { (workerCount: Int) in
      let work = grid.shareIndices(among: Measure.catalogue, rule: rule, period: 0)
      runTogether([work.loop], workerCount: workerCount)
      return work.table
    }
    #expect("\(table(1))" == "\(table(3))")
    let estimates = table(1).estimates
    #expect(table(1).names.starts(with: ["dissimilarity", "jackman_roper_2", "half_triangular"]))
    #expect(estimates[0].map(\.sampling) != estimates[1].map(\.sampling))
    #expect(estimates[0][0].debiased == estimates[1][0].debiased)
    #expect(estimates[2].allSatisfy { $0.sampling.lower.isNaN && $0.debiased.isNaN })
  }

  @Test("Parts of counts: shares stay as they are, totals are whole")
  func parts() throws {
    let profile = try #require(SampledProfile(counts: [0.2, 0.1, 0.1]))
    #expect(profile.total == 1 && closeness.holds(profile.shares, [0.5, 0.25, 0.25]))
    #expect(try #require(SampledProfile(counts: [3.75, 3.75])).total == 8)
    #expect(SampledProfile(counts: [0, 0]) == nil && SampledProfile(counts: [1, .nan]) == nil)
  }
}

/// An index of one pair of samples, by its measure or, for mutual information, by its definition.
private func value(of index: ShareIndex, _ pair: ProfilePair) throws -> Double {
  guard index.isOfOneSample else {
    let measure = try #require(Measure.catalogue.first { $0.name == index.name })
    return try #require(measure.area(pair)).value
  }
  let (x, y) = (pair.provision.cells.map(\.value), pair.demand.cells.map(\.value))
  let (first, second) = (x.reduce(0, +), y.reduce(0, +))
  let term = { (count: Double, total: Double, other: Double) in
    count == 0 ? 0 : count * log(count * (first + second) / (total * other))
  }
  let sum = zip(x, y).reduce(0) { sum, counts in
    let both = counts.0 + counts.1
    return sum + term(counts.0, first, both) + term(counts.1, second, both)
  }
  return sum / (first + second)
}

/// Every pair of samples with its probability.
private func samples(
  _ provision: SampledProfile, _ demand: SampledProfile, areOne: Bool
) -> [(ProfilePair, Double)] {
  let pair = { (x: [Double], y: [Double]) in
    ProfilePair(provision: Profile(exact: x), demand: Profile(exact: y))
  }
  guard areOne else {
    let others = samples(demand)
    return samples(provision).flatMap { x, chance in
      others.map { (pair(x, $0.0), chance * $0.1) }
    }
  }
  let total = provision.total + demand.total
  let weight = Double(provision.total) / Double(total)
  let cells = provision.shares.map { $0 * weight } + demand.shares.map { $0 * (1 - weight) }
  let middle = provision.shares.count
  return samples(SampledProfile(total: total, shares: cells)).map { counts, chance in
    (pair(Array(counts[..<middle]), Array(counts[middle...])), chance)
  }
}

extension ShareIndex {
  /// Whether all cells of side × sector are one sample, and not each side one of its own total.
  fileprivate var isOfOneSample: Bool {
    if case .form = chance { true } else { false }
  }
}

/// Every sample of a profile with its probability.
private func samples(_ profile: SampledProfile) -> [([Double], Double)] {
  var found: [([Double], Double)] = [(profile.shares.map { _ in 0 }, 1)]
  for _ in 0..<profile.total {
    var next: [[Double]: Double] = [:]
    for (counts, chance) in found {
      for sector in counts.indices where profile.shares[sector] > 0 {
        var grown = counts
        grown[sector] += 1
        next[grown, default: 0] += chance * profile.shares[sector]
      }
    }
    found = next.map { ($0.key, $0.value) }
  }
  return found
}
