import Foundation
import Mismatch
import Synchronization
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Several runs at once: which are skipped, which fail, and what all came to.
struct BatchTests {
  private static let job = """
    name: town
    provision: { kind: people, file: "prov*.csv", area: area, category: sector, value: count }
    demand: { kind: vacancies, file: demand.csv, area: area, category: sector, value: count }
    accept: { same-unit: tested }
    variants: { a: {}, b: { demand: { file: other.csv } } }
    matrix: { t: [1, 2] }
    tolerance: ${t}

    """

  private func folder() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.write("job.yaml", Self.job)
    for name in ["provision.csv", "demand.csv", "other.csv"] {
      try folder.write(name, Example.counts)
    }
    return folder
  }

  private func run(
    _ files: [String] = ["job.yaml"], in folder: TestFolder, output: String? = nil,
    combine: String? = nil, jobs: Int = 2, memory: Int? = nil, strict: Bool = false
  ) throws -> [BatchRow] {
    let batch = try Batch(
      files: files.map { "\(folder.path)/\($0)" }, output: output.map { "\(folder.path)/\($0)" },
      force: false)
    let files = try BatchFiles(
      batch, combinedFolder: combine.map { "\(folder.path)/\($0)" })
    let told = Mutex<[String]>([])
    let options = BatchWork.Options(
      seed: 0, isStrict: strict, workerCount: jobs, memoryLimit: memory)
    let rows = BatchWork(batch, options) { row in told.withLock { $0.append(row.run) } }.run()
    #expect(told.withLock { $0 } == rows.map(\.run))
    _ = try files.write(rows)
    return rows
  }

  private func statuses(_ rows: [BatchRow]) -> [String] { rows.map(\.status.rawValue) }

  private static let (ran, current) = ("ran", "up to date")

  @Test func eachRunHasItsFolderAndIsSkippedTheSecondTime() throws {
    let folder = try folder()
    let rows = try run(in: folder)
    #expect(rows.map(\.run) == ["a-1", "a-2", "b-1", "b-2"])
    #expect(statuses(rows) == Array(repeating: Self.ran, count: 4))
    #expect(rows[0].result?.provision == 100 && rows[0].result?.areas == 2)
    let files = try folder.files().filter { $0.hasPrefix("out/") }
    #expect(files.contains("out/runs.csv") && files.contains("out/b-2/cells.csv"))
    let before = FileIdentity(path: "\(folder.path)/out/a-1/cells.csv")
    #expect(statuses(try run(in: folder)) == Array(repeating: Self.current, count: 4))
    #expect(FileIdentity(path: "\(folder.path)/out/a-1/cells.csv") == before)
    #expect(try !folder.files().contains { $0.contains(".mismatch-") })
  }

  @Test func whatARunDependsOnMakesItRunAgain() throws {
    let folder = try folder()
    _ = try run(in: folder)
    // A file's time is nothing, its bytes are.
    try folder.write("other.csv", Example.counts)
    #expect(statuses(try run(in: folder)) == Array(repeating: Self.current, count: 4))
    try folder.write("other.csv", Example.counts.replacing("40", with: "41"))
    #expect(statuses(try run(in: folder)) == [Self.current, Self.current, Self.ran, Self.ran])
    try folder.write("job.yaml", Self.job.replacing("[1, 2]", with: "[1, 3]"))
    #expect(
      try run(in: folder).map { "\($0.run) \($0.status.rawValue)" } == [
        "a-1 up to date", "a-3 ran", "b-1 up to date", "b-3 ran",
      ])
    try FileManager.default.removeItem(atPath: "\(folder.path)/out/a-1/cells.csv")
    try FileManager.default.removeItem(atPath: "\(folder.path)/out/b-1/manifest.json")
    try FileManager.default.removeItem(atPath: "\(folder.path)/out/b-3")
    let rows = try run(in: folder)
    #expect(statuses(rows) == [Self.ran, Self.current, "failed", Self.ran])
    // Files without a manifest are nobody's.
    #expect(rows[2].exitStatus == 74)
    // A new file that a pattern finds.
    try folder.write("provision-2.csv", "area,sector,count\nC,x,5\n")
    #expect(statuses(try run(in: folder)) == [Self.ran, Self.ran, "failed", Self.ran])
  }

  @Test func anotherVersionAnotherSeedOrAnEditedFileAreNotUpToDate() throws {
    let folder = try folder()
    _ = try run(in: folder)
    let manifest = try folder.text("out/a-1/manifest.json")
    try folder.write(
      "out/a-1/manifest.json", manifest.replacing("\"\(engineVersion)\"", with: "\"0.0.9\""))
    try folder.write(
      "out/a-2/manifest.json",
      try folder.text("out/a-2/manifest.json").replacing("\"seed\" : 0", with: "\"seed\" : 1"))
    try folder.write("out/b-1/cells.csv", "mine\n")
    let rows = try run(in: folder)
    #expect(statuses(rows) == [Self.ran, Self.ran, "failed", Self.current])
    // An edited file is the user's, and stays.
    #expect(rows[2].message.contains("has changed since that run"))
    #expect(try folder.text("out/b-1/cells.csv") == "mine\n")
  }

  @Test func aFailureDoesNotStopTheRest() throws {
    let folder = try folder()
    try FileManager.default.removeItem(atPath: "\(folder.path)/other.csv")
    try folder.write("plain.yaml", Self.plain("plain"))
    try folder.write("wrong.yaml", "name: [\n")
    let rows = try run(["wrong.yaml", "job.yaml", "none.yaml", "plain.yaml"], in: folder)
    #expect(
      rows.map { "\($0.run) \($0.status.rawValue) \($0.exitStatus)" } == [
        "wrong failed 65", "a-1 ran 0", "a-2 ran 0", "b-1 failed 74", "b-2 failed 74",
        "none failed 74", "plain ran 0",
      ])
    #expect(rows[3].message.hasPrefix("other.csv: cannot be opened"), "\(rows[3].message)")
    #expect(rows[3].folder == "b-1")
  }

  private static func plain(_ name: String) -> String {
    """
    name: \(name)
    provision: { kind: people, file: provision.csv, area: area, category: sector, value: count }
    demand: { kind: vacancies, file: demand.csv, area: area, category: sector, value: count }

    """
  }

  /// A run that is stopped by a check leaves nothing, and is not up to date for those who are stricter.
  @Test func strictnessIsPartOfWhatIsUpToDate() throws {
    let folder = try folder()
    // A sector of one side alone is a warning, or more.
    try folder.write("demand.csv", Example.counts + "A,z,1\n")
    try folder.write("plain.yaml", Self.plain("plain"))
    let files = ["plain.yaml", "job.yaml"]
    let first = try run(files, in: folder)[0]
    #expect(first.status == .ran && !first.warningChecks.isEmpty)
    let strict = try run(files, in: folder, strict: true)[0]
    #expect(strict.status == .failed && strict.exitStatus == 2)
    #expect(strict.message.hasPrefix(strict.warningChecks[0]))
    #expect(try run(files, in: folder)[0].status == .current)
  }

  @Test func twoRunsWithOneFolderAreRefused() throws {
    for (first, second) in [
      ("out", "out"), ("out", "./out/"), ("out", "x/../out"), ("out", "out/deep"), ("link", "real"),
    ] {
      let folder = try folder()
      try folder.write("real/keep", "")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/link", withDestinationPath: "real")
      try folder.write("one.yaml", Self.plain("one") + "output: { folder: \"\(first)\" }\n")
      try folder.write("two.yaml", Self.plain("two") + "output: { folder: \"\(second)\" }\n")
      let failure = #expect(throws: Failure.self, "\(second)") {
        try run(["one.yaml", "two.yaml"], in: folder)
      }
      #expect(failure?.place?.file == "\(folder.path)/two.yaml")
      #expect(try !folder.files().contains { $0.hasSuffix("cells.csv") })
    }
    let folder = try folder()
    try folder.write(
      "job.yaml", Self.job + "output: { folder: \"out/${t}\" }\n")
    #expect(throws: Failure.self) { try run(in: folder) }
    #expect(throws: Failure.self) { try run(["job.yaml", "job.yaml"], in: folder, output: "all") }
  }

  @Test func filesAreTheSameForAnyThreadsAndMemory() throws {
    let folder = try folder()
    try folder.write("other.csv", "area,sector,count\nA,x,none\n")
    var seen: Set<[[UInt8]]> = []
    // Enough for one run alone, and too little for two beside one another.
    var least = 256
    try folder.write("plain.yaml", Self.plain("plain"))
    while try run(["plain.yaml"], in: folder, memory: least)[0].status == .failed {
      least *= 2
    }
    for (number, (jobs, memory)) in [(1, nil), (2, nil), (5, nil), (2, least)].enumerated() {
      let output = "all\(number)"
      _ = try run(
        in: folder, output: output, combine: "\(output)/together", jobs: jobs, memory: memory)
      seen.insert(
        try ["runs.csv", "together/cells.csv", "together/summary.csv", "a-2/manifest.json"].map {
          try folder.bytes("\(output)/\($0)")
        })
    }
    #expect(seen.count == 1)
    let runs = try #require(seen.first?[0])
    let lines = String(decoding: runs, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 5 && lines[1].hasPrefix("a-1,a-1,town,ran,0,"))
    #expect(lines[3].hasPrefix("b-1,b-1,town,failed,65,"))
    #expect(!String(decoding: runs, as: UTF8.self).contains(folder.path))
  }

  @Test func combinedTablesHaveTheRunInFrontAndAllColumns() throws {
    let folder = try folder()
    try folder.write(
      "areas.csv", "code,name\nA,\"A, the \"\"first\"\"\nof two\"\nB,B\n")
    try folder.write(
      "job.yaml",
      Self.plain("town")
        + """
        areas: { lookup: areas.csv, code: code, name: name }
        variants: { few: { measures: [ratio] }, "m,any": {} }

        """.replacing("ratio", with: Measure.provisionPerVacancy.name))
    _ = try run(in: folder, combine: "together")
    let own = try ["few", "m-any"].map {
      try records(inFile: "\(folder.path)/out/\($0)/cells.csv").map(\.fields)
    }
    let all = try records(inFile: "\(folder.path)/together/cells.csv").map(\.fields)
    #expect(all.count == 1 + own.map { $0.count - 1 }.reduce(0, +))
    #expect(Set(all[0]) == Set(["run"] + own[0][0] + own[1][0]))
    for (number, row) in all.dropFirst().enumerated() {
      let (run, line) = number < 4 ? (0, number + 1) : (1, number - 3)
      let expected = Dictionary(uniqueKeysWithValues: zip(own[run][0], own[run][line]))
      for (column, field) in zip(all[0], row).dropFirst() {
        #expect(field == expected[column, default: ""])
      }
      #expect(row[0] == ["few", "m-any"][run])
    }
    // What is ours is replaced, and nothing else.
    _ = try run(in: folder, combine: "together")
    try folder.write("together/cells.csv", "mine\n")
    #expect(throws: Failure.self) { try run(in: folder, combine: "together") }
    #expect(throws: Failure.self) { try run(in: folder, combine: "out/few") }
    try folder.write("out/runs.csv", "mine\n")
    #expect(throws: Failure.self) { try run(in: folder) }
  }
}
