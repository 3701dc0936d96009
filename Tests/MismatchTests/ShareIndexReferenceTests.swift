import Dense
import Mismatch
import Support
import Testing

/// Exact columns of c08, as HOW.md states.
private let exactCloseness = Closeness.absolute(1e-9)

struct ShareIndexReferenceTests {
  @Test(
    "Bias of dissimilarity equals the exact sums over binomials", .enabled(if: Reference.mayRun))
  func dissimilarityBias() throws {
    for row in try Reference.rows("c08-small-numbers/expected_dissimilarity_bias.csv") {
      let area = try SmallArea(try row.text("area"))
      let estimate = try area.dissimilarity()
      let value = try row.number("D")
      #expect(exactCloseness.holds(estimate.figure.value, value))
      #expect(exactCloseness.holds(estimate.debiased, try row.number("D_bias_corrected_exact")))
      let mean = try row.number("bootstrap_mean_exact")
      #expect(exactCloseness.holds(2 * value - estimate.debiased, mean))
      #expect(
        exactCloseness.holds(
          estimate.expectedWithoutMismatch, try row.number("D_expected_no_mismatch_exact")))
    }
  }

  @Test(
    "Bootstrap intervals of dissimilarity are those of numpy within four Monte-Carlo errors",
    .enabled(if: Reference.mayRun))
  func dissimilarityInterval() throws {
    let drawCount = 20_000
    let biases = try Reference.rows("c08-small-numbers/expected_dissimilarity_bias.csv")
    for row in try Reference.rows("c08-small-numbers/expected_bootstrap_interval_mc.csv") {
      let area = try SmallArea(try row.text("area"))
      let estimate = try area.dissimilarity(drawCount: drawCount)
      let spread = try row.number("sd")
      for (end, text, tail) in [
        (estimate.sampling.lower, "p2_5", "mc_se_p2_5"),
        (estimate.sampling.upper, "p97_5", "mc_se_p97_5"),
      ] {
        // Ours, of a normal curve's density at its 2.5 % point (0.0584), beside theirs; and a step of the
        // index, which takes few values in small areas.
        let own = spread * (0.025 * 0.975 / Double(drawCount)).squareRoot() / 0.0584
        let theirs = try row.number(tail)
        let error = (own * own + theirs * theirs).squareRoot()
        let expected = try row.number(text)
        #expect(abs(end - expected) <= 4 * error, "\(row): \(end)")
      }
      // The interval of level 0 is the median; a normal density there is 0.4. Both sides draw 20,000 or more.
      let median = try area.dissimilarity(drawCount: drawCount, level: 1e-9).sampling.lower
      let slack = 4 * spread * (0.5 / 0.4) * (2 / Double(drawCount)).squareRoot()
      #expect(abs(median - (try row.number("p50"))) <= slack, "\(row): \(median)")
      // pysal's correction rests on 2,000 draws or more.
      let pysal = try #require(biases.first { $0["area"] == row["area"] })
        .number("D_bias_corrected_pysal_monte_carlo")
      let allowance = 4 * spread / 2000.0.squareRoot() + exactCloseness.absolute
      #expect(abs(estimate.debiased - pysal) <= allowance)
    }
  }

  @Test(
    "Bias of mutual information equals the exact sums over binomials",
    .enabled(if: Reference.mayRun))
  func mutualInformationBias() throws {
    for row in try Reference.rows("c08-small-numbers/expected_mutual_bias.csv") {
      let area = try SmallArea(try row.text("area"))
      let value = try row.number("M")
      let estimate = try #require(
        ShareIndex.estimates(
          of: [(.mutualInformation, Figure(exact: value))], provision: area.provision,
          demand: area.demand, rule: BootstrapRule(level: 0.95, drawCount: 0, seed: 0), cell: 0
        ).first)
      #expect(exactCloseness.holds(estimate.debiased, try row.number("M_debiased_exact")))
      let mean = try row.number("bootstrap_mean_exact")
      #expect(exactCloseness.holds(2 * value - estimate.debiased, mean))
    }
  }
}

/// One area of c08's input.
private struct SmallArea {
  let pair: ProfilePair

  init(_ code: String) throws {
    let rows = try Reference.rows("c08-small-numbers/input.csv").filter { $0["area"] == code }
    #expect(rows.count == 6)
    pair = ProfilePair(
      provision: Profile(exact: try rows.map { try $0.number("trainees") }),
      demand: Profile(exact: try rows.map { try $0.number("vacancies") }))
  }

  var provision: [Double] { pair.provision.cells.map(\.value) }
  var demand: [Double] { pair.demand.cells.map(\.value) }

  func dissimilarity(drawCount: Int = 0, level: Double = 0.95) throws -> ShareIndexEstimate {
    let figure = try #require(Measure.dissimilarity.area(pair))
    return try #require(
      ShareIndex.estimates(
        of: [(.dissimilarity, figure)], provision: provision, demand: demand,
        rule: BootstrapRule(level: level, drawCount: drawCount, seed: 8), cell: 0
      ).first)
  }
}
