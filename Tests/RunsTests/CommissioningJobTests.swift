import Dense
import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs that ask what other places the same money would buy.
struct CommissioningJobTests {
  private static let costs = "sector,cost\nx,1000\ny,2000\n"

  private func example(_ block: String, files: [String: String] = [:]) -> Example {
    Example(
      keys: ["commissioning: \(block)"],
      files: [
        "costs.csv": Self.costs, "demand.csv": "area,sector,count\nA,x,40\nA,y,5\nB,x,10\nB,y,80\n",
      ].merging(files) { $1 })
  }

  private static let listed = "unit-costs: { file: costs.csv, sector: sector, cost: cost }"

  @Test func localPlansSpendTodaysMoney() throws {
    let outcome = try example("{ \(Self.listed), draws: 0 }").run()
    let found = try #require(outcome.each(CommissionedGrid.self).first)
    #expect(found.problem.budgets == [50_000, 110_000])
    #expect(found.current == [10, 20, 30, 40])
    // A: 40 of x for 40,000, 5 of y for the other 10,000. B: 10 of x, 50 of y.
    let local = try #require(found.place(of: .local))
    #expect(found.plans[local].places == [40, 5, 10, 50])
    #expect(found.scores[0].matched[local] == [45, 60])
    #expect(found.scores[0].matched[0] == [15, 50])
    #expect(found.plans[local].duals == [0, 1 / 2000])
    // Today's 15 and 50 matches would cost 15,000 and 10,000 + 80,000.
    #expect(found.scores[0].savings[0] == 160_000 - 105_000)
  }

  @Test func placesMoveNoFurtherThanAllowed() throws {
    let outcome = try example("{ \(Self.listed), change: 20 %, draws: 0 }").run()
    let found = try #require(outcome.each(CommissionedGrid.self).first)
    let local = try #require(found.place(of: .local))
    #expect(found.plans[local].places == [12, 16, 24, 43])
    for plan in found.plans {
      for (places, now) in zip(plan.places, found.current) {
        #expect(abs(places - now) <= 0.2 * now + 1e-9)
      }
    }
  }

  @Test func filesBoundPlacesAndGiveBudgetsAndScales() throws {
    let outcome = try example(
      "{ unit-costs: 1000, draws: 0, budget: { file: b.csv, area: a, budget: m }, "
        + "caps: { file: p.csv, area: a, sector: s, places: n }, "
        + "floors: { file: p.csv, area: a, sector: s, places: n, where: { s: y } }, "
        + "demand-scale: { national: 270 } }",
      files: ["b.csv": "a,m\nA,30000\nB,20000\n", "p.csv": "a,s,n\nA,x,7\nB,y,2\n"]
    ).run()
    let found = try #require(outcome.each(CommissionedGrid.self).first)
    let local = try #require(found.place(of: .local))
    #expect(found.openings == [80, 10, 20, 160])
    #expect(found.plans[local].places == [7, 10, 18, 2])
  }

  @Test func rowsOfWhatTheJobExcludesArePassedOver() throws {
    var example = example("{ \(Self.listed), draws: 0 }")
    example.keys.append("exclude-sectors: [ y ]")
    let found = try #require(try example.run().each(CommissionedGrid.self).first)
    #expect(found.problem.costs == [1000, 1000] && found.current == [10, 30])
  }

  @Test func areasOfAGroupShareTheirMoney() throws {
    let outcome = try Example(
      keys: [
        "areas: { lookup: areas.csv, code: code, group: region }",
        "commissioning: { unit-costs: 1000, plans: [ local, pooled ], draws: 0 }",
      ],
      files: [
        "areas.csv": "code,region\nA,R\nB,R\n",
        "demand.csv": "area,sector,count\nA,x,5\nA,y,5\nB,x,100\nB,y,10\n",
      ]
    ).run()
    let found = try #require(outcome.each(CommissionedGrid.self).first)
    let pooled = try #require(found.place(of: .pooled))
    #expect(found.plans[pooled].places == [5, 5, 90, 0])
  }

