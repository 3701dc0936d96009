import Dense
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs that ask for what areas reach.
struct SpaceJobTests {
  private static let flows = "from,to,people\nA,A,3\nA,B,1\nB,B,4\nB,X,4\n"
  private static let places = "code,lat,long\nA,51.5,-0.1\nB,51.6,-0.1\nC,60,1\n"
  private static let costs = "from,to,minutes\nA,A,0\nA,B,10\nB,A,20\n"

  private func example(_ space: String, files: [String: String] = [:]) -> Example {
    Example(
      keys: ["space: {\(space)}"],
      files: [
        "flows.csv": Self.flows, "places.csv": Self.places, "costs.csv": Self.costs,
      ].merging(files) { $1 })
  }

  private let commuting = "commuting: { file: flows.csv, from: from, to: to, weight: people }"
  private let coordinates =
    "coordinates: { file: places.csv, code: code, latitude: lat, longitude: long }"
  private let costs = "costs: { file: costs.csv, from: from, to: to, cost: minutes }"
  private let cumulative = "decay: { form: cumulative, threshold: 15 }"

  @Test("Commuting moves provision to work and demand home, and says what leaves the grid")
  func commutingGrids() throws {
    let outcome = try example(commuting).run()
    let space = try #require(outcome.results[SpaceOutcome.self])
    #expect(space.reached.map(\.reach) == [.workplace, .residence])
    // Provision of x: A 10, B 30. A quarter of A's works in B, half of B's outside.
    #expect(space.reached[0].grid.provision.value.column(0) == [7.5, 17.5])
    #expect(space.reached[0].grid.demand.value == outcome.grids[0].demand.value)
    // Demand of x, 30 in B: a fifth is met by people from A.
    #expect(space.reached[1].grid.demand.value.column(0) == [16, 24])
    #expect(space.warnings.contains { $0.contains("\"X\"") && $0.contains("leaves the grid") })
    #expect(outcome.inputs.contains { $0.role == "commuting" })
  }

