import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Tallies of parts of a side, added up in any way, against a tally of the whole; and what is refused.
struct TallyTests {
  private static let heading = "area,sector,month,count,id"

  /// A job whose provision is read as `keys` say.
  private static func job(_ keys: [String: String], in folder: TestFolder) throws -> Job {
    try Example(
      provision: ["period": "month"].merging(keys) { $1 },
      files: ["provision.csv": heading + "\nA,x,May 24,1,0\n"]
    ).job(in: folder)
  }

  private static func bytes(_ job: Job, _ files: [InputFile]) throws -> [UInt8] {
    var job = job
    job.sides.provision.table.files = files
    var bytes: [UInt8] = []
    try Session(job, workerCount: 1).read(.provision, watch: nil).writeTally(job.sides.provision) {
      bytes += $0
    }
    return bytes
  }

  private static func merged(_ files: [InputFile]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try SideReading.merge(files) { bytes += $0 }
    return bytes
  }

  private static let readings: [[String: String]] = [
    [:], ["sum-over": "rows"], ["sum-over": "[id]"], ["value": "{ rows: 1 }"],
    ["rounding": "nearest 5", "markers": "{ low: 1..4 }"],
    ["rounding": "nearest 10", "sum-over": "rows"],
  ]

  /// Rows of keys that occur once, or of records; counts, fractions or marks.
  private static func rows(_ draws: inout Draws, isUnique: Bool) -> [String] {
    var rows: [String] = []
    let isFractional = draws.below(2) == 0
    for area in 0..<(1 + draws.below(5)) {
      for sector in 0..<(1 + draws.below(4)) {
        for month in ["May 24", "Jun 24"] {
          for _ in 0..<(isUnique ? draws.below(2) : draws.below(4)) {
            let count = "\(draws.below(9000))" + (isFractional ? ".\(draws.below(1_000_000))" : "")
            let text = draws.below(6) == 0 ? draws.pick(["c", "[x]", "z"]) : count
            rows.append("A\(area),\"s \(sector)\",\(month),\(text),\(rows.count)")
          }
        }
      }
    }
    for place in rows.indices.reversed() where place > 0 {
      rows.swapAt(place, draws.below(place + 1))
    }
    return rows
  }

