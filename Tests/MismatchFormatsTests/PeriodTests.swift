import Mismatch
import Testing

@testable import MismatchFormats

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
    #expect(outcome.balance(.provision).published == 6)
    #expect(outcome.balance(.provision).mapped == 5)
    #expect(outcome.balance(.provision).filtered == 1)
    #expect(outcome.balance(.demand).filtered == 40)
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
    #expect(failure.advice == "Say which meet: `periods: { pair: \"a = c\" }`")
  }

  @Test func pairsAreTakenInTheOrderOfTheJob() throws {
    let outcome = try example(
      [("a", 1), ("b", 2)], [("c", 3), ("d", 4)], pair: "[ 'b = c', 'a = c' ]"
    ).run()
    #expect(outcome.grids.map(\.period) == ["b = c", "a = c"])
    #expect(outcome.value(.demand, "A", "x", grid: 0) == 3)
    #expect(outcome.value(.demand, "A", "x", grid: 1) == 3)
    #expect(outcome.balance(.demand).filtered == 4)
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
    #expect(outcome.balance(.provision).published == 10)
  }

  @Test func everyInputAndPeriodBalancesToTheLastUnit() throws {
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
      demand: ["period": "period"], keys: ["exclude-sectors: [s1]", "exclude-areas: [r3]"],
      files: [
        "provision.csv": provision, "map.csv": "a,r,w\n" + maps.joined(),
        "demand.csv": "area,sector,period,count\nr1,s1,2021,5\nr2,s2,2022,6\nr0,s0,2022,7\n",
      ])
    let outcome = try example.run()
    let balance = outcome.balance(.provision)
    #expect(balance.published == Double(total))
    #expect(balance.unmapped > 0)
    #expect(balance.filtered > 0)
    #expect(abs(balance.difference) < 1e-6)
    for row in outcome.balances { #expect(abs(row.balance.difference) < 1e-6) }
    let held = outcome.grids.reduce(0) { $0 + $1.pooled(0..<$1.areas.count).provision.total.value }
    #expect(abs(held - balance.mapped) < 1e-6)
  }
}
