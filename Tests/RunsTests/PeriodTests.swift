import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Which provision period meets which demand period, and what becomes of the others.
struct PeriodTests {
  private func example(
    _ provision: [(String, Int)], _ demand: [(String, Int)], pair: String? = nil
  ) -> Example {
    func text(_ counts: [(String, Int)]) -> String {
      "area,sector,period,count\n" + counts.map { "A,x,\($0.0),\($0.1)\n" }.joined()
    }
    return Example(
      provision: ["period": "period"], demand: ["period": "period"],
      keys: pair.map { ["periods: { pair: \($0) }"] } ?? [],
      files: ["provision.csv": text(provision), "demand.csv": text(demand)])
  }

  @Test func equalLabelsMeet() throws {
    let outcome = try example(
      [("2023", 3), ("2021", 1), ("2022", 2)], [("2022", 20), ("2023", 30), ("2024", 40)]
    ).run()
    #expect(outcome.grids.map(\.period) == ["2022", "2023"])
    #expect(outcome.value(.provision, "A", "x", grid: 1) == 3)
    #expect(outcome.value(.demand, "A", "x", grid: 0) == 20)
    #expect(outcome.reconciliation(.provision).published == 6)
    #expect(outcome.reconciliation(.provision).mapped == 5)
    #expect(outcome.reconciliation(.provision).filtered == 1)
    #expect(outcome.reconciliation(.demand).filtered == 40)
  }

  @Test func theOnlyPeriodsOfBothSidesMeet() throws {
    let outcome = try example([("2021/22", 1)], [("Dec 22", 2)]).run()
    #expect(outcome.grids.map(\.period) == ["2021/22 = Dec 22"])
  }