  @Test("Whatever the cut, the order and the tree: the same bytes", arguments: 0..<10)
  func mergingIsAddition(_ hundred: Int) throws {
    let folder = try TestFolder()
    for seed in UInt64(hundred * 100)..<UInt64(hundred * 100 + 100) {
      var draws = Draws(seed: seed, cell: 21)
      let keys = draws.pick(Self.readings)
      let job = try Self.job(keys, in: folder)
      let rows = Self.rows(&draws, isUnique: keys["sum-over"] == nil && keys["value"] == nil)
      let count = 1 + draws.below(5)
      var cuts = [[String]](repeating: [], count: count)
      for row in rows { cuts[draws.below(count)].append(row) }
      cuts.removeAll(where: \.isEmpty)
      guard !cuts.isEmpty else { continue }
      var waiting: [InputFile] = []
      let files = try cuts.enumerated().map { number, cut in
        let text = ([Self.heading] + cut).joined(separator: "\n") + "\n"
        return InputFile(
          name: "cut-\(number)", path: try folder.write("cut-\(seed)-\(number).csv", text))
      }
      for (number, file) in files.enumerated() {
        let path = try folder.write("t-\(seed)-\(number)", bytes: try Self.bytes(job, [file]))
        waiting.append(InputFile(name: path, path: path))
      }
      var merges = 0
      while waiting.count > 1 {
        let group = (0..<min(waiting.count, 2 + draws.below(2))).map { _ in
          waiting.remove(at: draws.below(waiting.count))
        }
        merges += 1
        let path = try folder.write("m-\(seed)-\(merges)", bytes: try Self.merged(group))
        waiting.insert(
          InputFile(name: path, path: path), at: draws.below(waiting.count + 1))
      }
      let expected = try Self.bytes(job, files)
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: waiting[0].path)) == Data(expected),
        "seed \(seed)")
      #expect(try Self.merged(waiting) == expected, "seed \(seed)")
    }
  }

  @Test(
    "A run on tallies is a run on the files: every file but the manifest", arguments: [false, true])
  func runsOnTallies(areRecords: Bool) throws {
    let folder = try TestFolder()
    let example = Example(
      provision: [
        "area-lookup": "{ file: lookup.csv, from: a, to: b, weight: w }",
        "crosswalk": "{ file: crosswalk.csv, from: a, to: b, weight: w }",
        "rounding": "nearest 5", "markers": "{ low: 1..2 }", "period": "month",
      ].merging(areRecords ? ["sum-over": "rows"] : [:]) { $1 },
      demand: ["period": "month"],
      keys: ["sectors: { file: sectors.csv, code: code }"],
      files: [
        "provision.csv":
          "area,area_name,sector,month,count\nA,Ayton,p,1,10\nB,Bee,p,1,low\nB,Bee,q,1,25\n"
          + "Z,Zed,q,1,5\nA,Ayton,old,1,15\n" + (areRecords ? "A,Ayton,p,1,20\nB,Bee,p,1,5\n" : ""),
        "demand.csv": "area,sector,month,count\nA,x,1,10\nB,y,1,7\nB,x,1,3\nC,x,1,4\n",
        "lookup.csv": "a,b,w\nA,A,0.7\nA,B,0.3\nB,B,1\n",
        "crosswalk.csv": "a,b,w\np,x,0.25\np,y,0.75\nq,y,1\n", "sectors.csv": "code\nx\ny\n",
      ])
    let job = try example.job(in: folder)
    var tallies = Sides<[InputFile]> { _ in [] }
    for side in Side.allCases {
      var bytes: [UInt8] = []
      try Session(job, workerCount: 1).read(side, watch: nil).writeTally(job.sides[side]) {
        bytes += $0
      }
      let path = try folder.write("\(side.rawValue).tally", bytes: bytes)
      tallies[side] = [InputFile(name: path, path: path)]
    }
    let own = try Session(job, workerCount: 1).run()
    let added = try Session(job, workerCount: 2, tallies: tallies).run()
    for name in OutputCatalogue.names where name.hasSuffix(".csv") && !name.contains("*") {
      #expect(try text(name, of: added) == text(name, of: own), "\(name)")
    }
    #expect(added.reconciliation(.provision) == own.reconciliation(.provision))
    #expect(own.reconciliation(.provision).unmapped > 0)
  }

  private func text(_ name: String, of outcome: Outcome) throws -> String {
    OutputCatalogue.tables(of: outcome).filter { $0.name == name }
      .map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
  }

  // MARK: Refusals

  /// How tallies of two files fail to be added up.
  private func failure(
    _ keys: [String: String] = [:], other: [String: String]? = nil, _ texts: [String],
    names: [String] = ["one", "two"]
  ) throws -> Failure? {
    let folder = try TestFolder()
    let paths = try zip(texts, names).enumerated().map { number, part in
      let job = try Self.job(number == 1 ? other ?? keys : keys, in: folder)
      let path = try folder.write("\(number).csv", Self.heading + "\n" + part.0)
      let bytes = try Self.bytes(job, [InputFile(name: part.1, path: path)])
      return try folder.write("\(number).tally", bytes: bytes)
    }
    return #expect(throws: Failure.self) {
      try Self.merged(paths.map { InputFile(name: $0, path: $0) })
    }
  }

  @Test func aKeyInTwoTalliesIsRefusedWithBothPlaces() throws {
    let found = try failure(
      ["": ""].filter { _ in false }, ["B,x,1,5,0\nA,x,1,5,1\n", "A,x,1,7,2\n"])
    let text = try #require(found?.description)
    #expect(found?.kind == .badData && text.contains("two:2") && text.contains("one:3"))
    let marked = try failure([:], ["A,x,1,c,0\n", "A,x,1,7,2\n"])
    #expect(marked?.description.contains("one:2") == true)
  }

  @Test func aShardThatIsGivenTwiceIsRefused() throws {
    let found = try failure(
      ["sum-over": "rows"], ["A,x,1,5,0\n", "A,x,1,5,0\n"], names: ["one", "one"])
    #expect(found?.kind == .badData && found?.found.contains("\"one\" is duplicated") == true)
  }

  @Test(arguments: [
    ["where": "{ id: 0 }"], ["rounding": "nearest 5"], ["value": "{ rows: 1 }"],
    ["sum-over": "[id]"], ["markers": "{ c: 1..4 }"], ["where": "{ kind: a }"],
  ])
  func talliesThatAreReadOtherwiseAreRefused(other: [String: String]) throws {
    let heading = Self.heading.replacing("id", with: "id,kind")
    let folder = try TestFolder()
    let paths = try [[:], other].enumerated().map { number, keys in
      let job = try Self.job(keys, in: folder)
      let path = try folder.write("\(number).csv", heading + "\nA,x,1,5,0,a\n")
      let bytes = try Self.bytes(job, [InputFile(name: "\(number)", path: path)])
      return try folder.write("\(number).tally", bytes: bytes)
    }
    let found = #expect(throws: Failure.self) {
      try Self.merged(paths.map { InputFile(name: $0, path: $0) })
    }
    #expect(found?.found.contains("not of the same kind") == true)
  }

  @Test func aSumThatIsTooFineIsRefused() throws {
    let folder = try TestFolder()
    let job = try Self.job(["sum-over": "rows"], in: folder)
    let rows = ["1000000000000", "0.1", "0.0000000000000011"]
      .map { "A,x,1,\($0),0\n" }.joined()
    let path = try folder.write("fine.csv", Self.heading + "\n" + rows)
    let found = #expect(throws: Failure.self) {
      try Self.bytes(job, [InputFile(name: "fine", path: path)])
    }
    #expect(found?.kind == .badData && found?.found.contains("finer than a tally holds") == true)
  }

  @Test func whatIsCutOrNoTallyIsRefused() throws {
    let folder = try TestFolder()
    let job = try Self.job([:], in: folder)
    let path = try folder.write("whole.csv", Self.heading + "\nA,x,1,5,0\n")
    let whole = String(
      decoding: try Self.bytes(job, [InputFile(name: "w", path: path)]), as: UTF8.self)
    let lines = whole.split(separator: "\n").map(String.init)
    for (kept, word) in [
      ([0], "no `tally` row"), ([0] + [2], "no `tally` row"), ([0, 1] + [5], "no `input` row"),
    ] {
      let text = kept.map { lines[$0] }.joined(separator: "\n") + "\n"
      let cut = try folder.write("cut.csv", text)
      let found = #expect(throws: Failure.self) {
        try Self.merged([InputFile(name: cut, path: cut)])
      }
      #expect(found?.description.contains(word) == true, "\(found?.description ?? "")")
    }
    let other = #expect(throws: Failure.self) {
      try Self.merged([InputFile(name: path, path: path)])
    }
    #expect(other?.found.contains("not the columns of a tally") == true)
  }

  @Test func aTallyThatEndsEarlyIsRefusedWhereverItIsCut() throws {
    let folder = try TestFolder()
    let job = try Self.job(["totals": "{ category: all }"], in: folder)
    let rows = ["A,x,1,5,0", "A,y,1,c,0", "A,all,1,9,0", "B,x,1,2,0", "B,all,2,4,0"]
    let path = try folder.write(
      "whole.csv", ([Self.heading] + rows).joined(separator: "\n") + "\n")
    let whole = String(
      decoding: try Self.bytes(job, [InputFile(name: "w", path: path)]), as: UTF8.self)
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for count in 1..<lines.count - 1 {
      let cut = try folder.write(
        "cut.csv", lines.prefix(count).joined(separator: "\n") + "\n")
      let found = #expect(throws: Failure.self) {
        try Self.merged([InputFile(name: cut, path: cut)])
      }
      #expect(found?.kind == .badData, "after line \(count)")
    }
    #expect(
      try Self.merged([InputFile(name: path, path: try folder.write("t", whole))])
        == Array(whole.utf8))
  }

  @Test(arguments: [
    ("cell,1,A,x,,,4294967296,5,,,,,,w,2,", "at most 4294967295"),
    ("cell,1,A,x,,,0,5,,,,,,w,2,", "at least 1"),
    ("cell,1,A,x,,,-1,5,,,,,,w,2,", "a whole number"),
    ("cell,1,A,x,,,1,five,,,,,,w,2,", "a number, or nothing"),
    ("mark,1,A,x,c,,1,,,,,,,w,2,", "a status and bounds"),
    ("sum,1,A,x,,,1,5,,,,,,w,2,", "cell, mark"),
    ("account,1,,,other,w,1,5,,,,,,,,", "published, where or totals"),
    ("tally,,,,,,,,,,,,,,,{}", "one in each"),
    ("input,,,,,v,1,,,,,,,,,[", "writes there"),
    ("cell,1,A,x,,,1,1e400,,,,,,w,2,", "a number, or nothing"),
  ])
  func rowsThatSayNothingAreRefused(row: String, expected: String) throws {
    let folder = try TestFolder()
    let job = try Self.job(["sum-over": "rows"], in: folder)
    let path = try folder.write("whole.csv", Self.heading + "\nB,y,1,5,0\n")
    let whole = String(
      decoding: try Self.bytes(job, [InputFile(name: "w", path: path)]), as: UTF8.self)
    let bad = try folder.write("bad.csv", whole + row + "\n")
    let found = #expect(throws: Failure.self) {
      try Self.merged([InputFile(name: bad, path: bad)])
    }
    #expect(found?.kind == .badData && found?.place?.line == whole.split(separator: "\n").count + 1)
    #expect(found?.expected?.contains(expected) == true, "\(found?.description ?? "")")
  }

  @Test func rowsOfATallyMayComeInAnyOrder() throws {
    let folder = try TestFolder()
    let job = try Self.job(["sum-over": "rows"], in: folder)
    let path = try folder.write(
      "whole.csv", Self.heading + "\nA,x,1,5,0\nB,y,1,c,1\nA,x,1,0.5,2\n")
    let bytes = try Self.bytes(job, [InputFile(name: "w", path: path)])
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    lines[1...].reverse()
    let turned = try folder.write("turned.csv", lines.joined(separator: "\n") + "\n")
    #expect(try Self.merged([InputFile(name: turned, path: turned)]) == bytes)
  }
}

