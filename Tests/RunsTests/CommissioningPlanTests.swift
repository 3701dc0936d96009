import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs that ask for commuting, for a concave return, for other judges and for what is not known exactly.
struct CommissioningPlanTests {
  private func found(_ example: Example) throws -> CommissionedGrid {
    try #require(try example.run().each(CommissionedGrid.self).first)
  }

  // MARK: Commuting

  private func commuting(_ block: String, space: Bool = true) -> Example {
    Example(
      keys: ["commissioning: { unit-costs: 1000, \(block) }"]
        + (space
          ? ["space: { commuting: { file: flows.csv, from: a, to: b, weight: n } }"] : []),
      files: [
        "flows.csv": "a,b,n\nA,A,1\nA,B,1\nB,B,5\n",
        "demand.csv": "area,sector,count\nA,x,10\nA,y,0\nB,x,100\nB,y,0\n",
      ])
  }

  @Test("Half of those trained in A work in B, so A's money buys for both")
  func peopleWorkWhereTheyCommute() throws {
    let found = try found(commuting("plans: [ local, commuting ], draws: 0"))
    let local = try #require(found.place(of: .local))
    let together = try #require(found.place(of: .commuting))
    // A alone buys 10 of x, of which 5 reach it; B 70. Together A buys 30, of which 15 reach each.
    #expect(found.scores[0].matched[local] == [5, 75])
    #expect(Closeness.either(1e-9).holds(found.scores[0].matched[together], [10, 85]))
    #expect(Closeness.either(1e-9).holds(found.plans[together].duals, [0.0005, 0.001]))
    #expect(found.plans[together].marginals[0] == 0.0005)
    #expect(found.scores[0].savings.allSatisfy { $0.isNaN })
    #expect(abs(found.gap) < 1e-9)
  }

  @Test("Commuting under draws is the same for any number of threads, and no plan matches more")
  func commutingUnderDraws() throws {
    var totals: [[Double]] = []
    for workerCount in [1, 3] {
      var example = commuting(
        "change: 50 %, plans: [ national-template, local, commuting ], draws: 24")
      example.workerCount = workerCount
      let found = try found(example)
      totals.append(found.scores[1].matched.map(found.sum))
      let own = found.scores[0].matched.map(found.sum)
      #expect(own.allSatisfy { $0 <= own[3] + 1e-9 })
    }
    #expect(totals[0] == totals[1])
  }

  @Test(
    "A commuting plan says what it needs",
    arguments: [
      ("plans: [ commuting ]", false, "the plan commuting needs to know where people work"),
      (
        "plans: [ commuting ], maximise: { vacancy-share: 0.5 }", true,
        "the plan commuting cannot maximise a concave return"
      ),
    ])
  func needs(block: String, space: Bool, found: String) throws {
    let failure = try #require(try commuting(block, space: space).failure())
    #expect(failure.found == found && failure.kind == .badData && failure.advice != nil)
  }

  // MARK: A concave return

  @Test("A matching function spends all, where by Cauchy's inequality the most is known")
  func matchingFunction() throws {
    let found = try found(
      Example(
        keys: [
          "commissioning: { unit-costs: { file: c.csv, sector: s, cost: c }, draws: 20, "
            + "maximise: { vacancy-share: 0.5 } }"
        ],
        files: [
          "c.csv": "s,c\nx,1000\ny,2000\n",
          "demand.csv": "area,sector,count\nA,x,40\nA,y,5\nB,x,10\nB,y,80\n",
        ]))
    let local = try #require(found.place(of: .local))
    // Σ √(V x) with Σ c x = B is at most √(B Σ V / c).
    let worths = [40 / 1000.0 + 5 / 2000.0, 10 / 1000.0 + 80 / 2000.0]
    for area in 0..<2 {
      let budget = [50_000, 110_000.0][area]
      let most = (budget * worths[area]).squareRoot()
      #expect(Closeness.relative(1e-12).holds(found.scores[0].matched[local][area], most))
      #expect(
        Closeness.relative(1e-12).holds(
          found.plans[local].duals[area], 0.5 * (worths[area] / budget).squareRoot()))
      for matched in found.scores[0].matched { #expect(matched[area] <= most * (1 + 1e-12)) }
    }
    #expect(abs(found.scores[0].savings[local]) < 1e-6)
    // Today's 20 + 10 and √300 + √3200 would cost less: by Cauchy again, their square over Σ V / c.
    let today = [[400.0, 100], [300, 3200]].map { $0.reduce(0) { $0 + $1.squareRoot() } }
    let saving = zip([50_000, 110_000], zip(today, worths)).reduce(0.0) {
      $0 + $1.0 - $1.1.0 * $1.1.0 / $1.1.1
    }
    #expect(Closeness.relative(1e-9).holds(found.scores[0].savings[0], saving))
  }

  // MARK: Judges

  private func years(_ keys: String) -> Example {
    let rows = ["2021", "2022", "2023"].map { "A,\($0),x,10\nA,\($0),y,10\n" }.joined()
    return Example(
      provision: ["period": "period"], demand: ["period": "period"],
      keys: ["commissioning: { unit-costs: 1, draws: 0\(keys) }"],
      files: [
        "provision.csv": "area,period,sector,count\n" + rows,
        "demand.csv": "area,period,sector,count\n" + rows,
      ])
  }