  @Test func areasWithMissingCountsHaveNoPlan() throws {
    let outcome = try example(
      "{ unit-costs: 1000, draws: 20 }",
      files: ["provision.csv": "area,sector,count\nA,x,10\nA,y,20\n"]
    ).run()
    let found = try #require(outcome.each(CommissionedGrid.self).first)
    #expect(found.excluded == [1])
    #expect(outcome.warnings.contains { $0.contains("have no plan and are in no sum") })
    #expect(found.scores[0].openings == 45)
  }

  @Test(
    "What makes no sense is refused with its place and what to do",
    arguments: [
      ("{ unit-costs: 0 }", "`commissioning.unit-costs` is \"0\""),
      ("{ unit-costs: -5 }", "`commissioning.unit-costs` is \"-5\""),
      ("{ change: 20 % }", "`commissioning` has no key \"unit-costs\""),
      ("{ unit-costs: 1, change: 20 }", "`commissioning.change` is \"20\""),
      ("{ unit-costs: 1, plans: [ best ] }", "unknown plan \"best\" in `commissioning.plans`"),
      ("{ unit-costs: 1, plans: [ pooled ] }", "the plan pooled needs groups of areas"),
      ("{ unit-costs: 1, draws: 3 }", "`commissioning.draws` is \"3\""),
      (
        "{ unit-costs: { file: few.csv, sector: s, cost: c } }", "no unit cost of \"y\""
      ),
      (
        "{ unit-costs: 1, budget: { file: far.csv, area: a, budget: m } }",
        "budget of area \"C\", which the grid does not have"
      ),
      (
        "{ unit-costs: 1, budget: { file: low.csv, area: a, budget: m }, change: 10 % }",
        "area \"A\", all: its floors cost 27.0, its budget is 20.0"
      ),
      (
        "{ unit-costs: 1, floors: { file: f.csv, area: a, sector: s, places: n }, change: 10 % }",
        "area \"A\", sector \"x\", all: the floor of 12.0 places is above the cap of 11.0"
      ),
    ])
  func refusals(block: String, found: String) throws {
    let files = [
      "few.csv": "s,c\nx,5\n", "far.csv": "a,m\nA,5\nB,5\nC,5\n", "low.csv": "a,m\nA,20\nB,500\n",
      "f.csv": "a,s,n\nA,x,12\n",
    ]
    let failure = try #require(try example(block, files: files).failure())
    #expect(failure.found == found && failure.kind == .badData)
  }

  @Test func filesAreTheSameForAnyNumberOfThreads() throws {
    let folder = try TestFolder()
    var texts: [[String]] = []
    for workerCount in [1, 3] {
      let job = try example("{ \(Self.listed), draws: 40 }").job(in: folder)
      let outcome = try Session(job, workerCount: workerCount).run()
      let name = "out\(workerCount)"
      try OutputFolder("\(folder.path)/\(name)", force: false)
        .write(outcome, options: Manifest.Options(seed: 1))
      texts.append(
        try ["", "_cells", "_summary"].map { try folder.text("\(name)/commissioning\($0).csv") })
    }
    #expect(texts[0] == texts[1])
    #expect(texts[0][2].split(separator: "\n").count == 1 + 2 * 4)
  }

  @Test func laterPeriodsJudgeAndHaveAsManyOpenings() throws {
    let counts = "area,period,sector,count\nA,2021,x,10\nA,2021,y,10\nA,2022,x,10\nA,2022,y,10\n"
    let demand = "area,period,sector,count\nA,2021,x,30\nA,2021,y,10\nA,2022,x,20\nA,2022,y,60\n"
    let outcome = try Example(
      provision: ["period": "period"], demand: ["period": "period"],
      keys: ["commissioning: { unit-costs: 1, demand-scale: { national: 40 }, draws: 20 }"],
      files: ["provision.csv": counts, "demand.csv": demand]
    ).run()
    let found = try #require(outcome.each(CommissionedGrid.self).first)
    #expect(found.scores.map(\.period) == ["2021", "2022", nil])
    #expect(found.scores.map(\.openings) == [40, 40, 40])
    let local = try #require(found.place(of: .local))
    #expect(found.plans[local].places == [20, 0])
    #expect(found.scores[1].matched[local] == [10] && found.scores[1].matched[0] == [20])
    let sentence = try #require(outcome.caveats.first { $0.contains("judged on 2022:") })
    #expect(sentence.contains("the interval reaches 0"))
    #expect(CommissionedGrid.verdict(1, 2) == nil)
    #expect(CommissionedGrid.verdict(-2, -1)?.contains("meets fewer openings") == true)
  }