  @Test func periodsThatDoNotMeetAreTold() throws {
    let failure = try #require(try example([("a", 1), ("b", 1)], [("c", 2)]).failure())
    #expect(
      failure.found
        == "no period occurs on both sides: provision has \"a\", \"b\"; demand has \"c\"")
    #expect(failure.advice == "Pair the periods: `periods: { pair: \"a = c\" }`")
  }

  @Test func labelsOfOnePeriodMeetAndAreNamedByBoth() throws {
    let outcome = try example(
      [("Feb 23", 3), ("December 2022", 1), ("Jan 23", 2), ("2022/23", 9)],
      [("2023-02", 30), ("2022-12", 10), ("Jan 23", 20), ("2022-11", 5)]
    ).run()
    #expect(
      outcome.grids.map(\.period) == ["December 2022 = 2022-12", "Jan 23", "Feb 23 = 2023-02"])
    #expect(outcome.value(.provision, "A", "x", grid: 2) == 3)
    #expect(outcome.value(.demand, "A", "x", grid: 2) == 30)
    #expect(
      outcome.reconciliation(.provision).filtered == 9
        && outcome.reconciliation(.demand).filtered == 5)
    #expect(
      outcome.reconciliations.map(\.period) == [
        "2022/23", "December 2022", "Jan 23", "Feb 23", "2022-11", "2022-12", "Jan 23", "2023-02",
      ])
    // The label of such a pair is what the job would say.
    let named = try example(
      [("December 2022", 1), ("Jan 23", 2)], [("2022-12", 10), ("Jan 23", 20)],
      pair: "'December 2022 = 2022-12'"
    ).run()
    #expect(named.grids.map(\.period) == ["December 2022 = 2022-12"])
  }

  @Test(arguments: [("Dec 2022", "2022-12-01"), ("2022", "2022-12"), ("2022/23", "FY 2022-23")])
  func unlikePeriodsDoNotMeet(provision: String, demand: String) throws {
    let failure = try example([(provision, 1), ("2019", 2)], [(demand, 3)]).failure()
    #expect(failure?.found.hasPrefix("no period occurs on both sides") == true)
  }

  @Test func twoLabelsOfOnePeriodAreRefused() throws {
    let twice = [("Dec 22", 1), ("Jan 23", 2), ("December 2022", 3)]
    for (sides, pair) in [
      (example(twice, [("2022-12", 4), ("Jan 23", 5)]), "Dec 22 = 2022-12"),
      (example([("2022-12", 4), ("Jan 23", 5)], twice), "2022-12 = Dec 22"),
      (example(twice, twice), "Dec 22 = Dec 22"),
    ] {
      let failure = try #require(try sides.failure())
      #expect(
        failure.found.hasSuffix("has 2 labels for one period: \"Dec 22\", \"December 2022\""))
      #expect(failure.advice?.hasSuffix("`periods: { pair: \"\(pair)\" }`") == true)
      #expect(failure.place?.file.hasSuffix(".csv") == true)
    }
    var spaces = example([], [("Dec 22", 4)])
    spaces.files["provision.csv"] = "area,sector,period,count\nA,x,Dec 22,1\nB,x,Dec 22 ,3\n"
    #expect(try spaces.failure()?.advice?.hasPrefix("Set `trim: true`") == true)
    spaces.provision["trim"] = "true"
    #expect(try spaces.run().reconciliation(.provision).mapped == 4)
    // A label that `where` leaves out does not count, nor does a period that the other side lacks.
    var filtered = example(twice, [("2022-12", 4), ("Jan 23", 5)])
    filtered.provision["where"] = "{ period: { not: Dec 22 } }"
    #expect(
      try filtered.run().grids.map(\.period) == ["December 2022 = 2022-12", "Jan 23"])
    #expect(try example(twice, [("Jan 23", 5)]).run().grids.map(\.period) == ["Jan 23"])
  }

  private func checks(_ example: Example, _ name: String = "periods") throws -> [CheckRow] {
    try example.run().checks.filter { $0.check == name }
  }

  @Test func theCheckTellsOfTwoLabelsOfOnePeriod() throws {
    let twice = [("Dec 22", 1), ("Jan 23", 2), ("December 2022", 3)]
    let demand = [("2022-12", 4), ("Jan 23", 5)]
    let one = try checks(
      example(twice, demand, pair: "['Dec 22 = 2022-12', Jan 23]"))
    #expect(one.map(\.result) == [.warn, .pass])
    #expect(one[0].message.hasSuffix("only \"Dec 22\" is compared"))
    let both = try checks(
      example(twice, demand, pair: "['Dec 22 = 2022-12', 'December 2022 = 2022-12']"))
    #expect(both.map(\.result) == [.fail, .pass])
    let unlike = try checks(
      example([("2023-01", 1), ("2023", 2)], [("2023-01", 3), ("2023", 4)]))
    #expect(unlike.map(\.result) == [.warn, .warn])
    #expect(unlike[0].message.contains("\"2023-01\" (1 month) and \"2023\" (12 months)"))
  }

  @Test func aNamedPeriodInOtherWordsIsSuggested() throws {
    let failure = try example([("Dec 22", 1)], [("Dec 22", 2)], pair: "'2022-12 = Dec 22'")
      .failure()
    #expect(failure?.found == "no row of provision has period \"2022-12\"")
    #expect(failure?.advice == "\"Dec 22\" is the same period")
  }

  @Test func jumpsAreLookedForFromMonthToMonth() throws {
    // By text December would stand beside February: no fivefold change between neighbours in time.
    let counts = [("Dec 22", 100), ("Jan 23", 400), ("Feb 23", 1600)]
    #expect(try checks(example(counts, counts), "jumps").allSatisfy { $0.result == .pass })
    let jump = [("Dec 22", 1600), ("Jan 23", 100), ("Feb 23", 200)]
    let row = try #require(try checks(example(jump, jump), "jumps").first)
    #expect(row.result == .warn && row.message.hasSuffix("between Dec 22 and Jan 23"))
  }

  @Test func labelsWithoutAnOrderAreTold() throws {
    let counts = [("pilot", 10), ("main", 9000), ("last", 30)]
    let outcome = try example(counts, counts).run()
    #expect(outcome.grids.map(\.period) == ["last", "main", "pilot"])
    #expect(
      outcome.results[DecomposedChange.self]?.changes.isEmpty ?? true && outcome.successions.isEmpty
    )
    let told = outcome.checks.filter { $0.check == "periods" }
    #expect(told.map(\.result) == [.warn, .pass, .pass])
    #expect(
      told[0].message == "no date can be read from \"last\", \"main\", \"pilot\": change "
        + "between periods is not calculated")
    let jumps = outcome.checks.filter { $0.check == "jumps" }
    #expect(jumps.allSatisfy { $0.result == .unchecked })
    #expect(try example([counts[0]], [counts[0]]).run().compared.disorder == nil)
  }

  @Test func pairsThatCrossHaveNoOrder() throws {
    let outcome = try example(
      [("2021/22", 1), ("2022/23", 2)], [("Dec 22", 3), ("Jun 22", 4)],
      pair: "['2022/23 = Jun 22', '2021/22 = Dec 22']"
    ).run()
    #expect(outcome.grids.map(\.period) == ["2022/23 = Jun 22", "2021/22 = Dec 22"])
    #expect(
      outcome.compared.disorder
        == "\"2022/23 = Jun 22\" comes after \"2021/22 = Dec 22\", but \"Jun 22\" comes before "
        + "\"Dec 22\"")
    // A list against time where another label is none.
    let partly = try example(
      [("2021/22", 1), ("latest", 2), ("2022/23", 3)], [("a", 3), ("b", 4), ("c", 5)],
      pair: "['2022/23 = b', 'latest = c', '2021/22 = a']"
    ).run()
    #expect(partly.grids.map(\.period) == ["2022/23 = b", "latest = c", "2021/22 = a"])
    #expect(partly.compared.disorder?.hasSuffix("\"2021/22\" comes before \"2022/23\"") == true)
  }

  @Test func theSideThatHasTimesPutsPairsInOrder() throws {
    let outcome = try example(
      [("2021/22", 1), ("2022/23", 2)], [("second", 3), ("first", 4)],
      pair: "['2022/23 = second', '2021/22 = first']"
    ).run()
    #expect(outcome.grids.map(\.period) == ["2021/22 = first", "2022/23 = second"])
    #expect(outcome.compared.disorder == nil)
  }

  @Test func aPathNeedsAnOrder() throws {
    var flows = example([("a", 1), ("b", 2)], [("a", 1), ("b", 2)])
    flows.keys.append(
      "matching: { vacancy-share: 0.5, flows: { file: flows.csv, period: p, job-finding: f, "
        + "separation: s, start: 0.05 } }")
    flows.files["flows.csv"] = "p,f,s\na,0.2,0.01\nb,0.3,0.01\n"
    let failure = try #require(try flows.failure())
    #expect(failure.found.hasSuffix("no date can be read from \"a\", \"b\""))
    #expect(failure.advice?.contains("order: [...]") == true)
    flows.keys.append("periods: { order: [b, a] }")
    #expect(try flows.run().grids.map(\.period) == ["b", "a"])
  }

  @Test(arguments: [
    ("[a]", "`periods.order` omits \"b\", which is compared"),
    ("[b, a, d]", "unknown period \"d\" in `periods.order`"),
    ("[a, b, a]", "`periods.order` is \"a\""), ("[]", "an empty list"),
  ])
  func ordersThatDoNotFitAreTold(order: String, found: String) throws {
    // c is on one side only, so that it may be listed or not.
    var job = example([("a", 1), ("b", 2), ("c", 3)], [("a", 1), ("b", 2)])
    job.keys = ["periods: { order: [c, b, a] }"]
    #expect(try job.run().grids.map(\.period) == ["b", "a"])
    job.keys = ["periods: { order: \(order) }"]
    #expect(throws: Failure.self) { try job.run() }
    do { _ = try job.run() } catch let failure as Failure { #expect(failure.found == found) }
  }

  @Test func totalsAndTargetsMayWritePeriodsInTheirOwnWay() throws {
    var job = example([("Dec 22", 6), ("Jan 23", 2)], [("Dec 22", 1), ("Jan 23", 2)])
    job.keys = ["guard: { publish: sharpened }"]
    job.provision["markers"] = "{ c: 0..100 }"
    job.provision["totals"] = "{ file: totals.csv, area: area, period: month, value: n }"
    job.files["provision.csv"]? += "A,y,Dec 22,c\nA,y,Jan 23,3\n"
    job.files["totals.csv"] = "area,month,n\nA,2022-12,10\n"
    #expect(try job.run().bounds(.provision, "A", "y") == [4, 4])
    var scaled = example([("Dec 22", 6), ("Jan 23", 2)], [("Dec 22", 1), ("Jan 23", 2)])
    scaled.provision["balance-to"] =
      "{ areas: { file: t.csv, code: area, value: n, period: month }, "
      + "sectors: { file: t.csv, code: sector, value: n, period: month } }"
    scaled.files["t.csv"] = "area,sector,month,n\nA,x,2022-12,12\nA,x,2023-01,20\n"
    let outcome = try scaled.run()
    #expect(outcome.value(.provision, "A", "x") == 12)
    #expect(outcome.value(.provision, "A", "x", grid: 1) == 20)
  }

  @Test func pairsAreTakenInTheOrderOfTheJob() throws {
    let outcome = try example(
      [("a", 1), ("b", 2)], [("c", 3), ("d", 4)], pair: "[ 'b = c', 'a = c' ]"
    ).run()
    #expect(outcome.grids.map(\.period) == ["b = c", "a = c"])
    #expect(outcome.value(.demand, "A", "x", grid: 0) == 3)
    #expect(outcome.value(.demand, "A", "x", grid: 1) == 3)
    #expect(outcome.reconciliation(.demand).filtered == 4)
  }

  @Test(arguments: [("'a = z'", "demand", "z"), ("'z = c'", "provision", "z")])
  func pairOfAnUnknownPeriodIsTold(pair: String, side: String, label: String) throws {
    let failure = try #require(try example([("a", 1)], [("c", 3)], pair: pair).failure())
    #expect(failure.found == "no row of \(side) has period \"\(label)\"")
  }

  @Test func periodsOfFilteredRowsDoNotCount() throws {
    var example = example([("a", 1)], [("a", 3), ("b", 4)])
    example.provision["where"] = "{ sector: x }"
    example.files["provision.csv"] = "area,sector,period,count\nA,x,a,1\nA,y,b,9\n"
    let outcome = try example.run()
    #expect(outcome.grids.map(\.period) == ["a"])
    #expect(outcome.reconciliation(.provision).published == 10)
  }

  @Test func everyInputAndPeriodReconcilesToTheLastUnit() throws {
    var draws = Draws(seed: 21)
    var provision = "area,sector,period,sex,count\n"
    var total = 0
    for area in 0..<30 {
      for sector in 0..<12 {
        for period in ["2021", "2022", "2023"] {
          for sex in ["T", "F"] where draws.below(10) > 0 {
            let count = draws.below(100_000)
            total += count
            provision += "a\(area),s\(sector),\(period),\(sex),\(count)\n"
          }
        }
      }
    }
    let maps = (0..<24).map { area -> String in
      let weights = [draws.below(100) + 1, draws.below(100) + 1, draws.below(100) + 1]
      return weights.enumerated().map { "a\(area),r\((area + $0.offset) % 7),\($0.element)\n" }
        .joined()
    }
    let example = Example(
      provision: [
        "period": "period", "where": "{ sex: T }",
        "area-lookup": "{ file: map.csv, from: a, to: r, weight: w, normalise: true }",
      ],
      demand: ["period": "period", "absent-areas": "zero"],
      keys: ["exclude-sectors: [s1]", "exclude-areas: [r3]"],
      files: [
        "provision.csv": provision, "map.csv": "a,r,w\n" + maps.joined(),
        "demand.csv": "area,sector,period,count\nr1,s1,2021,5\nr2,s2,2022,6\nr0,s0,2022,7\n",
      ])
    let outcome = try example.run()
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.published == Double(total))
    #expect(reconciliation.unmapped > 0)
    #expect(reconciliation.filtered > 0)
    #expect(abs(reconciliation.difference) < 1e-6)
    for row in outcome.reconciliations { #expect(abs(row.reconciliation.difference) < 1e-6) }
    let held = outcome.grids.reduce(0) { $0 + $1.pooled(0..<$1.areas.count).provision.total.value }
    #expect(abs(held - reconciliation.mapped) < 1e-6)
  }
}