  @Test("A table of costs is asymmetric, a missing pair is out of reach, and own costs are said")
  func costTable() throws {
    let outcome = try example("\(costs), \(cumulative)").run()
    let space = try #require(outcome.results[SpaceOutcome.self])
    let accessibility = try #require(space.periods[0].accessibility)
    // A reaches itself and B within 15; B, without an own cost, reaches nothing.
    #expect(accessibility.hansen.value.column(0) == [40, 0])
    #expect(space.warnings.contains { $0.contains("\"B\" have no cost to themselves") })
    let own = try example("\(costs), \(cumulative), own-area-cost: 5").run()
    #expect(
      own.results[SpaceOutcome.self]?.periods[0].accessibility?.hansen.value.column(0) == [40, 30])
  }

  @Test("Distances of coordinates are kilometres, and other areas' coordinates are not needed")
  func coordinatesAreKilometres() throws {
    // 0.1 degrees of latitude are 11.1 km.
    for (threshold, expected) in [(11.0, [10.0, 30]), (11.2, [40, 40])] {
      let decay = "decay: { form: cumulative, threshold: \(threshold) }"
      let outcome = try example("\(coordinates), \(decay)").run()
      #expect(
        outcome.results[SpaceOutcome.self]?.periods[0].accessibility?.hansen.value.column(0)
          == expected)
    }
  }

  @Test(
    "What is missing or wrong is told",
    arguments: [
      (
        "coordinates: { file: places.csv, code: code, latitude: lat, longitude: long }",
        "needs a key `decay`"
      ),
      (
        "decay: { form: exponential, rate: 1 }, methods: hansen",
        "needs a key `coordinates` or `costs`"
      ),
      ("methods: commuting", "needs a key `commuting`"),
      ("methods: hanson", "unknown method \"hanson\""),
      ("decay: { form: exponential, rate: 0 }", "`space.decay.rate` is \"0\""),
      ("decay: { form: exponential, exponent: 2 }", "no key \"rate\""),
      ("decay: { form: gaussian }", "unknown form \"gaussian\""),
      (
        "coordinates: { file: places.csv, code: code, latitude: lat, longitude: long }, decay: { form: power, exponent: 2 }",
        "no weight at cost 0"
      ),
      (
        "coordinates: { file: places.csv, code: lat, latitude: lat, longitude: long }, decay: { form: exponential, rate: 1 }",
        "no coordinates of \"A\", \"B\""
      ),
      (
        "coordinates: { file: far.csv, code: code, latitude: lat, longitude: long }, decay: { form: exponential, rate: 1 }",
        "the coordinate is \"95\""
      ),
      (
        "costs: { file: twice.csv, from: from, to: to, cost: minutes }, decay: { form: exponential, rate: 1 }",
        "is duplicated, first on line 2"
      ),
      (
        "costs: { file: negative.csv, from: from, to: to, cost: minutes }, decay: { form: exponential, rate: 1 }",
        "is \"-3\""
      ),
      (
        "costs: { file: costs.csv, from: from, to: to, cost: minutes }, decay: { form: power, exponent: 1 }",
        "a cost is 0"
      ),
    ])
  func failures(space: String, message: String) throws {
    let failure = try #require(
      try example(
        space,
        files: [
          "far.csv": "code,lat,long\nA,95,0\n", "twice.csv": "from,to,minutes\nA,B,1\nA,B,1\n",
          "negative.csv": "from,to,minutes\nA,B,-3\n",
        ]
      ).failure())
    #expect("\(failure)".contains(message))
  }

  @Test("Sectors that cannot be balanced are left undefined, and told")
  func unrakedSectors() throws {
    let outcome = try example("\(costs), \(cumulative), methods: doubly-constrained").run()
    let space = try #require(outcome.results[SpaceOutcome.self])
    #expect(space.warnings.contains { $0.contains("sector x did not converge") })
    #expect(space.ownFlow(period: 0, area: 0, sector: 0).value.isNaN)
    #expect(!space.ownFlow(period: 0, area: 0, sector: 0).status.isEmpty)
  }

  @Test(
    "A checkpoint gives back what it was given, for its own key only, and nothing that was changed")
  func checkpoint() throws {
    let folder = try TestFolder()
    let output = "\(folder.path)/out"
    let elements = [1.5, .nan, -.infinity, 0]
    let checkpoint = try Checkpoint(beside: output, key: "one")
    try elements.withUnsafeBufferPointer { try checkpoint.keep($0, as: "a-0") }
    let again = try Checkpoint(beside: output, key: "one")
    let kept = try #require(try again.elements(of: "a-0", count: 4))
    #expect(kept.map(\.bitPattern) == elements.map(\.bitPattern))
    #expect(try again.elements(of: "a-0", count: 3) == nil)
    #expect(try again.elements(of: "a-1", count: 4) == nil)
    var bytes = try folder.bytes("out.unfinished/a-0.part")
    bytes[5] ^= 1
    try folder.write("out.unfinished/a-0.part", bytes: bytes)
    #expect(try again.elements(of: "a-0", count: 4) == nil)
    try elements.withUnsafeBufferPointer { try checkpoint.keep($0, as: "a-0") }
    let other = try Checkpoint(beside: output, key: "one", source: "other inputs")
    #expect(try other.elements(of: "a-0", count: 4) == nil)
    #expect(try again.elements(of: "a-0", count: 4) != nil)
    _ = try Checkpoint(beside: output, key: "two")
    #expect(try folder.files() == ["out.unfinished", "out.unfinished/key"])
    Checkpoint.remove(beside: output, key: "one")
    #expect(try folder.files() == ["out.unfinished", "out.unfinished/key"])
    Checkpoint.remove(beside: output, key: "two")
    #expect(try folder.files().isEmpty)
    try folder.write("out.unfinished/notes.txt", "mine")
    Checkpoint.remove(beside: output, key: "two")
    #expect(throws: Failure.self) { try Checkpoint(beside: output, key: "one") }
    #expect(try folder.text("out.unfinished/notes.txt") == "mine")
  }
}

/// Real commuting of the 2011 Census, read from a Nomis download.
@Suite(.enabled(if: Extracts.areWanted))
struct CommutingExtractTests {
  @Test("Residents who work are moved to the jobs that the same table counts")
  func census() throws {
    let file = "file: \"\(Extracts.path("nomis/WF02EW LAD2011.csv"))\""
    let side = "\(file), category: { constant: all }, value: value"
    let job = try Job(
      text: """
        provision: { kind: people, \(side), area: origin, sum-over: destination }
        demand: { kind: jobs, \(side), area: destination, sum-over: origin }
        space: { commuting: { \(file), from: origin, to: destination, weight: value } }
        """, file: "job.yaml")
    let outcome = try Session(job, workerCount: 2).run()
    let reached = try #require(outcome.results[SpaceOutcome.self]?.reached)
    #expect(reached[0].grid.areas.count == 346)
    // Moved to work, residents are the jobs; moved home, jobs are the residents.
    for (moved, expected) in [
      (reached[0].grid.provision, outcome.grids[0].demand),
      (reached[1].grid.demand, outcome.grids[0].provision),
    ] {
      for (a, b) in zip(moved.value.elements, expected.value.elements) {
        #expect(abs(a - b) <= 1e-9 * max(1, b))
      }
    }
  }
}
