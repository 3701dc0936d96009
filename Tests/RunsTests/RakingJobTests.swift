import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs that scale a side to published totals.
struct RakingJobTests {
  private static let targets =
    "{ areas: { file: a.csv, code: code, value: total }, "
    + "sectors: { file: s.csv, code: code, value: total } }"

  private func example(
    _ side: [String: String] = [:], areas: String = "A,90\nB,110\n",
    sectors: String = "x,80\ny,120\n", keys: [String] = [], files: [String: String] = [:]
  ) -> Example {
    Example(
      provision: ["balance-to": Self.targets].merging(side) { $1 }, keys: keys,
      files: ["a.csv": "code,total\n" + areas, "s.csv": "code,total\n" + sectors]
        .merging(files) { $1 })
  }

  @Test func sideMeetsItsTotalsAndKeepsItsPattern() throws {
    let outcome = try example().run()
    let cells = ["A", "B"].map { area in
      ["x", "y"].map { outcome.value(.provision, area, $0) ?? .nan }
    }
    let close = Closeness.absolute(1e-9)
    #expect(close.holds(cells.map { $0[0] + $0[1] }, [90, 110]))
    #expect(close.holds([cells[0][0] + cells[1][0], cells[0][1] + cells[1][1]], [80, 120]))
    // The counts were 10, 20, 30, 40: their cross-product ratio stays.
    #expect(close.holds(cells[0][0] * cells[1][1] / (cells[0][1] * cells[1][0]), 400.0 / 600))
    #expect(outcome.value(.demand, "A", "x") == 10)
    let figure = try #require(outcome.figure(.provision, "A", "x"))
    #expect(figure.status == .estimated)
    #expect(figure.lower == figure.value && figure.upper == figure.value)
    #expect(outcome.caveats.contains { $0.hasPrefix("Provision of all was scaled from 100 to") })
    #expect(outcome.job.inference.kinds == .bounds)
    #expect(outcome.inputs.map(\.role).contains("provision area totals"))
  }

  @Test func roundedCountsHaveTheBoundsOfTheTotals() throws {
    let outcome = try example(["rounding": "nearest 10"]).run()
    let bounds = ["A", "B"].flatMap { area in
      ["x", "y"].map { outcome.bounds(.provision, area, $0) ?? [] }
    }
    #expect(bounds == [[0, 80], [10, 90], [0, 80], [30, 110]])
    let total = outcome.grids[0].pair(area: 0).provision.total
    #expect(total.lower == 90 && total.upper == 90)
  }

