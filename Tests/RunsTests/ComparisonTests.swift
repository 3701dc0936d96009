import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Two runs side by side, against a comparison that is written down plainly.
struct ComparisonTests {
  /// A run of random counts in some areas, sectors and periods.
  private static func run(
    _ name: String, seed: UInt64, areas: Range<Int>, sectors: Range<Int>, periods: [String],
    in folder: TestFolder
  ) throws -> FinishedRun {
    var draws = Draws(seed: seed)
    var files: [String: String] = [:]
    for side in ["provision", "demand"] {
      var text = "area,sector,count,period\n"
      for area in areas {
        for sector in sectors {
          for period in periods { text += "a\(area),s\(sector),\(draws.below(60)),\(period)\n" }
        }
      }
      files["\(side).csv"] = text
    }
    let inner = try TestFolder()
    let job = try Example(
      provision: ["period": "period", "rounding": "nearest 5"], demand: ["period": "period"],
      keys: ["name: \(name)"], files: files
    ).job(in: inner)
    let outcome = try Session(job, workerCount: 2).run()
    try OutputFolder("\(folder.path)/\(name)", force: false).write(
      outcome, options: Manifest.Options(seed: 0))
    return try FinishedRun(folder: "\(folder.path)/\(name)")
  }

  /// The rows of a run's cells by period, area and sector.
  private static func cells(_ run: FinishedRun) throws -> [[String]: WrittenCell] {
    let table = try run.cellsTable()
    let names = table.columns.map(\.name)
    let headings = WrittenCell.Headings(names)
    var cells: [[String]: WrittenCell] = [:]
    try table.eachRow(names) { texts in
      let cell = WrittenCell(headings, texts)
      cells[[cell.period, cell.areaCode, cell.sectorCode]] = cell
    }
    return cells
  }

  /// The same counts, cell by cell.
  private static func counts(
    _ a: [[String]: WrittenCell], _ b: [[String]: WrittenCell]
  ) -> Comparison.Counts {
    var counts = Comparison.Counts()
    counts.onlyInA = a.keys.count { b[$0] == nil }
    counts.onlyInB = b.keys.count { a[$0] == nil }
    for (key, own) in a {
      guard let other = b[key] else { continue }
      counts.both += 1
      if own.call != other.call { counts.flipped += 1 }
      if Set([own.call, other.call]) == [.over, .under] { counts.reversed += 1 }
      if own.text("share_gap_pp") == other.text("share_gap_pp"), own.gap.value != nil {
        counts.same += 1
      }
      guard let x = own.gap.value, let y = other.gap.value, let i = own.interval,
        let j = other.interval
      else { continue }
      counts.compared += 1
      if !i.contains(y) { counts.outsideA += 1 }
      if !j.contains(x) { counts.outsideB += 1 }
      if !i.contains(y) && !j.contains(x) { counts.moved += 1 }
      if i.upper < j.lower || j.upper < i.lower { counts.apart += 1 }
    }
    return counts
  }

  @Test("Counts, calls and the cells that moved are those of a plain comparison", arguments: 1...6)
  func twin(seed: UInt64) throws {
    let folder = try TestFolder()
    let a = try Self.run(
      "a", seed: seed, areas: 0..<9, sectors: 0..<5, periods: ["2021", "2022"], in: folder)
    let b = try Self.run(
      "b", seed: seed + 100, areas: 2..<(8 + Int(seed)), sectors: 1..<7, periods: ["2022", "2023"],
      in: folder)
    let (cellsA, cellsB) = (try Self.cells(a), try Self.cells(b))
    var rows: [UInt8] = []
    let found = try RunComparison(a, b, workerCount: 2).comparison(top: 5) { rows += $0 }
    #expect(found.counts == Self.counts(cellsA, cellsB))
    #expect(found.counts.both == found.calls.reduce(0) { $0 + $1.count })
    #expect(found.counts.moved > 0 && found.counts.flipped > 0)
    #expect(found.periods == [Comparison.Periods(a: "2022", b: "2022")])
    #expect(found.onlyInA.periods == ["2021"] && found.onlyInB.periods == ["2023"])
    #expect(found.onlyInA.areas == ["a0", "a1"] && found.onlyInB.sectors == ["s5", "s6"])
    let sizes = found.moved.map { abs($0.difference) }
    #expect(sizes == sizes.sorted(by: >) && sizes.count == min(5, found.counts.moved))
    try expectRows(rows, of: found, cellsA, cellsB, in: folder)
  }

