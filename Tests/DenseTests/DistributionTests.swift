import Dense
import Foundation
import Support
import Testing

/// The twins sum up to 60 terms of a relative error of some 1e-15 each.
private let closeness = Closeness.either(1e-12)

struct DistributionTests {
  /// Terms of the binomial theorem, by the recursion of Pascal's triangle.
  private func masses(_ trials: Int, _ probability: Double) -> [Double] {
    (0..<trials).reduce([1.0]) { row, _ in
      (0...row.count).map { k in
        (k < row.count ? row[k] * (1 - probability) : 0) + (k > 0 ? row[k - 1] * probability : 0)
      }
    }
  }

  @Test("Parameters beyond any count give a number or none, and end")
  func hugeParameters() {
    for (first, second) in [(3e71, 2251.0), (2251, 3e71), (9e15, 2251), (9e15, 4e15)] {
      for probability in [1e-7, 0.025, 0.975] {
        let quantile = Beta(first, second).quantile(probability)
        #expect(quantile.isNaN || (0...1).contains(quantile))
        let upper = Beta(first, second).upperQuantile(probability)
        #expect(upper.isNaN || (0...1).contains(upper))
      }
    }
  }

  @Test("Binomial tails are sums of their terms", arguments: [0, 1, 7, 60])
  func binomial(trials: Int) {
    for probability in [0, 0.03, 0.5, 0.9, 1] {
      let masses = masses(trials, probability)
      let binomial = Binomial(trials: Double(trials), probability: probability)
      for count in 0...trials {
        let place = Comment(rawValue: "\(count) of \(trials) at \(probability)")
        #expect(closeness.holds(binomial.mass(Double(count)), masses[count]), place)
        #expect(
          closeness.holds(binomial.atMost(Double(count)), masses[...count].reduce(0, +)), place)
        #expect(
          closeness.holds(binomial.atLeast(Double(count)), masses[count...].reduce(0, +)), place)
      }
      #expect(binomial.atMost(-1) == 0 && binomial.atLeast(Double(trials) + 1) == 0)
    }
  }

  @Test("Tails at counts that are not whole lie between those at the whole ones")
  func binomialBetween() {
    let binomial = Binomial(trials: 12.5, probability: 0.3)
    let tails = stride(from: 0, through: 12.5, by: 0.25).map(binomial.atLeast)
    #expect(zip(tails, tails.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test("Poisson tails are sums of their terms", arguments: [0, 0.5, 4, 30])
  func poisson(mean: Double) {
    var mass = exp(-mean)
    var below = 0.0
    for count in 0...60 {
      let place = Comment(rawValue: "\(count) at \(mean)")
      #expect(closeness.holds(Poisson(mean: mean).atLeast(Double(count)), 1 - below), place)
      below += mass
      mass *= mean / Double(count + 1)
      #expect(closeness.holds(Poisson(mean: mean).atMost(Double(count)), below), place)
    }
  }

  @Test("Quantiles undo the tails", arguments: [1e-9, 0.025, 0.5, 0.975])
  func quantiles(probability: Double) {
    for (count, trials) in [(1.0, 3.0), (17, 40), (0.75, 2.5), (2_000, 90_000)] {
      // The binomial tail at or above a count is the beta function at its probability.
      let lower = Beta(count, trials - count + 1).quantile(probability)
      let upper = Beta(count + 1, trials - count).upperQuantile(probability)
      let relative = Closeness.relative(1e-9)
      #expect(
        relative.holds(Binomial(trials: trials, probability: lower).atLeast(count), probability))
      #expect(
        relative.holds(Binomial(trials: trials, probability: upper).atMost(count), probability))
      #expect(
        relative.holds(
          Poisson(mean: Gamma(shape: count).quantile(probability)).atLeast(count), probability))
      #expect(
        relative.holds(
          Poisson(mean: Gamma(shape: count + 1).upperQuantile(probability)).atMost(count),
          probability))
    }
    let z = StandardNormal.upperQuantile(probability)
    #expect(Closeness.relative(1e-12).holds(StandardNormal.atLeast(z), probability))
  }

  @Test("The normal quantile of a 95 % interval, as tables print it")
  func normal() {
    #expect(abs(StandardNormal.upperQuantile(0.025) - 1.959963984540054) < 1e-14)
    #expect(StandardNormal.upperQuantile(0) == .infinity)
  }
}
