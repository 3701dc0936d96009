import Foundation
import Mismatch
import Testing

@testable import Jobs
@testable import Runs

/// Worked examples with indicators, as tests of their READMEs need them.
enum WorkedExample {
  static let datasets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Datasets").standardizedFileURL

  static func readme(_ example: String) throws -> String {
    try String(contentsOf: datasets.appendingPathComponent("\(example)/README.md"), encoding: .utf8)
  }

  static func outcome(_ example: String) throws -> Outcome {
    let job = try Job(file: datasets.appendingPathComponent("\(example)/job.yaml").path)
    return try Session(job, workerCount: 2).run()
  }

  static func last(_ name: String, _ outcome: Outcome) throws -> IndicatorPeriod {
    try #require(
      outcome.results[BesideResult.self]?.periods.last { $0.entry.name.isSpelt(as: name) })
  }

  static func fixed(_ value: Double, _ decimals: Int) -> String {
    value.isNaN ? SectionNumber.undefined : String(format: "%.\(decimals)f", value)
  }
}