/// Rows that are records.
struct RecordTests {
  private static let rows =
    "id,area,sector,month\n1,A,x,May 24\n2,A,x,May 24\n3,B,y,May 24\n1,A,x,Jun 24\n"

  private func example(_ keys: [String: String], _ rows: String = rows) -> Example {
    Example(
      provision: ["period": "month", "value": "{ rows: 1 }"].merging(keys) { $1 },
      demand: ["period": "{ constant: May 24 }"],
      keys: ["periods: [{ label: May, provision: May 24, demand: May 24 }]"].filter { _ in false },
      files: ["provision.csv": rows])
  }

  @Test func eachRowCountsOne() throws {
    for keys in [[:], ["sum-over": "rows"], ["unique": "id"]] {
      let outcome = try example(keys).run()
      #expect(outcome.value(.provision, "A", "x") == 2 && outcome.value(.provision, "B", "y") == 1)
      #expect(outcome.reconciliation(.provision).published == 4)
    }
  }

  @Test func valuesOfRecordsAreAdded() throws {
    let rows = "area,sector,month,count\nA,x,May 24,2\nA,x,May 24,2\nA,x,May 24,c\nB,y,May 24,1.5\n"
    let outcome = try example(
      ["value": "count", "sum-over": "rows", "markers": "{ c: 0..4 }"], rows
    ).run()
    #expect(outcome.value(.provision, "A", "x") == 6)
    #expect(outcome.bounds(.provision, "A", "x") == [4, 8])
  }

