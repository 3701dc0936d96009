import Mismatch
import Support
import Testing

/// Forty printed digits against doubles: a few roundings.
private let roundingCloseness = Closeness.either(1e-13)
/// Seven printed decimals.
private let printedCloseness = Closeness.absolute(0.5e-7)

struct PublishedReferenceTests {
  @Test("Hidden Talents' figures of 2012", .enabled(if: Reference.mayRun))
  func hiddenTalents() throws {
    let input = try Reference.rows("c12-hidden-talents-economics/input_published.csv")
    let expected = try Reference.rows("c12-hidden-talents-economics/expected_published.csv")
    #expect(input.count == 4 && expected.count == 4)
    let pair = ProfilePair(
      provision: Profile(exact: try input.map { try $0.number("people_trained") }),
      demand: Profile(exact: try input.map { try $0.number("new_jobs") }))
    let ratios = Measure.provisionPerVacancy.cells(pair, allAreas: pair)
    let gaps = Measure.gap.cells(pair, allAreas: pair)
    let points = Measure.shareGap.cells(pair, allAreas: pair)
    for (index, row) in expected.enumerated() {
      #expect(input[index]["sector"] == row["sector"])
      #expect(roundingCloseness.holds(ratios[index].value, try row.number("trained_per_job")))
      #expect(gaps[index].value == (try row.number("gap")))
      let point = try row.number("share_diff_pp_of_listed")
      #expect(roundingCloseness.holds(points[index].value, point))
    }
  }

  @Test(
    "Duncan's dissimilarity of two groups over units", .enabled(if: Reference.mayRun),
    arguments: ["m1", "m2"])
  func duncan(example: String) throws {
    let rows = try Reference.rows("c14-published-fixtures/duncan_input.csv")
      .filter { $0["example"] == example }
    let units = Codebook(codes: try rows.map { try $0.text("unit") })
    func group(_ name: String) throws -> Profile {
      var counts = [Double](repeating: 0, count: units.count)
      for row in rows where row["group"] == name {
        counts[try #require(units.position(of: row.text("unit")))] = try row.number("n")
      }
      return Profile(exact: counts)
    }
    let expected = try Reference.rows("c14-published-fixtures/duncan_expected.csv")
      .first { $0["example"] == example }
    let pair = ProfilePair(provision: try group("1"), demand: try group("2"))
    let index = try #require(Measure.dissimilarity.area(pair))
    #expect(roundingCloseness.holds(index.value, try #require(expected).number("D")))
  }

  @Test("The location quotient of Farhauer and Kröll", .enabled(if: Reference.mayRun))
  func locationQuotient() throws {
    let expected = try quotientValues()
    let counts: [[Double]] = [
      [1714, 79006 - 1714], [879_213 - 1714, (15_593_224 - 79006) - (879_213 - 1714)],
    ]
    let grid = makeGrid(provision: counts, demand: counts)
    for measure in [Measure.locationQuotientProvision, .locationQuotientDemand] {
      let value = measure.figures(grid)[0][0].value
      #expect(roundingCloseness.holds(value, expected[0]))
      #expect(printedCloseness.holds(value, expected[1]))
    }
  }

  @Test("Krugman's index of disjoint profiles is 2 D = 2", .enabled(if: Reference.mayRun))
  func krugman() throws {
    let expected = try quotientValues()
    let pair = ProfilePair(
      provision: Profile(exact: [40, 10, 0, 0]), demand: Profile(exact: [0, 0, 7, 3]))
    let index = try #require(Measure.dissimilarity.area(pair))
    #expect(2 * index.value == expected[2])
  }

  /// The last field of each record: the file's item names hold commas without quotes.
  private func quotientValues() throws -> [Double] {
    let records = try Reference.records("c14-published-fixtures/lq_expected.csv").dropFirst()
    let values = records.compactMap { $0.last.flatMap(Double.init) }
    try #require(values.count == 3)
    return values
  }
}