  @Test("Periods that the job names judge, and have no plans of their own")
  func namedJudges() throws {
    let all = try years("").run().commissioned
    #expect(
      all.map { $0.found.scores.map(\.period) } == [
        ["2021", "2022", "2023"], ["2022", "2023"], ["2023"],
      ])
    let named = try years(", score-on: [ \"2023\" ]").run().commissioned
    #expect(named.map(\.grid.period) == ["2021", "2022"])
    #expect(named.map { $0.found.scores.map(\.period) } == [["2021", "2023"], ["2022", "2023"]])
  }

  @Test("The report shows the latest plans that later counts judge, and says so")
  func report() throws {
    for (keys, sentence) in [
      ("", "Plans are made on 2022. They are judged on the counts that made them, which flatters"),
      (", score-on: [ \"2023\" ]", "and on 2023, which they had not seen."),
      (
        ", maximise: { vacancy-share: 0.25 }",
        "a matching function with a share of vacancies of 0.25"
      ),
    ] {
      let folder = try TestFolder()
      let outcome = try Session(try years(keys).job(in: folder), workerCount: 1).run()
      try OutputFolder("\(folder.path)/out", force: false)
        .write(outcome, options: Manifest.Options(seed: 0))
      let page = try ReportPage(try FinishedRun(folder: "\(folder.path)/out")).html
      #expect(page.contains(sentence), "\(keys)")
    }
  }

  @Test(
    "Judges that cannot judge are refused",
    arguments: [
      ("[ \"2024\" ]", "no pair of periods of this run is \"2024\""),
      ("[ \"2021\" ]", "\"2021\" comes before all pairs that plans are made on"),
      (
        "[ \"2021\", \"2022\", \"2023\" ]",
        "`commissioning.score-on` names all pairs of periods"
      ),
    ])
  func noJudges(names: String, found: String) throws {
    let failure = try #require(try years(", score-on: \(names)").failure())
    #expect(failure.found == found && failure.place?.line == 1 && failure.advice != nil)
  }

  // MARK: What is not known exactly

  private func ranged(
    _ block: String, costs: String = "s,c,low,high\nx,1000,900,1300\ny,2000,2000,2000\n"
  )
    -> Example
  {
    Example(
      keys: ["commissioning: { draws: 60, \(block) }"],
      files: [
        "c.csv": costs,
        "demand.csv": "area,sector,count\nA,x,40\nA,y,5\nB,x,10\nB,y,80\n",
      ])
  }

  @Test("A price level that nobody knows changes no plan, only what is saved")
  func priceLevel() throws {
    let stated = try found(ranged("unit-costs: 1000"))
    let ranging = try found(ranged("unit-costs: 1000, unit-cost-range: 20 %"))
    let (first, second) = (stated.scores[1], ranging.scores[1])
    for plan in stated.plans.indices {
      #expect(Closeness.either(1e-9).holds(first.matched[plan], second.matched[plan]))
      let (narrow, wide) = (first.intervals[plan].saving, second.intervals[plan].saving)
      #expect(wide.lower < wide.upper || narrow.lower == narrow.upper)
    }
    #expect(
      second.intervals[0].saving.upper - second.intervals[0].saving.lower
        > first.intervals[0].saving.upper - first.intervals[0].saving.lower)
  }

  @Test("Costs with ends are drawn between them")
  func costsWithEnds() throws {
    let listed = "unit-costs: { file: c.csv, sector: s, cost: c"
    let stated = try found(ranged(listed + " }"))
    let fixed = try found(
      ranged(
        listed + ", lower: low, upper: high }",
        costs: "s,c,low,high\nx,1000,1000,1000\ny,2000,2000,2000\n"))
    let drawn = try found(ranged(listed + ", lower: low, upper: high }"))
    let local = try #require(stated.place(of: .local))
    #expect(fixed.scores[1].matched == stated.scores[1].matched)
    #expect(drawn.scores[1].matched[0] == stated.scores[1].matched[0])
    #expect(drawn.scores[1].matched[local] != stated.scores[1].matched[local])
  }

  @Test("Rounding of provision is in the intervals: openings for all, so that places alone vary")
  func roundedPlaces() throws {
    func width(_ rounding: String) throws -> (width: Double, plan: ConfidenceInterval) {
      var example = Example(
        keys: ["commissioning: { unit-costs: 1000, draws: 200 }"],
        files: ["demand.csv": "area,sector,count\nA,x,4000\nA,y,4000\nB,x,4000\nB,y,4000\n"])
      if !rounding.isEmpty { example.provision["rounding"] = rounding }
      let found = try found(example)
      let all = found.scores[1].intervals[0].all
      return (all.upper - all.lower, all)
    }
    let exact = try width("")
    #expect(exact.width == 0)
    let (width, interval) = try width("nearest 10")
    // Four numbers, all alike within ±5: their sum has a standard deviation of 10/√3, and 95 % of it within 11.1.
    #expect(abs(width - 22) < 5 && interval.lower >= 80 && interval.upper <= 120)
  }

  @Test("Uncertain weights of a crosswalk are in the intervals, certain ones are not")
  func drawnWeights() throws {
    func width(_ weights: String) throws -> Double {
      let found = try found(
        Example(
          demand: [
            "category": "trade",
            "crosswalk": "{ file: w.csv, from: t, to: s, weight: w\(weights) }",
          ], keys: ["commissioning: { unit-costs: 1000, draws: 200, plans: [ local ] }"],
          files: [
            "provision.csv": "area,sector,count\nA,x,300000\nA,y,300000\n",
            "demand.csv": "area,trade,count\nA,t,600000\n", "w.csv": "t,s,w\nt,x,0.5\nt,y,0.5\n",
          ]))
      let interval = found.scores[1].intervals[0].all
      return interval.upper - interval.lower
    }
    let (certain, uncertain) = (try width(""), try width(", confidence: 2"))
    #expect(certain < 4000)
    // Of 600,000, min(w, ½) + min(1 - w, ½) meet places; w is uniform at a confidence of 2, so 1 - |w - ½| has a
    // 95 % range of 0.475.
    #expect(abs(uncertain / 600_000 - 0.475) < 0.06)
  }
}
