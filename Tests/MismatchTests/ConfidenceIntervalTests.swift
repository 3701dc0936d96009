import Dense
import Mismatch
import Support
import Testing

struct ConfidenceIntervalTests {
  @Test("Garwood's interval equals R's poisson.test", .enabled(if: Reference.mayRun))
  func garwood() throws {
    let rows = try Reference.rows("c08-small-numbers/expected_poisson_ci.csv")
    #expect(!rows.isEmpty)
    for row in rows {
      let interval = ConfidenceInterval.poissonMean(
        count: try row.number("trainees"), level: 0.95)
      // As HOW.md of c08 states.
      #expect(Closeness.absolute(1e-9).holds(interval.lower, try row.number("lo95")))
      #expect(Closeness.absolute(1e-9).holds(interval.upper, try row.number("hi95")))
    }
  }

  /// Exact coverage, by adding up the chance of every outcome whose interval holds the truth.
  @Test("Exact intervals cover at their level or above it", arguments: [0.8, 0.95])
  func coverage(level: Double) {
    for trials in [1.0, 5, 23] {
      for probability in stride(from: 0.01, to: 1, by: 0.07) {
        let binomial = Binomial(trials: trials, probability: probability)
        let covered = (0...Int(trials)).reduce(0.0) { sum, count in
          let interval = ConfidenceInterval.share(
            count: Double(count), trials: trials, level: level)
          let holds = interval.lower <= probability && probability <= interval.upper
          return sum + (holds ? binomial.mass(Double(count)) : 0)
        }
        #expect(covered >= level - 1e-12, "\(probability) of \(trials)")
      }
    }
  }

  @Test("A ratio and its inverse have inverse limits; nothing over something reaches from 0")
  func ratio() {
    let ratio = ConfidenceInterval.ratio(numerator: 12, denominator: 5, level: 0.95)
    let inverse = ConfidenceInterval.ratio(numerator: 5, denominator: 12, level: 0.95)
    #expect(Closeness.relative(1e-12).holds(ratio.lower, 1 / inverse.upper))
    #expect(ratio.lower < 2.4 && ratio.upper > 2.4)
    #expect(ConfidenceInterval.ratio(numerator: 0, denominator: 3, level: 0.95).lower == 0)
    #expect(ConfidenceInterval.ratio(numerator: 3, denominator: 0, level: 0.95).upper == .infinity)
    #expect(ConfidenceInterval.ratio(numerator: 0, denominator: 0, level: 0.95).lower.isNaN)
  }
}
