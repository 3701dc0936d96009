import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Where a run's files go: whole or not at all.
struct OutputFolderTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func outcome(_ example: Example = Example()) throws -> Outcome {
    try Session(try example.job(in: folder), workerCount: 1).run()
  }

  private func write(_ outcome: Outcome, to name: String = "out", force: Bool = false) throws {
    try OutputFolder("\(folder.path)/\(name)", force: force)
      .write(outcome, options: Manifest.Options(seed: 0))
  }

  /// The files below a folder with their bytes.
  private func contents(_ place: String = "out") throws -> [String: [UInt8]] {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(place)")
    return Dictionary(
      uniqueKeysWithValues: names.map { ($0, (try? folder.bytes("\(place)/\($0)")) ?? []) })
  }

  private func hasStaging() throws -> Bool {
    try folder.files().contains { $0.contains(".mismatch-") }
  }

  private static let twoPeriods = Example(
    provision: ["period": "p"], demand: ["period": "p"], keys: ["measures: [ gap ]"],
    files: [
      "provision.csv": "area,sector,p,count\nA,x,1,1\nA,x,2,1\n",
      "demand.csv": "area,sector,p,count\nA,x,1,2\nA,x,2,2\n",
    ])

  @Test func allFilesOfTheContractAreWritten() throws {
    try write(try outcome(), to: "new/deep/out")
    let names = Set(try contents("new/deep/out").keys)
    #expect(
      names.isSuperset(of: [
        "cells.csv", "areas.csv", "sectors.csv", "summary.csv", "unmapped.csv", "manifest.json",
        "matrix_share_gap_pp.csv",
      ]))
    #expect(try !hasStaging())
  }

  @Test func sameRunHasTheSameBytes() throws {
    let outcome = try outcome()
    try write(outcome, to: "one")
    try write(outcome, to: "two")
    #expect(try contents("one") == (try contents("two")))
  }

  @Test(arguments: ["out/", "out//"])
  func slashesAtTheEndDoNotMatter(name: String) throws {
    try write(try outcome(), to: name)
    #expect(try contents()["manifest.json"] != nil)
    #expect(try !hasStaging())
  }

  @Test func folderWithoutANameIsRefused() throws {
    let outcome = try outcome()
    let failure = try #require(throws: Failure.self) {
      try OutputFolder("", force: true).write(outcome, options: Manifest.Options(seed: 0))
    }
    #expect(failure.kind == .usage)
  }

  @Test func filesOfAnotherOriginAreNotTouchedUnlessForced() throws {
    try folder.write("out/notes.txt", "mine")
    let outcome = try outcome()
    let failure = try #require(throws: Failure.self) { try write(outcome) }
    #expect(failure.kind == .inputOutput)
    #expect(failure.found == "holds files but no manifest of an earlier run")
    #expect(try contents().keys.sorted() == ["notes.txt"])
    try write(outcome, force: true)
    #expect(try folder.text("out/notes.txt") == "mine")
    #expect(try contents()["cells.csv"] != nil)
  }

  @Test(arguments: [
    "{\"name\": \"a web app\"}", "not JSON", "{\"engine\": \"x\", \"outputs\": []}",
  ])
  func manifestOfAnotherProgramIsForeign(text: String) throws {
    try folder.write("out/manifest.json", text)
    let outcome = try outcome()
    let failure = try #require(throws: Failure.self) { try write(outcome) }
    #expect(failure.kind == .inputOutput)
    #expect(try folder.text("out/manifest.json") == text)
  }

  @Test func emptyFolderMayBeUsed() throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/out", withIntermediateDirectories: true)
    try write(try outcome())
    #expect(try contents()["manifest.json"] != nil)
    #expect(try !hasStaging())
  }

  @Test func staleFilesOfAnEarlierRunGoAndOthersStay() throws {
    try write(try outcome(Self.twoPeriods))
    #expect(try contents()["matrix_gap_1.csv"] != nil)
    try folder.write("out/mine.csv", "extra")
    try write(try outcome(Example(keys: ["measures: [ gap, share_ratio ]"])))
    let names = try contents().keys.filter { !$0.hasSuffix("-metadata.json") }.sorted()
    #expect(
      names == [
        "areas.csv", "cells.csv", "checks.csv", "columns.json", "intervals.csv", "manifest.json",
        "matrix_gap.csv",
        "matrix_share_ratio.csv",
        "mine.csv", "sectors.csv", "summary.csv", "unmapped.csv",
      ])
    #expect(try !hasStaging())
  }

  @Test func periodsOfTheSameLettersHaveFilesOfTheirOwn() throws {
    var example = Self.twoPeriods
    example.keys = ["measures: [ gap ]"]
    example.files["provision.csv"] =
      "area,sector,p,count\nA,x,wave/1,1\nA,x,wave-1,5\nA,x,日,1\nA,x,月,1\n"
    example.files["demand.csv"] =
      "area,sector,p,count\nA,x,wave/1,1\nA,x,wave-1,1\nA,x,日,1\nA,x,月,1\n"
    let outcome = try outcome(example)
    #expect(outcome.grids.count == 4)
    try write(outcome)
    try write(outcome)
    let matrices = try contents().keys.filter {
      $0.hasPrefix("matrix_gap_") && $0.hasSuffix(".csv")
    }
    #expect(matrices.count == 4)
    let manifest = try #require(
      JSONSerialization.jsonObject(with: Data(try folder.bytes("out/manifest.json")))
        as? [String: Any])
    let outputs = try #require(manifest["outputs"] as? [[String: Any]])
      .compactMap { $0["name"] as? String }
    #expect(Set(outputs).count == outputs.count)
    #expect(try Set(contents().keys) == Set(outputs + ["manifest.json"]))
  }

  @Test func failureInTheMiddleLeavesAnEarlierRunAsItWas() throws {
    try write(try outcome())
    for name in ["summary.csv", "manifest.json", "cells.csv"] {
      let path = "\(folder.path)/out/\(name)"
      try FileManager.default.moveItem(atPath: path, toPath: path + ".kept")
      if name == "manifest.json" {
        try FileManager.default.copyItem(atPath: path + ".kept", toPath: path)
      } else {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      }
    }
    let before = try contents()
    let other = try outcome(Example(files: ["provision.csv": "area,sector,count\nA,x,99\n"]))
    let failure = try #require(throws: Failure.self) { try write(other) }
    #expect(failure.kind == .inputOutput)
    #expect(try contents() == before)
    #expect(try !hasStaging())
  }

  @Test func whatAKilledRunLeftIsTakenAwayAndWhatIsOthersStays() throws {
    let outcome = try outcome()
    try write(outcome)
    let before = try contents()
    // As it is left before the exchange, and after it, with a folder of others not yet moved back.
    try folder.write(
      ".out.mismatch-aaaaaa/key", "{\"mark\":\"mismatch staging\",\"moved\":[],\"target\":\"out\"}")
    try folder.write(".out.mismatch-aaaaaa/new/cells.csv", "half")
    try folder.write(
      ".out.mismatch-bbbbbb/key",
      "{\"mark\":\"mismatch staging\",\"moved\":[\"plots\",\"areas.csv\"],\"target\":\"out\"}")
    try folder.write(".out.mismatch-bbbbbb/new/plots/one.svg", "mine")
    try folder.write(".out.mismatch-bbbbbb/new/areas.csv", "changed by hand")
    try folder.write(".out.mismatch-bbbbbb/new/cells.csv", "of the run before")
    // Not ours: no key, the key of another folder, names that only look alike.
    let others = [
      ".out.mismatch-cccccc/cells.csv", ".out.mismatch-dddddd/new/cells.csv",
      "out.partial-2023/cells.csv", "out.partial-\(Int32.max)/thesis.txt",
    ]
    for name in others { try folder.write(name, "mine") }
    try folder.write(
      ".out.mismatch-dddddd/key",
      "{\"mark\":\"mismatch staging\",\"moved\":[],\"target\":\"other\"}")
    try write(outcome)
    for name in others { #expect(try folder.text(name) == "mine") }
    #expect(try folder.text("out/plots/one.svg") == "mine")
    // Its name is taken in the folder, so it stays where it is.
    #expect(try folder.text(".out.mismatch-bbbbbb/new/areas.csv") == "changed by hand")
    let names = try folder.files()
    #expect(!names.contains { $0.hasPrefix(".out.mismatch-aaaaaa") })
    #expect(!names.contains(".out.mismatch-bbbbbb/new/cells.csv"))
    #expect(try contents().filter { $0.key != "plots" } == before)
  }

  @Test func pathBelowAFileCannotBeWritten() throws {
    try folder.write("file", "x")
    let outcome = try outcome()
    for name in ["file", "file/out", "file/deep/out"] {
      let failure = try #require(throws: Failure.self) { try write(outcome, to: name) }
      #expect(failure.kind == .inputOutput)
    }
    #expect(try folder.text("file") == "x")
    #expect(try !hasStaging())
  }

  @Test func folderThatNobodyMayWriteIsToldBeforeAnyWork() throws {
    let failure = try #require(throws: Failure.self) {
      try OutputFolder("/proc/self/mismatch", force: false)
        .write(try outcome(), options: Manifest.Options(seed: 0))
    }
    #expect(failure.kind == .inputOutput)
  }
}
