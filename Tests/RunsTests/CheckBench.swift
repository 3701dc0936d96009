import Foundation
import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// A made-up job in a folder of its own, for tests of checks and registers.
///
/// Without files of its own it is clean: four areas, three categories, one period, exact counts.
struct CheckBench {
  var files = [
    "provision.csv": CheckBench.table([
      ("N1", [120, 240, 361]), ("N2", [77, 183, 92]), ("N3", [311, 45, 128]), ("N4", [67, 81, 99]),
    ]),
    "demand.csv": CheckBench.table([
      ("N1", [31, 22, 47]), ("N2", [18, 93, 52]), ("N3", [29, 64, 71]), ("N4", [83, 11, 38]),
    ]),
  ]
  /// Lines of the job before its sides.
  var head = ""
  /// Further keys of provision, each on a line of its own.
  var provision = ""

  private var job: String {
    let side = "{ area: area, category: category, period: period, value: count"
    let keys = provision.split(separator: "\n").map { ", \($0)" }.joined()
    return """
      \(head)
      provision: \(side), kind: achievements, file: provision.csv\(keys) }
      demand: \(side), kind: vacancies, file: demand.csv }

      """
  }

  /// Rows of area, category (a, b, c ...), period and count.
  static func table(_ rows: [(String, [Int])], period: String = "2024") -> String {
    let lines = rows.flatMap { area, counts in
      zip("abcdefgh", counts).map { "\(area),\($0),\(period),\($1)\n" }
    }
    return "area,category,period,count\n" + lines.joined()
  }

  /// Runs the job.
  func outcome() throws -> Outcome {
    try inFolder { try Session(Job(file: $0), workerCount: 1).run() }
  }

  /// Rows of one check.
  func rows(_ check: String) throws -> [CheckRow] {
    try outcome().checks.filter { $0.check == check }
  }

  /// The check's row on provision, or its only one.
  func first(_ check: String) throws -> CheckRow? { try rows(check).first }

  /// The refusal that the job ends in; nil where it runs.
  func failure() -> Failure? {
    do {
      _ = try outcome()
      return nil
    } catch {
      return error as? Failure
    }
  }

  /// Writes the files and hands over the path of the job.
  func inFolder<Result>(_ work: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "mismatch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files.merging(["job.yaml": job], uniquingKeysWith: { own, _ in own }) {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    return try work(folder.appendingPathComponent("job.yaml").path)
  }
}
