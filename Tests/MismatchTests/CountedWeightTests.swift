import Dense
import Mismatch
import Support
import Testing

/// Intervals of counted weights: where they are centred, what they may reach, and how often they cover.
struct CountedWeightTests {
  /// The interval of 100 trainees of one subject who go to the first of some occupations.
  private func interval(_ counts: [Int]) throws -> IntervalSet {
    let codes = counts.indices.map { "o\($0)" }
    let map = try WeightedMap(
      zip(codes, counts).map {
        WeightedMap.Entry(from: "s", to: $0, weight: Double($1), place: Place(file: "map.csv"))
      }, normalise: true, basis: .counts)
    var source = SourceFixture(categories: .through(map, to: Codebook(codes: codes)))
    source.add(100, "A", "s")
    let imputed = source.imputed()
    let sectors = Codebook(codes: codes)
    let provision = Alignment(
      lookup: nil, crosswalk: map, areas: imputed.areas, sectors: sectors
    ).table(of: imputed, workerCount: 1)
    let demand = Table(exact: Matrix(rowCount: 1, columnCount: codes.count, repeating: 10))
    let grid = Grid(
      period: "p", areas: imputed.areas, sectors: sectors, provision: provision, demand: demand)
    var rule = InferenceRule()
    rule.kinds = [.crosswalk]
    let work = InferenceWork(
      grid, measures: [], rule: rule, includesCells: true, includesIntervals: true,
      includesRanks: false)
    runTogether([work.loop], workerCount: 1)
    return try #require(work.inference.intervals.first?.first?.first)
  }

  @Test(
    "Three cases of one occupation and one of another: mean 70, deviation 18.7, within 0 to 100")
  func smallCounts() throws {
    let set = try interval([3, 1])
    #expect(set.value == 75)
    // scipy.stats.beta(3.5, 1.5).ppf([0.025, 0.975]), 1.17.1; a normal interval would reach 106.7.
    #expect(abs(set.crosswalk.lower - 28.3752) < 1e-3)
    #expect(abs(set.crosswalk.upper - 97.1529) < 1e-3)
  }

  @Test("An occupation that no case had is possible, and its share is not 0")
  func noCase() throws {
    let set = try interval([0, 5])
    #expect(set.value == 0)
    // scipy.stats.beta(0.5, 5.5).ppf(0.975)
    #expect(set.crosswalk.lower < 0.1 && abs(set.crosswalk.upper - 37.9377) < 1e-3)
  }

  /// Fixed seeds, so the rates are the same in every run.
  ///
  /// Jeffreys' intervals cover 95 % over all shares, and more or
  /// less at one: Brown, Cai and DasGupta (2001), https://doi.org/10.1214/ss/1009213286.
  @Test("Intervals of 95 % cover about as often", arguments: [5, 10, 50], [0.2, 0.5, 0.8])
  func coverage(caseCount: Int, share: Double) throws {
    let draws = Philox(seed: 31)
    var intervals: [Int: ConfidenceInterval] = [:]
    for count in 0...caseCount {
      intervals[count] = try interval([count, caseCount - count]).crosswalk
    }
    let sampleCount = 4_000
    let covered = (0..<sampleCount).count { sample in
      let count = (0..<caseCount).count { draw in
        draws.uniform(cell: UInt64(sample), draw: UInt64(draw)) < share
      }
      guard let interval = intervals[count] else { return false }
      return interval.lower <= 100 * share && 100 * share <= interval.upper
    }
    let rate = Double(covered) / Double(sampleCount)
    #expect(rate > 0.91 && rate <= 1, "\(rate)")
  }
}
