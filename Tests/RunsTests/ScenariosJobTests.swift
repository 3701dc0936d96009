import Dense
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs that ask what if some counts were others.
struct ScenariosJobTests {
  private static let register = "code,name\nA,Ayton\nB,Beeford\n"

  private func example(_ scenarios: String, files: [String: String] = [:]) -> Example {
    Example(
      keys: [
        "areas: { lookup: areas.csv, code: code, name: name, focus: B }",
        "scenarios: [ \(scenarios) ]", "intervals: { draws: 100 }",
      ],
      files: [
        "areas.csv": Self.register,
        "demand.csv": "area,sector,count\nA,x,40\nA,y,5\nB,x,10\nB,y,80\n",
      ].merging(files) { $1 })
  }

  private func figure(
    _ outcome: Outcome, _ measure: String, _ area: String?, _ sector: String?, effect: Int = 0
  ) throws -> ScenarioFigure {
    let effects = try #require(outcome.each(ScenarioEffects.self).first)
    let (row, column) = (
      area.flatMap(outcome.areas.position), sector.flatMap(outcome.sectors.position)
    )
    return try #require(
      effects.effects[effect].figures.first {
        effects.measures[$0.measure].name == measure && $0.area == row && $0.sector == column
      })
  }

  @Test func placesMoveInAnAreaThatIsNamed() throws {
    let outcome = try example("{ name: n, areas: Beeford, move: { from: y, to: x, share: 10 % } }")
      .run()
    let moved = try figure(outcome, "provision", "B", "x")
    #expect(moved.base.value == 30 && moved.changed.value == 34 && moved.difference == 4)
    #expect(moved.interval.lower > 0 && moved.interval.upper < 8)
    let all = try figure(outcome, "provision", nil, "y")
    #expect(all.changed.value == 56)
    let effects = try #require(outcome.each(ScenarioEffects.self).first)
    #expect(effects.effects[0].figures.allSatisfy { $0.area != 0 })
    #expect(outcome.caveats.contains { $0.hasPrefix("A scenario changes counts and nothing else") })
  }

  @Test func countsAreAddedByAreaAndTakenAway() throws {
    let outcome = try example(
      "{ name: n, side: demand, change: [ { area: A, sector: x, by: -40 }, { area: B, sector: y, by: +20 } ] }"
    ).run()
    #expect(try figure(outcome, "demand", "A", "x").changed.value == 0)
    #expect(try figure(outcome, "demand", "B", "y").changed.value == 100)
    let ratio = try figure(outcome, "share_gap_pp", "A", "x")
    #expect(Closeness.either(1e-12).holds(ratio.changed.value, 100 / 3.0))
  }

  @Test func mixesGoAsFarAsTheJobSays() throws {
    let outcome = try example(
      "{ name: half, target-mix: { mix: demand, share: 50 % } }, "
        + "{ name: stated, target-mix: { mix: { x: 25 %, y: 75 % } } }"
    ).run()
    // A: 30 places, 8/9 of adverts in x; half way from 10 to 80/3.
    #expect(
      Closeness.either(1e-12).holds(
        try figure(outcome, "provision", "A", "x").changed.value, (10 + 80 / 3.0) / 2))
    #expect(try figure(outcome, "provision", "B", "y", effect: 1).changed.value == 52.5)
  }

  @Test func callsStandBeforeAndAfter() throws {
    let files = [
      "provision.csv": "area,sector,count\nA,x,100000\nA,y,100000\nB,x,30\nB,y,40\n",
      "demand.csv": "area,sector,count\nA,x,400000\nA,y,100000\nB,x,10\nB,y,80\n",
    ]
    let outcome = try example(
      "{ name: n, areas: A, target-mix: { mix: demand } }", files: files
    ).run()
    let folder = try TestFolder()
    try OutputFolder("\(folder.path)/out", force: false).write(
      outcome, options: Manifest.Options(seed: 1))
    let lines = try folder.text("out/scenarios.csv").split(separator: "\n")
    let gap = try #require(lines.first { $0.contains(",A,Ayton,x,x,share_gap_pp,") })
    #expect(gap.hasSuffix(",under,balanced"))
    #expect(lines.first?.hasPrefix("period,scenario,area_code,area_name,sector_code") == true)
  }

  @Test(
    "A report has a sentence on the area that it begins with, or on all where that stays as it is")
  func report() throws {
    let folder = try TestFolder()
    let move = "target-mix: { mix: demand }"
    let job = try example("{ name: here, areas: B, \(move) }, { name: there, areas: A, \(move) }")
      .job(in: folder)
    try OutputFolder("\(folder.path)/out", force: false).write(
      try Session(job, workerCount: 1).run(), options: Manifest.Options(seed: 1))
    let page = try ReportPage(try FinishedRun(folder: "\(folder.path)/out")).html
    let rest = "the share of provision that would have to be in other sectors goes from"
    // B: 30 of 70 places and 10 of 90 openings are in x.
    #expect(page.contains("here. Beeford: \(rest) 31.7 % to 0.0 %, a difference of -31.7"))
    #expect(page.contains("there. All areas: \(rest)"))
    #expect(!page.contains("there. Ayton"))
  }

  @Test func orderOfScenariosAndThreadsChangeNoFigure() throws {
    let scenarios = [
      "{ name: a, move: { from: y, to: x, share: 10 % } }",
      "{ name: b, areas: [ A ], change: { sector: x, by: 5 } }",
    ]
    let folder = try TestFolder()
    func lines(_ listed: [String], _ workerCount: Int) throws -> [String] {
      let job = try example(listed.joined(separator: ", ")).job(in: folder)
      let outcome = try Session(job, workerCount: workerCount).run()
      let name = "out\(workerCount)-\(listed[0].count)"
      try OutputFolder("\(folder.path)/\(name)", force: true).write(
        outcome, options: Manifest.Options(seed: 1))
      return try folder.text("\(name)/scenarios.csv").split(separator: "\n").map(String.init)
    }
    let first = try lines(scenarios, 1)
    #expect(first == (try lines(scenarios, 3)))
    let reversed = try lines(scenarios.reversed(), 1)
    #expect(first != reversed && first.sorted() == reversed.sorted())
    let alone = Set(try lines([scenarios[0]], 1))
    #expect(alone.isSubset(of: first))
  }

  @Test func periodsThatAreNotNamedStayAsTheyAre() throws {
    let counts = "area,period,sector,count\nA,2021,x,10\nA,2021,y,10\nA,2022,x,10\nA,2022,y,10\n"
    let outcome = try Example(
      provision: ["period": "period"], demand: ["period": "period"],
      keys: ["scenarios: { name: n, period: \"2022\", change: { sector: x, by: 10 } }"],
      files: ["provision.csv": counts, "demand.csv": counts]
    ).run()
    #expect(outcome.each(ScenarioEffects.self).map(\.effects.count) == [0, 1])
  }

  @Test func areasWithoutCountsStayAsTheyAreAndAreNamed() throws {
    let outcome = try example(
      "{ name: n, target-mix: { mix: demand } }",
      files: ["demand.csv": "area,sector,count\nA,x,40\nA,y,5\n"]
    ).run()
    let effects = try #require(outcome.each(ScenarioEffects.self).first)
    #expect(effects.effects[0].scenario.areas == [0])
    #expect(outcome.warnings.contains { $0.contains("\"n\" leaves 1 area as they are") })
  }

  @Test("Doubt in counted weights travels with base and scenario alike")
  func crosswalk() throws {
    let outcome = try Example(
      demand: [
        "crosswalk": "{ file: map.csv, from: from, to: to, counts: cases }"
      ],
      keys: [
        "scenarios: { name: n, target-mix: { mix: demand, share: 50 % } }",
        "intervals: { kinds: crosswalk, draws: 2000 }",
      ],
      files: [
        "provision.csv": "area,sector,count\nA,x,50\nA,y,50\n",
        "demand.csv": "area,sector,count\nA,c,100\n",
        "map.csv": "from,to,cases\nc,x,3\nc,y,1\n",
      ]
    ).run()
    let found = try figure(outcome, "share_gap_pp", "A", "x")
    // Half of what demand's share has beyond 50 %: the share of x is Beta(3.5, 1.5), limits from scipy.stats.beta;
    // those of 2,000 draws have a standard error of 0.6 at the lower end.
    #expect(Closeness.absolute(1e-9).holds(found.difference, 12.5))
    #expect(Closeness.absolute(2).holds(found.interval.lower, 50 * (0.28375 - 0.5)))
    #expect(Closeness.absolute(2).holds(found.interval.upper, 50 * (0.97153 - 0.5)))
  }

  @Test(
    "What makes no sense is refused with its place and what to do",
    arguments: [
      ("{ move: { from: x, to: y, share: 5 % } }", "`scenarios` has no key \"name\""),
      ("{ name: n }", "the scenario \"n\" has no change"),
      (
        "{ name: n, move: { from: x, to: y, share: 5 % }, change: { sector: x, by: 1 } }",
        "the scenario \"n\" has move and change"
      ),
      (
        "{ name: n, move: { from: x, to: y, share: 101 % } }", "`scenarios.move.share` is \"101 %\""
      ),
      ("{ name: n, move: { from: x, to: y, share: 0.1 } }", "`scenarios.move.share` is \"0.1\""),
      (
        "{ name: n, move: { from: x, to: x, share: 5 % } }",
        "the scenario \"n\" moves from \"x\" to itself"
      ),
      (
        "{ name: n, move: { from: x, to: z, share: 5 % } }", "unknown sector \"z\" in `scenarios`"
      ),
      (
        "{ name: n, areas: Beford, change: { sector: x, by: 1 } }",
        "unknown area \"Beford\" in `scenarios`"
      ),
      (
        "{ name: n, areas: [], change: { sector: x, by: 1 } }", "an empty list"
      ),
      (
        "{ name: n, areas: A, change: { area: B, sector: x, by: 1 } }",
        "the scenario \"n\" names areas in `areas` and in `change`"
      ),
      (
        "{ name: n, areas: B, change: { sector: x, by: -31 } }",
        "the scenario \"n\" takes 31 away from area \"B\", sector \"x\", all, where provision is 30"
      ),
      (
        "{ name: n, target-mix: { mix: { x: 50 %, y: 40 % } } }",
        "the shares of the mix sum to 90 %"
      ),
      (
        "{ name: n, target-mix: { mix: provision } }", "`scenarios.target-mix.mix` is \"provision\""
      ),
      (
        "{ name: n, period: \"2020\", change: { sector: x, by: 1 } }",
        "unknown period \"2020\" in `scenarios`"
      ),
      (
        "{ name: n, change: { sector: x, by: 1 } }, { name: n, change: { sector: x, by: 2 } }",
        "the scenario \"n\" is duplicated"
      ),
    ])
  func refusals(scenarios: String, found: String) throws {
    let failure = try #require(try example(scenarios).failure())
    #expect(failure.found == found && failure.kind == .badData)
    #expect(
      failure.place?.file == "job.yaml" && failure.expected != nil || found.contains("no key"))
  }

  @Test func theNearestAreaIsOffered() throws {
    let failure = try #require(
      try example("{ name: n, areas: Beford, change: { sector: x, by: 1 } }").failure())
    #expect(failure.advice == "Did you mean \"Beeford\"?")
  }
}