  @Test func areasThatCannotBeJudgedLaterAreInNoSum() throws {
    let counts = ["2021", "2022"].map { "A,\($0),x,10\nA,\($0),y,10\nB,\($0),x,5\nB,\($0),y,5\n" }
    let head = "area,period,sector,count\n"
    let outcome = try Example(
      provision: ["period": "period"], demand: ["period": "period"],
      keys: ["commissioning: { unit-costs: 1, draws: 0 }"],
      files: [
        "provision.csv": head + counts.joined(),
        "demand.csv": head + counts[0] + "A,2022,x,8\nA,2022,y,30\n",
      ]
    ).run()
    let found = try #require(outcome.each(CommissionedGrid.self).first)
    #expect(found.scores[1].missing == [1] && found.scores[1].openings == 38)
    #expect(found.scores[1].matched[0][0] == 18 && found.scores[1].matched[0][1].isNaN)
    #expect(found.sum(found.scores[1].matched[0]) == 18)
    #expect(
      outcome.warnings.contains { $0.contains("are left out where plans of 2021 are judged") })
  }

  /// A world of areas whose counts are Poisson draws of rates, one period after the other.
  private func world(_ number: Int, difference: Double, size: Double) throws -> CommissionedGrid {
    let sectors = ["u", "v", "w", "x", "y"]
    var texts = ["provision": "area,period,sector,count\n", "demand": "area,period,sector,count\n"]
    for area in 0..<24 {
      for (place, sector) in sectors.enumerated() {
        var stream = CountDraws(seed: 77, cell: area * 5 + place, draw: number)
        let factor =
          difference > 0 ? stream.gamma(shape: 1 / difference) * difference : 1
        let rate = size * Double(place + 1) * factor
        for period in ["2021", "2022"] {
          let key = "A\(100 + area),\(period),\(sector),"
          texts["demand", default: ""] += key + "\(Int(stream.poisson(mean: rate)))\n"
          texts["provision", default: ""] += key + "\(Int(size) * 2)\n"
        }
      }
    }
    let outcome = try Example(
      provision: ["period": "period"], demand: ["period": "period"],
      keys: ["commissioning: { unit-costs: { file: c.csv, sector: s, cost: c }, draws: 100 }"],
      files: [
        "provision.csv": texts["provision"] ?? "", "demand.csv": texts["demand"] ?? "",
        "c.csv": "s,c\n" + sectors.enumerated().map { "\($1),\(1000 + 300 * $0)\n" }.joined(),
      ]
    ).run()
    return try #require(outcome.each(CommissionedGrid.self).first)
  }

  @Test("The interval of what local choice adds covers what it adds in the next period")
  func coverage() throws {
    var covered = 0
    for number in 0..<30 {
      let found = try world(number, difference: 0.3, size: 20)
      let local = try #require(found.place(of: .local))
      let gain = found.gain(found.scores[1], plan: local, over: .nationalTemplate)
      let interval = found.scores[2].intervals[local].gainOverTemplate
      if interval.lower <= gain, gain <= interval.upper { covered += 1 }
      #expect(interval.lower > 0)
    }
    // 28.5 are expected; fewer than 25 would come up once in 300 times.
    #expect(covered >= 25)
  }

  @Test("Where areas are alike and counts small, local choice adds nothing, and draws say so")
  func alike() throws {
    var (centre, inSample) = (0.0, 0.0)
    for number in 0..<10 {
      let found = try world(number, difference: 0, size: 3)
      let local = try #require(found.place(of: .local))
      centre += found.gain(found.scores[2], plan: local, over: .nationalTemplate)
      inSample += found.gain(found.scores[0], plan: local, over: .nationalTemplate)
      #expect(found.scores[2].intervals[local].gainOverTemplate.lower <= 0)
    }
    #expect(inSample > 0)
    #expect(centre <= 0)
  }
}
