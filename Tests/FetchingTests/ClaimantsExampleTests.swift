import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Fetching
@testable import Jobs
@testable import Runs

/// `Datasets/claimants`: jobs whose files are not here, against what its README says.
struct ClaimantsExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Datasets/claimants").standardizedFileURL.path

  private func queries(of job: String) throws -> [String: NomisQuery] {
    let files = try Job(file: "\(Self.folder)/\(job)").sourcedFiles
    return try Dictionary(
      uniqueKeysWithValues: files.filter { $0.source.kind == .nomis }.map {
        ($0.file.name, try NomisQuery($0.source))
      })
  }

  /// The data sets and periods that the page names, and no file that would be theirs.
  @Test(arguments: [
    ("councils.yaml", ["claimants.csv": "NM_1_1 2014-12", "jobs.csv": "NM_189_1 2015"]),
    ("beside.yaml", ["claimant-count.csv": "NM_162_1 2025-07"]),
    ("industries.yaml", ["industries.csv": "NM_189_1 2023"]),
  ])
  func jobsAskForWhatThePageSays(job: String, expected: [String: String]) throws {
    let found = try queries(of: job).mapValues { query in
      "\(query.dataset) \(query.dimensions["date"]?.texts.joined(separator: ",") ?? "")"
    }
    #expect(found == expected)
    for name in expected.keys {
      #expect(!FileManager.default.fileExists(atPath: "\(Self.folder)/\(name)"))
    }
    let page = try String(contentsOfFile: "\(Self.folder)/README.md", encoding: .utf8)
    for text in expected.values { #expect(page.contains(text.prefix { $0 != " " })) }
  }

  @Test func thereAreTwentyTwoCouncils() throws {
    let councils = try #require(
      try queries(of: "councils.yaml")["claimants.csv"]?.dimensions["geography"])
    #expect(Set(councils.texts).count == 22)
    #expect(councils.texts.allSatisfy { AreaCode($0) != nil })
  }

  /// Two extracts that would go into one file are refused.
  @Test func aFileHasOneSource() throws {
    func job(_ date: String) -> String {
      func side(_ kind: String, _ date: String) -> String {
        "{ kind: \(kind), file: a.csv, area: a, category: c, value: v, source: { nomis: { dataset: NM_1_1, date: \(date) } } }"
      }
      return "provision: \(side("people", "latest"))\ndemand: \(side("jobs", date))\n"
    }
    #expect(try Job(text: job("latest"), file: "job.yaml").sourcedFiles.count == 2)
    let failure = #expect(throws: Failure.self) {
      try Job(text: job("first"), file: "job.yaml")
    }
    #expect(failure?.found == "a.csv has another `source` at job.yaml:1:81")
  }

  /// Each industry goes to subjects of the sectors, with weights that sum to 1 and a reason.
  @Test func industriesAreMapped() throws {
    let rows = try String(contentsOfFile: "\(Self.folder)/industry-subject.csv", encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",", maxSplits: 3) }
    let sums = Dictionary(grouping: rows, by: { $0[0] }).mapValues { rows in
      rows.compactMap { Double($0[2]) }.reduce(0, +)
    }
    #expect(sums.keys.sorted().joined() == "ABCDEFGHIJKLMNOPQRSTU")
    #expect(sums.values.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(rows.allSatisfy { $0.count == 4 && (1...15).contains(Int($0[1]) ?? 0) })
  }
}