  @Test func fileHoldsSumsBeforeAndAfter() throws {
    let folder = try TestFolder()
    let outcome = try Session(try example().job(in: folder), workerCount: 1).run()
    try OutputFolder("\(folder.path)/out", force: false)
      .write(outcome, options: Manifest.Options(seed: 1))
    let rows = try RunsTests.rows(try folder.text("out/balancing.csv"))
    #expect(
      rows[0] == ["side", "period", "dimension", "code", "name", "before", "target", "after"])
    #expect(rows.dropFirst().map { $0[3] } == ["A", "B", "x", "y"])
    #expect(rows.dropFirst().map { $0[5] } == ["30", "70", "40", "60"])
    #expect(rows.dropFirst().map { $0[6] } == ["90", "110", "80", "120"])
    for row in rows.dropFirst() {
      #expect(abs((Double(row[7]) ?? .nan) - (Double(row[6]) ?? .nan)) < 1e-9)
    }
    let manifest = try folder.text("out/manifest.json")
    #expect(manifest.contains("\"cells_forced_to_zero\" : 0"))
    #expect(manifest.contains("\"iterations\""))
  }

  @Test func periodsHaveTheirOwnTotals() throws {
    let targets =
      "{ areas: { file: a.csv, code: code, value: total, period: year }, "
      + "sectors: { file: s.csv, code: code, value: total, period: year } }"
    let counts = "area,sector,year,count\nA,x,1,10\nB,x,1,20\nA,x,2,30\nB,x,2,40\n"
    let files = [
      "provision.csv": counts, "demand.csv": counts,
      "a.csv": "code,total,year\nA,1,1\nB,2,1\nA,3,2\nB,4,2\n",
      "s.csv": "code,total,year\nx,3,1\nx,7,2\n",
    ]
    let outcome = try Example(
      provision: ["balance-to": targets, "period": "year"], demand: ["period": "year"],
      files: files
    ).run()
    #expect(outcome.value(.provision, "B", "x", grid: 0) == 2)
    #expect(outcome.value(.provision, "B", "x", grid: 1) == 4)
    let single = try Example(
      provision: ["balance-to": Self.targets, "period": "year"], demand: ["period": "year"],
      files: files.merging(["a.csv": "code,total\nA,1\nB,2\n", "s.csv": "code,total\nx,3\n"]) { $1 }
    ).failure()
    #expect(single?.found == "the area totals have one period, but the job compares several")
  }

  @Test(
    "Totals that cannot be used are told",
    arguments: [
      ("A,90\nB,100\n", "x,80\ny,120\n", "the area totals of provision of all sum to 190"),
      ("A,90\n", "x,80\ny,120\n", "no total of area \"B\""),
      ("A,90\nB,110\nC,0\n", "x,80\ny,120\n", "a total of \"C\", which is not a known area"),
      ("A,90\nB,110\nB,1\n", "x,80\ny,120\n", "\"B\" has two totals, the first at a.csv:3"),
      ("A,90\nB,-1\n", "x,80\ny,120\n", "the total is \"-1\""),
      ("A,90\nB,c\n", "x,80\ny,120\n", "the total is \"c\""),
    ])
  func badTotals(areas: String, sectors: String, found: String) throws {
    let failure = try #require(try example(areas: areas, sectors: sectors).failure())
    #expect(failure.found.hasPrefix(found), "\(failure)")
    #expect(failure.kind == .badData && failure.place?.file == "a.csv")
  }

  @Test func zerosThatLeaveNoRoomAreNamed() throws {
    let files = ["provision.csv": "area,sector,count\nA,x,10\nB,x,5\nB,y,7\n"]
    let failure = try #require(try example(files: files).failure())
    #expect(
      failure.found == "provision of all cannot be scaled to the totals: the totals of area \"A\" "
        + "are more by 10 than those of the only sector \"x\" with a count there")
    let none = ["provision.csv": "area,sector,count\nA,x,10\nA,y,0\nB,x,5\n"]
    let empty = try #require(try example(files: none).failure())
    #expect(empty.found.hasSuffix("sector \"y\" has no count in any area, but a total"))
  }

  @Test func withheldCountsWithoutPointAreRefused() throws {
    let failure = try example(
      ["markers": "{ c: 0.. }"], files: ["provision.csv": "area,sector,count\nA,x,c\nB,y,1\n"]
    ).failure()
    #expect(failure?.found.contains("no value in area \"A\", sector \"x\"") == true)
  }

  @Test func explainTellsTheScaling() throws {
    let folder = try TestFolder()
    let job = try example().job(in: folder)
    let outcome = try Session(job, workerCount: 1).run()
    try OutputFolder("\(folder.path)/out", force: false)
      .write(outcome, options: Manifest.Options(seed: 1))
    let run = try FinishedRun(folder: "\(folder.path)/out")
    let cell = try run.cell(area: "A", sector: "x", period: nil)
    let history = try Session(job, workerCount: 1).history(of: cell, in: run)
    #expect(history.differences.isEmpty)
    let scaling = try #require(history.sides[0].scaling)
    #expect(scaling.source.value == 10 && history.sides[0].sum == 10)
    #expect(scaling.area.before == 30 && scaling.area.target == 90)
    #expect(history.sides[0].cell.value == outcome.value(.provision, "A", "x"))
    #expect(history.sides[1].scaling == nil)
  }

  @Test func jobKeysAreChecked() throws {
    let failure = try example(["balance-to": "{ areas: { file: a.csv, code: code, value: total } }"]
    )
    .failure()
    #expect(failure?.found == "`provision.balance-to` has no key \"sectors\"")
  }
}

/// The bounds of a scaled side against sources drawn within the rounding.
struct RakedBoundsTests {
  @Test("Any source within its bounds is scaled to within the scaled bounds", arguments: 1...6)
  func containment(seed: Int) throws {
    let random = RandomGrid(.bounded, seed: UInt64(seed))
    let table = random.grid.provision
    let target = random.grid.demand.value
    let totals = (
      (0..<target.rowCount).map { target.row($0).reduce(0, +) },
      (0..<target.columnCount).map { column in
        (0..<target.rowCount).reduce(0.0) { $0 + target[$1, column] }
      }
    )
    let balanced = try? table.balanced(areaTotals: totals.0, sectorTotals: totals.1).table
    guard let balanced else { return }
    var draws = RandomSource(seed: UInt64(seed), stream: 3)
    let close = Closeness.either(1e-9)
    for _ in 0..<30 {
      let drawn = random.drawInside(&draws).provision
      guard
        let other = try? drawn.balanced(areaTotals: totals.0, sectorTotals: totals.1).table.value
      else { continue }
      for index in other.elements.indices {
        #expect(
          close.holds(
            other.elements[index], within: balanced.lower.elements[index],
            balanced.upper.elements[index]))
      }
    }
  }
}
