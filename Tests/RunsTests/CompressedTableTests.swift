import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Tables that are written as gzip.
struct CompressedTableTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func example(_ output: String) -> Example {
    // More cells than a block holds.
    let counts =
      "area,sector,count\n"
      + (0..<60).map { area in (0..<40).map { "A\(area),s\($0),\(area * $0 % 17)\n" }.joined() }
      .joined()
    return Example(
      keys: ["output: \(output)"], files: ["provision.csv": counts, "demand.csv": counts])
  }

  private func run(_ output: String, workerCount: Int = 1, to name: String = "out") throws {
    let job = try example(output).job(in: folder)
    let outcome = try Session(job, workerCount: workerCount).run()
    try OutputFolder("\(folder.path)/\(name)", force: false)
      .write(outcome, options: Manifest.Options(seed: 0), workerCount: workerCount)
  }

  /// The text of a file without its wrapping.
  private func text(_ name: String) throws -> [UInt8] {
    let source = try ByteSource(path: "\(folder.path)/\(name)")
    var (text, block) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while case let count = try block.withUnsafeMutableBytes({ try source.read(into: $0) }),
      count > 0
    {
      text += block[..<count]
    }
    return text
  }

  @Test func textIsThatOfThePlainTables() throws {
    try run("{ files: all }", to: "plain")
    try run("{ files: all, compress: gzip }", to: "packed")
    let tables = try folder.files().filter { $0.hasPrefix("plain/") && $0.hasSuffix(".csv") }
    #expect(tables.count > 5)
    for table in tables {
      let packed = table.replacing("plain/", with: "packed/") + ".gz"
      #expect(try text(packed) == folder.bytes(table), "\(table)")
    }
    #expect(try !folder.files().contains { $0.hasPrefix("packed/") && $0.hasSuffix(".csv") })
    #expect(try folder.bytes("packed/columns.json") == folder.bytes("plain/columns.json"))
  }

  @Test func bytesDoNotDependOnThreads() throws {
    try run("{ compress: gzip }", to: "one")
    try run("{ compress: gzip }", workerCount: 2, to: "two")
    for name in ["cells.csv.gz", "manifest.json"] {
      #expect(try folder.bytes("one/\(name)") == folder.bytes("two/\(name)"))
    }
  }

  @Test func finishedRunReadsThem() throws {
    try run("{ compress: gzip }")
    let run = try FinishedRun(folder: "\(folder.path)/out")
    let cell = try run.cell(area: "A3", sector: "s7", period: nil)
    let rows = try run.rows(of: cell)
    #expect(rows.map(\.file) == ["cells.csv"])
    #expect(rows.first?.text("provision") == "\(3 * 7 % 17)")
    var sum = 0.0
    try run.table("cells.csv")?.eachRow(["provision"]) { sum += Double($0[0]) ?? .nan }
    let counts = (0..<60).flatMap { area in (0..<40).map { area * $0 % 17 } }
    #expect(sum == Double(counts.reduce(0, +)))
  }

  @Test func plainTablesTakeTheirPlace() throws {
    try run("{ compress: gzip }")
    try run("{ files: [cells.csv] }")
    #expect(
      try folder.files().filter { $0.hasPrefix("out/") } == ["out/cells.csv", "out/manifest.json"])
  }

  @Test func batchesCombineThem() throws {
    let job = example("{ folder: \"${run}\", compress: gzip }")
    try job.files.forEach { try folder.write($0.key, $0.value) }
    let file = try folder.write(
      "job.yaml",
      job.text + "accept: { same-unit: made up }\nvariants: { one: {}, two: { tolerance: 1 } }\n")
    let batch = try Batch(files: [file], output: nil, force: false)
    let files = try BatchFiles(batch, combinedFolder: "\(folder.path)/all")
    let options = BatchWork.Options(seed: 0, isStrict: false, workerCount: 2, memoryLimit: nil)
    for status in [BatchRow.Status.ran, .current] {
      let rows = BatchWork(batch, options) { _ in }.run()
      #expect(rows.map(\.status) == [status, status], "\(rows.map(\.message))")
      _ = try files.write(rows)
      let lines = try text("all/cells.csv").split(separator: 10)
      #expect(lines.count == 1 + 2 * 60 * 40)
    }
  }
}