  /// The table has every cell of both runs once, with the gaps of their files.
  private func expectRows(
    _ bytes: [UInt8], of comparison: Comparison, _ a: [[String]: WrittenCell],
    _ b: [[String]: WrittenCell], in folder: TestFolder
  ) throws {
    let records = try RunsTests.records(inFile: folder.write("all.csv", bytes: bytes)).map(\.fields)
    let header = try #require(records.first)
    let counts = comparison.counts
    #expect(records.count - 1 == counts.both + counts.onlyInA + counts.onlyInB)
    func column(_ name: String, _ row: [String]) -> String {
      header.firstIndex(of: name).map { row[$0] } ?? "none"
    }
    for row in records.dropFirst() {
      let key = [column("area_code", row), column("sector_code", row)]
      let own = a[[column("period_a", row)] + key]
      let other = b[[column("period_b", row)] + key]
      #expect(own != nil || other != nil)
      #expect(column("gap_a", row) == own?.text("share_gap_pp") ?? "")
      #expect(column("gap_b_upper", row) == other?.text("share_gap_pp_combined_upper") ?? "")
      #expect(column("call_b", row) == other?.text("call") ?? "")
    }
    let moved = records.dropFirst().count { column("moved", $0) == "true" }
    let flipped = records.dropFirst().count { column("flipped", $0) == "true" }
    #expect(moved == counts.moved && flipped == counts.flipped)
  }

  @Test("The same for any number of threads, and a run is the same as itself")
  func threads() throws {
    let folder = try TestFolder()
    let london = try FinishedRun.ofLondon(in: folder)
    var texts: [[UInt8]] = []
    for workers in [1, 3] {
      var text: [UInt8] = []
      let same = try RunComparison(london, london, workerCount: workers).comparison(top: 3) {
        text += $0
      }
      texts.append(text)
      #expect(same.counts.same == 532 && same.counts.both == 532 && same.counts.moved == 0)
      #expect(same.calls.allSatisfy { $0.a == $0.b } && same.moved.isEmpty)
      #expect(same.differences.jobIsSame && same.differences.inputs.isEmpty)
    }
    #expect(texts[0] == texts[1])
  }

  @Test("One period of each run is compared whatever it is called")
  func onePeriod() throws {
    let folder = try TestFolder()
    let a = try Self.run("a", seed: 1, areas: 0..<3, sectors: 0..<3, periods: ["2021"], in: folder)
    let b = try Self.run("b", seed: 2, areas: 0..<3, sectors: 0..<3, periods: ["2022"], in: folder)
    let found = try RunComparison(a, b, workerCount: 1).comparison(top: 1)
    #expect(found.periods == [Comparison.Periods(a: "2021", b: "2022")] && found.counts.both == 9)
    #expect(found.onlyInA.periods.isEmpty)
  }

  @Test("Runs without a common area, sector or period are refused, with what each has")
  func apart() throws {
    let folder = try TestFolder()
    let a = try Self.run(
      "a", seed: 1, areas: 0..<2, sectors: 0..<2, periods: ["2021", "2022"], in: folder)
    for (name, areas, sectors, periods, what) in [
      ("b", 5..<7, 0..<2, ["2021"], "no area"), ("c", 0..<2, 5..<7, ["2021"], "no sector"),
      ("d", 0..<2, 0..<2, ["2023"], "no period"),
    ] {
      let other = try Self.run(
        name, seed: 2, areas: areas, sectors: sectors, periods: periods, in: folder)
      let failure = #expect(throws: Failure.self) {
        try RunComparison(a, other, workerCount: 1)
      }
      #expect(failure?.found.hasPrefix("\(what) is also one of") == true)
      #expect(failure?.kind == .usage && failure?.advice != nil)
    }
  }

  @Test("Lines of jobs that differ are named with their numbers")
  func jobLines() {
    let lines = RunDifferences.lines("a\nb\nc\nd\n", "a\nc\nx\nd\n")
    #expect(
      lines == [
        RunDifferences.JobLine(run: "A", number: 2, text: "b"),
        RunDifferences.JobLine(run: "B", number: 3, text: "x"),
      ])
    #expect(RunDifferences.lines("a\n", "a\n").isEmpty)
  }
}
