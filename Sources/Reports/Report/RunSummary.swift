import Extracts
import Foundation
import Jobs
import Mismatch
import Runs

/// What the manifest of a finished run says that people should read.
struct RunSummary: Decodable, Sendable {
  struct Job: Decodable, Sendable {
    let name: String
    let title: String
  }

  struct Side: Decodable, Sendable {
    let kind: String
    let unit: String?
    let rounding: String
  }

  struct Input: Decodable, Sendable {
    let name: String
    let role: String
    let rows: Int
    let sha256: String
    let source: FetchRecord?
  }

  struct Grid: Decodable, Sendable {
    let period: String
    let areas: Int
    let sectors: Int
    let calls: [String: Int]
  }

  struct Intervals: Decodable, Sendable {
    let level: Double
    let kinds: [String]
  }

  struct Calls: Decodable, Sendable {
    let errorRate: Double
    let control: String
  }

  let version: String
  let job: Job
  let inputs: [Input]
  let provision: Side
  let demand: Side
  let tolerancePercentagePoints: Double
  let measures: [String]
  let grids: [Grid]
  let balance: [ReconciliationRecord]
  let caveats: [String]
  let warnings: [String]
  let accepted: [String: String]
  let checks: [CheckRow]
  let focusArea: String?
  let sources: [SourceRecord]
  let intervals: Intervals?
  let calls: Calls?
}

extension FinishedRun {
  /// What the manifest says for people.
  ///
  /// - Throws: ``Failure`` (`badData`) where another version wrote it otherwise.
  func summary() throws -> RunSummary {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let path = "\(folder)/\(Manifest.fileName)"
    let data = Data(try TextFile.read(path).utf8)
    guard let summary = try? decoder.decode(RunSummary.self, from: data) else {
      throw Failure(
        .badData, at: Place(file: path), "is not a manifest written by this version",
        advice: "Run the job again")
    }
    return summary
  }
}