  @Test func aReferenceIsThereOnceInAPeriod() throws {
    let failure = try example(["unique": "id"], Self.rows + "2,B,x,May 24\n").failure()
    let text = try #require(failure?.description)
    #expect(text.contains("provision.csv:6:1") && text.contains("provision.csv:3"))
    #expect(text.contains("the record \"2\" is duplicated"))
  }

  @Test(arguments: ["rounding: nearest 5", "unit: thousands", "status: id"])
  func aRowThatCountsOneHasNoOtherFigure(key: String) throws {
    let parts = key.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
    let failure = #expect(throws: Failure.self) { try example([parts[0]: parts[1]]).run() }
    #expect(failure?.kind == .badData && failure?.place?.line != nil)
  }

  @Test func uniqueNeedsRecords() throws {
    let failure = #expect(throws: Failure.self) {
      try example(["value": "id", "unique": "id"]).run()
    }
    #expect(failure?.expected?.contains("sum-over: rows") == true)
  }

  @Test func theRoundingOfFiguresDoesNotDependOnTheirOrder() {
    let figures = (1...15).map { Double($0 * 50) } + (1...15).map { Double($0 * 20) }
    var bases: [Double?] = []
    for order in [figures, figures.reversed()] {
      var trace = RoundingTrace(.none)
      for (line, figure) in order.enumerated() { trace.note(figure, line: line) }
      bases.append(trace.fittingBase)
    }
    #expect(bases == [10, 10])
  }
}
