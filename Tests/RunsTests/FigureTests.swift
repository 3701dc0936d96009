import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Markers, rounding, bounds and published totals, from files to bounds in the grid.
struct FigureTests {
  private func run(_ provision: String, _ keys: [String: String], files: [String: String] = [:])
    throws -> Outcome
  {
    // What the guard does about bounds that totals tighten is a matter of its own tests.
    try Example(
      provision: keys, keys: ["guard: { publish: sharpened }"],
      files: files.merging(["provision.csv": provision]) { $1 }
    ).run()
  }

  private static let marked = "area,sector,count\nA,x,low\nA,y,10\nA,z,0\nB,x,c\n"

  @Test func marksBecomeBoundsAndPoints() throws {
    let keys = ["rounding": "nearest 10", "markers": "{ low: 1..4 }"]
    let outcome = try run(Self.marked, keys)
    let low = try #require(outcome.figure(.provision, "A", "x"))
    #expect(low == Figure(2.5, lower: 1, upper: 4, status: .low))
    #expect(outcome.bounds(.provision, "A", "y") == [5, 14])
    #expect(outcome.bounds(.provision, "A", "z") == [0, 0])
    let withheld = try #require(outcome.figure(.provision, "B", "x"))
    #expect(withheld.value.isNaN)
    #expect(withheld.lower == 0)
    #expect(withheld.upper == .infinity)
    #expect(withheld.status == .confidential)
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.published == 10)
    #expect(reconciliation.markedCounts == [.low: 1, .confidential: 1])
    #expect(reconciliation.imputed.published.value == 2.5)
    #expect(reconciliation.unusableCount == 1)
  }

  @Test(arguments: [("lower", 1), ("middle", 2.5), ("3", 3), ("9", 4)] as [(String, Double)])
  func pointIsTakenBetweenTheBounds(point: String, value: Double) throws {
    let keys = ["rounding": "nearest 10", "markers": "{ low: 1..4 }", "point": point]
    #expect(try run(Self.marked, keys).value(.provision, "A", "x") == value)
  }

  @Test func zeroOfARoundedSourceIsNotExact() throws {
    let outcome = try run("area,sector,count\nA,x,0\nA,y,50\n", ["rounding": "nearest 5"])
    #expect(outcome.bounds(.provision, "A", "x") == [0, 2])
    #expect(outcome.bounds(.provision, "A", "y") == [48, 52])
  }

  @Test func numericMarkersAreMarkers() throws {
    let outcome = try run(
      "area,sector,count\nA,x,9999\nA,y,5\n", ["markers": "{ '9999': { status: x, bounds: 0..3 } }"]
    )
    #expect(
      outcome.figure(.provision, "A", "x")
        == Figure(1.5, lower: 0, upper: 3, status: .unavailable))
    #expect(outcome.value(.provision, "A", "y") == 5)
  }

  @Test func emptyFieldMayBeAMarker() throws {
    let outcome = try run("area,sector,count\nA,x,\nA,y,5\n", ["markers": "{ '': 0..2 }"])
    #expect(outcome.bounds(.provision, "A", "x") == [0, 2])
  }

  @Test func boundsOfTheSourceItself() throws {
    let keys = ["bounds": "{ lower: lo, upper: hi }"]
    let text = "area,sector,count,lo,hi\nA,x,10,8,12\nA,y,20,20,\nB,x,5,,6\n"
    let outcome = try run(text, keys)
    #expect(outcome.bounds(.provision, "A", "x") == [8, 12])
    #expect(outcome.bounds(.provision, "A", "y") == [20, .infinity])
    #expect(outcome.value(.provision, "A", "y") == 20)
    #expect(outcome.bounds(.provision, "B", "x") == [0, 6])
  }

  @Test(arguments: [
    ("10,11,12", "the value 10 lies outside its bounds 11 to 12"),
    ("10,8,9", "the value 10 lies outside its bounds 8 to 9"),
    ("10,few,12", "the bound is \"few\""), ("10,-5,12", "the bound is \"-5\""),
  ])
  func wrongBoundsAreRefused(fields: String, found: String) throws {
    let example = Example(
      provision: ["bounds": "{ lower: lo, upper: hi }"],
      files: ["provision.csv": "area,sector,count,lo,hi\nA,x,\(fields)\n"])
    let failure = try #require(try example.failure())
    #expect(failure.kind == .badData)
    #expect(failure.place?.line == 2)
    #expect(failure.found == found)
  }

  @Test func totalRowsTightenTheirParts() throws {
    let text = "area,sector,count\nA,x,c\nA,y,10\nA,All,13\nB,x,4\n"
    let outcome = try run(text, ["totals": "{ category: All }"])
    #expect(outcome.value(.provision, "A", "x") == 3)
    #expect(outcome.bounds(.provision, "A", "x") == [3, 3])
    #expect(outcome.sectors.codes == ["x", "y"])
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.filteredAsTotals.sum.value == 13)
    #expect(reconciliation.published == 27)
    #expect(reconciliation.mapped == 14)
  }

  @Test func totalsInAFileOfTheirOwnTightenTheirParts() throws {
    let keys = [
      "markers": "{ NA: 0..4 }", "rounding": "nearest 10",
      "totals": "{ file: totals.csv, value: all, where: { sex: T } }",
    ]
    let totals = "area,sex,all\nA,T,20\nA,F,10\nB,T,NA\n"
    let outcome = try run(
      "area,sector,count\nA,x,NA\nA,y,10\nB,x,NA\n", keys, files: ["totals.csv": totals])
    #expect(outcome.bounds(.provision, "A", "x") == [1, 4])
    #expect(outcome.bounds(.provision, "A", "y") == [11, 14])
    #expect(outcome.bounds(.provision, "B", "x") == [0, 4])
    #expect(outcome.inputs.map(\.role).contains("provision totals"))
  }

  /// Marks of small cells say nothing of totals, which have none: 0 is what rounds to 0 (case c13).
  @Test func zeroTotalIsExactOnlyWhereTotalsMarkLowCountsThemselves() throws {
    var keys = [
      "rounding": "nearest 10", "markers": "{ low: 1..4 }",
      "totals": "{ file: totals.csv, value: all }",
    ]
    let text = "area,sector,count\nA,x,c\nA,y,0\n"
    let files = ["totals.csv": "area,all\nA,0\n"]
    #expect(try run(text, keys, files: files).bounds(.provision, "A", "x") == [0, 4])
    keys["totals"] = "{ file: totals.csv, value: all, markers: { low: 1..4 } }"
    #expect(try run(text, keys, files: files).bounds(.provision, "A", "x") == [0, 0])
  }

  @Test func totalThatStandsTwiceIsRefused() throws {
    let text = "area,sector,count\nA,x,1\nA,All,13\nA,All,13\n"
    let failure = try #require(throws: Failure.self) {
      try run(text, ["totals": "{ category: All }"])
    }
    #expect(failure.found == "the total of \"A\" is duplicated")
    #expect(failure.place?.line == 4)
  }

  @Test func totalThatItsPartsCannotMakeIsTold() throws {
    let outcome = try run(
      "area,sector,count\nA,x,10\nA,y,20\nA,All,99\n", ["totals": "{ category: All }"])
    #expect(outcome.conflictingTotals.count == 1)
    #expect(outcome.warnings.contains(outcome.conflictingTotals[0]))
    #expect(outcome.conflictingTotals[0].hasPrefix("provision of A, all: parts of 30.0 to 30.0"))
    #expect(outcome.bounds(.provision, "A", "x") == [10, 10])
  }

  @Test func emptySidesAreUndefinedAndTold() throws {
    let outcome = try Example(files: [
      "demand.csv": "area,sector,count\nA,x,5\nA,y,0\nB,x,0\nB,y,0\n"
    ]).run()
    #expect(
      outcome.warnings.contains { $0.contains("no demand in 1 area (\"B\")") },
      "\(outcome.warnings)")
    #expect(
      outcome.warnings.contains { $0.contains("no demand in 1 sector (\"y\")") })
    let row = try #require(outcome.areas.position(of: "B"))
    let pair = outcome.grids[0].pair(area: row)
    let all = outcome.grids[0].pooled(0..<2)
    let gaps = try #require(Measure.catalogue.first { $0.name == "share_gap_pp" })
      .cells(pair, allAreas: all)
    #expect(gaps.allSatisfy { $0.value.isNaN })
    #expect(gaps.allSatisfy { $0.status.contains(.noDemand) })
  }
}
