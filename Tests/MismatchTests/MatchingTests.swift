import Mismatch
import Support
import Testing

struct MatchingTests {
  private static let functions = [-4, -0.5, -0.01, 0, 0.3, 0.8].map {
    MatchingFunction(vacancyShare: 0.4, substitution: $0)
  }

  private static func markets(_ source: inout RandomSource) -> (
    seekers: [Double], vacancies: [Double], efficiency: [Double]
  ) {
    let count = source.whole(2...7)
    let number = { (most: Double, source: inout RandomSource) in 0.05 + source.uniform() * most }
    return (
      (0..<count).map { _ in number(100, &source) }, (0..<count).map { _ in number(60, &source) },
      (0..<count).map { _ in number(2, &source) }
    )
  }

  @Test("No move of job seekers between two markets makes more matches", arguments: functions)
  func plannerIsBest(matching: MatchingFunction) throws {
    var source = RandomSource(seed: 11)
    var cornerCount = 0
    for _ in 0..<40 {
      let (seekers, vacancies, efficiency) = Self.markets(&source)
      let planned = try #require(
        PlannedAllocation(
          seekers: seekers, vacancies: vacancies, efficiency: efficiency, matching: matching))
      #expect(Closeness.relative(1e-12).holds(planned.seekers.reduce(0, +), seekers.reduce(0, +)))
      let matches = { (seekers: [Double]) in
        seekers.indices.reduce(0) {
          $0 + efficiency[$1] * matching.matches(vacancies: vacancies[$1], seekers: seekers[$1])
        }
      }
      let best = matches(planned.seekers)
      #expect(Closeness.absolute(1e-12).holds(planned.index, 1 - matches(seekers) / best))
      cornerCount += planned.seekers.contains(0) ? 1 : 0
      for from in seekers.indices {
        for to in seekers.indices where from != to {
          for part in [1e-3, 0.1, 1] {
            var moved = planned.seekers
            moved[to] += moved[from] * part
            moved[from] *= 1 - part
            #expect(matches(moved) <= best * (1 + 1e-12))
          }
        }
      }
    }
    if matching.substitution < -1 { #expect(cornerCount > 0) }
  }

  @Test("Near 0, substitution gives what Cobb-Douglas gives")
  func substitutionIsContinuous() throws {
    var source = RandomSource(seed: 12)
    for _ in 0..<10 {
      let (seekers, vacancies, efficiency) = Self.markets(&source)
      let indices = try [0, 1e-4, -1e-4].map { substitution in
        try #require(
          PlannedAllocation(
            seekers: seekers, vacancies: vacancies, efficiency: efficiency,
            matching: MatchingFunction(vacancyShare: 0.5, substitution: substitution))
        ).index
      }
      #expect(Closeness.absolute(1e-2).holds(indices[1], indices[0]))
      #expect(Closeness.absolute(1e-2).holds(indices[2], indices[0]))
    }
  }

  @Test(
    "Job seekers in proportion to vacancies are where the planner wants them", arguments: functions)
  func noMismatch(matching: MatchingFunction) throws {
    let planned = try #require(
      PlannedAllocation(seekers: [3, 6, 30], vacancies: [1, 2, 10], matching: matching))
    #expect(planned.index < 1e-12 && planned.moveShare < 1e-9)
  }

  @Test("Where nothing can be matched there is no allocation, and no vacancy means no job seeker")
  func edges() throws {
    let matching = MatchingFunction(vacancyShare: 0.5)
    #expect(PlannedAllocation(seekers: [0, 0], vacancies: [1, 2], matching: matching) == nil)
    #expect(PlannedAllocation(seekers: [1, 2], vacancies: [0, 0], matching: matching) == nil)
    #expect(PlannedAllocation(seekers: [1, .nan], vacancies: [1, 1], matching: matching) == nil)
    for matching in Self.functions where matching.substitution <= 0 {
      let planned = try #require(
        PlannedAllocation(seekers: [5, 5], vacancies: [0, 3], matching: matching))
      #expect(planned.seekers == [0, 10])
    }
    let idle = try #require(
      PlannedAllocation(
        seekers: [5, 5], vacancies: [0, 3], efficiency: [9, 1],
        matching: MatchingFunction(vacancyShare: 0.5, substitution: 0.5)))
    // Those who need no vacancy for a match go where most matches are made.
    #expect(idle.seekers[0] > idle.seekers[1])
  }

  @Test("A planner finds jobs at a rate of at most 1, however many matches are lost")
  func pathLimit() {
    let flows = Array(repeating: (jobFinding: 0.3, separation: 0.02), count: 3)
    let path = UnemploymentPath(
      from: 0.05, flows: flows, indices: [1, 0.9, .nan], vacancyShare: 0.5)
    #expect(path.steps.map(\.plannedJobFinding).prefix(2) == [1, 1])
    #expect(Closeness.absolute(1e-15).holds(path.steps[1].planned, 0.02 - 0.02 * 0.05))
    #expect(path.steps[2].planned > 0 && path.steps[2].mismatch > 0)
    #expect(path.steps[3].planned.isNaN)
  }

  @Test("Dispersion is 0 where all sectors move together, and undefined where it says nothing")
  func dispersionEdges() {
    let (before, after) = ([10.0, 20, 70], [20.0, 40, 140])
    #expect(abs(lilien(before: before, after: after)) < 1e-12)
    #expect(abs(turbulence(before: before, after: after)) < 1e-12)
    #expect(lilien(before: [0, 1], after: [1, 1]) == .infinity)
    #expect(turbulence(before: [1, 0], after: [0, 1]) == 1)
    #expect(turbulence(before: [0, 0], after: [0, 1]).isNaN)
    for isWeighted in [true, false] {
      let same = layardNickellJackman(
        unemployed: [1, 2, 0], employed: [9, 18, 0], isWeighted: isWeighted)
      #expect(abs(same) < 1e-12)
      #expect(
        layardNickellJackman(unemployed: [0, 0], employed: [9, 1], isWeighted: isWeighted).isNaN)
    }
  }
}
