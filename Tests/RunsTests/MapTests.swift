import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Area lookups and crosswalks on their way from files to the grid.
struct MapTests {
  private static let lookup = "{ file: lookup.csv, from: from, to: to, weight: w }"

  private func example(_ lookup: String, _ key: String = "area-lookup", map: String = Self.lookup)
    -> Example
  {
    Example(provision: [key: map], files: ["lookup.csv": lookup])
  }

  @Test func weightsSpreadAnAreaOverSeveral() throws {
    let outcome = try example("from,to,w\nA,P,0.25\nA,Q,0.75\nB,Q,1\n").run()
    #expect(outcome.value(.provision, "P", "x") == 2.5)
    #expect(outcome.value(.provision, "Q", "x") == 37.5)
    #expect(outcome.value(.provision, "Q", "y") == 55)
    #expect(outcome.reconciliation(.provision).mapped == 100)
  }

  @Test func weightsSpreadACategoryOverSeveral() throws {
    let outcome = try example("from,to,w\nx,p,0.25\nx,q,0.75\ny,q,1\n", "crosswalk").run()
    #expect(outcome.value(.provision, "A", "p") == 2.5)
    #expect(outcome.value(.provision, "A", "q") == 27.5)
  }

  @Test func boundsGoThroughTheWeights() throws {
    var example = example("from,to,w\nA,P,0.25\nA,Q,0.75\nB,Q,1\n")
    example.provision["rounding"] = "nearest 10"
    let outcome = try example.run()
    #expect(outcome.bounds(.provision, "P", "x") == [1.25, 3.5])
    #expect(outcome.bounds(.provision, "Q", "x") == [28.75, 44.5])
  }

  @Test func chainIsTheProductOfItsMaps() throws {
    let chain =
      "[ { file: one.csv, from: a, to: b, weight: w }, { file: two.csv, from: b, to: c, weight: v } ]"
    let outcome = try Example(
      provision: ["area-lookup": chain],
      files: [
        "one.csv": "a,b,w\nA,m,0.5\nA,n,0.5\nB,n,1\n",
        "two.csv": "b,c,v\nm,P,1\nn,P,0.25\nn,Q,0.75\n",
      ]
    ).run()
    #expect(outcome.value(.provision, "P", "x") == 5 + 1.25 + 7.5)
    #expect(outcome.value(.provision, "Q", "x") == 3.75 + 22.5)
  }

  @Test func whatAChainLosesOnItsWayIsUnmapped() throws {
    let chain =
      "[ { file: one.csv, from: a, to: b, weight: w }, { file: two.csv, from: b, to: c } ]"
    let outcome = try Example(
      provision: ["area-lookup": chain],
      files: ["one.csv": "a,b,w\nA,m,0.5\nA,n,0.5\nB,n,1\n", "two.csv": "b,c\nm,P\n"]
    ).run()
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.mapped == 15)
    #expect(reconciliation.unmapped == 85)
    #expect(outcome.unmapped.filter { $0.subject == .provision }.map(\.published) == [15, 70])
  }

  @Test func sourceThatTheLookupDoesNotKnowIsUnmapped() throws {
    let outcome = try example("from,to,w\nA,P,1\n").run()
    #expect(outcome.reconciliation(.provision).unmapped == 70)
    let row = try #require(outcome.unmapped.first)
    #expect(row.code == "B")
    #expect(row.dimension == .area)
    #expect(row.rowCount == 2)
    #expect(row.published == 70)
  }

  @Test func weightsThatDoNotSumToOneAreRefused() throws {
    let failure = try #require(try example("from,to,w\nB,P,1\nA,P,0.5\nA,Q,0.4\n").failure())
    #expect(failure.kind == .badData)
    #expect(failure.place == Place(file: "lookup.csv", line: 3))
    #expect(failure.found == "weights of \"A\" sum to 0.9 over 2 targets")
    #expect(failure.advice?.contains("`normalise: true`") == true)
  }

  @Test(arguments: ["-0.5", "NaN", "inf", "", "half"])
  func weightThatIsNoShareIsRefusedWithItsPlace(weight: String) throws {
    let failure = try #require(try example("from,to,w\nB,P,1\nA,P,\(weight)\n").failure())
    #expect(failure.kind == .badData)
    #expect(failure.place?.file == "lookup.csv")
    #expect(failure.place?.line == 3)
    #expect(failure.expected == "a number at or above 0")
  }

  @Test func lookupThatIsAnExtractIsFilteredMatchedAndNormalised() throws {
    let extract = """
      provider,home,year,starts
      Acme (10000001),North,2022,1
      Acme (10000001),North,2022,2
      Acme (10000001),South,2022,1
      Acme (10000001),South,2021,"9,999"
      Other (10000002),South,2022,"1,000"

      """
    let outcome = try Example(
      provision: [
        "area-lookup":
          "{ file: lookup.csv, from: { column: provider, match: '(\\d{8})' }, to: home, "
          + "weight: starts, where: { year: 2022 }, normalise: true }"
      ],
      files: [
        "lookup.csv": extract, "provision.csv": "area,sector,count\n10000001,x,8\n10000002,x,5\n",
      ]
    ).run()
    #expect(outcome.value(.provision, "North", "x") == 6)
    #expect(outcome.value(.provision, "South", "x") == 7)
  }

  @Test func sourceWithoutAnyWeightIsUnmappedWhereNormalised() throws {
    let map = "{ file: lookup.csv, from: from, to: to, weight: w, normalise: true }"
    let outcome = try example("from,to,w\nA,P,0\nA,Q,0\nB,P,3\n", map: map).run()
    #expect(outcome.reconciliation(.provision).unmapped == 30)
    #expect(outcome.value(.provision, "P", "y") == 40)
  }

  @Test func withoutWeightsEveryPairStandsOnce() throws {
    let map = "{ file: lookup.csv, from: from, to: to }"
    let outcome = try example("from,to\nA,P\nB,P\n", map: map).run()
    #expect(outcome.value(.provision, "P", "x") == 40)
    let failure = try #require(try example("from,to\nA,P\nB,P\nA,P\n", map: map).failure())
    #expect(failure.place == Place(file: "lookup.csv", line: 4))
    #expect(failure.found == "\"A\" maps to \"P\" twice, first at lookup.csv:2")
  }

  @Test func targetThatNoRegisterKnowsIsRefused() throws {
    var example = example("from,to,w\nA,P,1\nB,Q,0.5\nB,R,0.5\n")
    example.keys = ["areas: { lookup: areas.csv, code: code }"]
    example.files["areas.csv"] = "code\nP\nQ\n"
    let failure = try #require(try example.failure())
    #expect(failure.kind == .badData)
    #expect(failure.place == Place(file: "lookup.csv", line: 4))
    #expect(failure.found.contains("maps to \"R\", which is not in the register"))
  }

  @Test func partOfAnAreaMayGoToAnExcludedOne() throws {
    var example = example("from,to,w\nA,P,0.5\nA,z,0.5\nB,P,1\n")
    example.keys = ["exclude-areas: [z]"]
    let outcome = try example.run()
    #expect(outcome.areas.codes.contains("z") == false)
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.mapped == 85)
    #expect(reconciliation.filtered == 15)
    #expect(reconciliation.unmapped == 0)
  }
}
