import Mismatch
import Support
import Testing

/// As HOW.md of c08 states.
private let closeness = Closeness.relative(1e-5)
/// The sector whose variance collapses; R's iteration stops on its way there, at a shape of 2e5.
private let collapsing = "04"

struct EmpiricalBayesTests {
  @Test(
    "Ratios of c08 equal those of DCluster, spdep and SpatialEpi", .enabled(if: Reference.mayRun))
  func smallNumbers() throws {
    let input = try Reference.rows("c08-small-numbers/input.csv")
    let parameters = try Reference.rows("c08-small-numbers/expected_eb_parameters.csv")
    let expected = try Reference.rows("c08-small-numbers/expected_eb.csv")
    #expect(parameters.count == 5)
    for parameter in parameters {
      let sector = try parameter.text("sector")
      let rows = input.filter { $0["sector"] == sector }
      let trainees = try rows.map { try $0.number("trainees") }
      let vacancies = try rows.map { try $0.number("vacancies") }
      let pairs = zip(trainees, vacancies).filter { $0.1 > 0 }
      let rate = pairs.reduce(0) { $0 + $1.0 } / vacancies.reduce(0, +)
      let fit = { EmpiricalBayes($0, observed: trainees, expected: vacancies.map { $0 * rate }) }
      let gamma = fit(.claytonKaldor)
      let likelihood = fit(.negativeBinomial)
      let marshall = EmpiricalBayes(.marshall, observed: trainees, expected: vacancies)
      #expect(gamma.isPooled == (sector == collapsing))
      #expect(likelihood.isPooled == (sector == collapsing))
      if sector != collapsing {
        #expect(closeness.holds(gamma.shape, try parameter.number("clayton_kaldor_nu")))
        #expect(
          closeness.holds(
            gamma.mean / gamma.variance, try parameter.number("clayton_kaldor_alpha")))
        #expect(closeness.holds(likelihood.shape, try parameter.number("ml_negbin_alpha")))
        #expect(closeness.holds(likelihood.mean, try parameter.number("ml_negbin_mu")))
      }
      #expect(closeness.holds(marshall.variance, try parameter.number("marshall_a")))
      #expect(closeness.holds(marshall.mean, try parameter.number("marshall_b")))
      // What R's unfinished shape still leaves of the areas' own ratios.
      let likelihoodCloseness = sector == collapsing ? Closeness.relative(3e-5) : closeness
      for (area, row) in rows.enumerated() {
        guard
          let line = expected.first(where: { $0["area"] == row["area"] && $0["sector"] == sector })
        else {
          #expect(gamma.smoothed[area].isNaN && vacancies[area] == 0)
          continue
        }
        #expect(
          closeness.holds(gamma.smoothed[area], try line.number("eb_clayton_kaldor")),
          "\(line)")
        #expect(closeness.holds(marshall.smoothed[area], try line.number("eb_marshall_rate")))
        #expect(
          likelihoodCloseness.holds(likelihood.smoothed[area], try line.number("eb_ml_negbin_rr")))
      }
    }
  }

  @Test("Scottish lip cancer", .enabled(if: Reference.mayRun))
  func lipCancer() throws {
    let input = try Reference.rows("c14-published-fixtures/lipcancer_input.csv")
    let expected = try Reference.rows("c14-published-fixtures/lipcancer_expected.csv")
    #expect(input.count == 56 && expected.count == 56)
    let observed = try input.map { try $0.number("cases") }
    let sizes = try input.map { try $0.number("expected") }
    let gamma = EmpiricalBayes(.claytonKaldor, observed: observed, expected: sizes)
    let likelihood = EmpiricalBayes(.negativeBinomial, observed: observed, expected: sizes)
    #expect(
      closeness.holds(
        gamma.smoothed, try expected.map { try $0.number("clayton_kaldor_moment_rr") }))
    #expect(
      closeness.holds(likelihood.smoothed, try expected.map { try $0.number("negbin_ml_rr") }))
    let parameters = try Reference.rows("c14-published-fixtures/lipcancer_parameters.csv")
    let parameter = { (name: String) in
      try #require(parameters.first { $0["item"] == name }).number("value")
    }
    #expect(closeness.holds(gamma.shape, try parameter("clayton_kaldor_nu")))
    let scale = gamma.mean / gamma.variance
    #expect(closeness.holds(scale, try parameter("clayton_kaldor_alpha")))
    #expect(closeness.holds(likelihood.shape, try parameter("negbin_alpha")))
    #expect(closeness.holds(likelihood.mean, try parameter("negbin_mu")))
  }

  @Test(
    "A ratio of whole rates does not depend on their unit",
    arguments: EmpiricalBayes.Method.allCases)
  func unit(method: EmpiricalBayes.Method) {
    let observed: [Double] = [0, 4, 31, 2, 90]
    let expected: [Double] = [3, 2, 20, 9, 30]
    let fit = EmpiricalBayes(method, observed: observed, expected: expected)
    let other = EmpiricalBayes(method, observed: observed, expected: expected.map { $0 * 40 })
    #expect(!fit.isPooled)
    #expect(closeness.holds(other.smoothed.map { $0 * 40 }, fit.smoothed))
    for (area, ratio) in fit.smoothed.enumerated() {
      let raw = observed[area] / expected[area]
      #expect(ratio > min(raw, fit.mean) && ratio < max(raw, fit.mean))
    }
  }

  @Test("What cannot vary is pooled", arguments: EmpiricalBayes.Method.allCases)
  func pooled(method: EmpiricalBayes.Method) {
    for (observed, expected, mean) in [
      ([10.0, 20, 40], [5.0, 10, 20], 2.0), ([0, 0], [3, 4], 0), ([6, 1], [3, 0], 2),
    ] {
      let fit = EmpiricalBayes(method, observed: observed, expected: expected)
      #expect(fit.isPooled && fit.shape == .infinity)
      #expect(closeness.holds(fit.mean, mean))
      for (ratio, size) in zip(fit.smoothed, expected) {
        #expect(size == 0 ? ratio.isNaN : closeness.holds(ratio, mean))
      }
    }
    #expect(EmpiricalBayes(method, observed: [2], expected: [0]).mean.isNaN)
  }
}
