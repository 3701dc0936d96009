import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

struct PlanTests {
  /// What the London example plans to hold, with further lines in its job.
  private static func byteCount(_ further: String) throws -> Int {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Datasets/london/job.yaml").path
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("output:") }.joined(separator: "\n")
    let job = try Job(text: "\(text)\noutput: \(further)\n", file: file)
    return try #require(Frame(job, onRead: { _ in }).plan(job, workerCount: 1).byteCount)
  }

  @Test("Intervals of all cells are planned for, unless no file shows them")
  func intervals() throws {
    let named = try Self.byteCount("{ folder: out, files: [areas.csv, cells.csv] }")
    let calls = try Self.byteCount("{ folder: out, files: [calls.csv] }")
    let all = try Self.byteCount("{ folder: out, files: all }")
    // `intervals.csv` has a value and eight ends for each cell and measure: both counts, the shares of both
    // sides, and their gap.
    #expect(all - named >= 38 * 14 * 5 * 9 * 8)
    #expect(named <= calls && calls < all)
  }
}
