import Extracts
import Jobs
import Dense
import Mismatch

/// How far gaps and calls hold under other crosswalks, and under other weights of the job's own.
enum SensitivityAnalysis: BlockAnalysis {
  typealias Request = SensitivityJob

  static let key = "sensitivity"

  static func decode(_ node: JobNode, folder: String) throws -> SensitivityJob {
    try node.sensitivity(folder: folder)
  }

  static func verify(_ request: SensitivityJob, _ job: Job) throws { try request.verify(job) }

  static func needsSources(_ request: SensitivityJob, _ job: Job) -> Bool { true }

  static func tables(of request: SensitivityJob) -> [TableJob] { request.entries.map(\.table) }

  static func bytesPerCell(_ request: SensitivityJob, _ job: Job) -> Int {
    MemoryLayout<CallSensitivity.Cell>.stride + MemoryLayout<CalledGap>.stride
  }

  static func byteCount(_ request: SensitivityJob, _ job: Job, _ size: GridSize) -> Int {
    .bytes(
      SensitivityRun.chunkSize, size.areas, size.sectors,
      6 * 8 + MemoryLayout<Inference.Finding>.stride + MemoryLayout<CalledGap>.stride)
  }

  static func calculate(
    _ request: SensitivityJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    var run = try SensitivityRun(request, setting)
    for number in outcome.periods.indices {
      outcome.periods[number].results[CallSensitivity.self] = try run.sensitivity(
        of: outcome.periods[number])
    }
    outcome.inputs += run.alternatives.flatMap(\.inputs)
    outcome.warnings += run.warnings(outcome)
    outcome.results[SensitivityRun.self] = run
  }

  static let outputs: [OutputTable] = [.sensitivity]

  static let section: ReportSection? = .sensitivity

  /// A crosswalk in the place of a side's.
  private struct AlternativeRecord: Encodable, Sendable {
    let name: String
    let side: String
    let sha256: [String]
    /// What the job's crosswalk maps and this one does not, as a share.
    let unmappedShare: Double
    let unmappedCodes: [String]
    let unknownSectors: [String]
  }

  private struct Record: Encodable, Sendable {
    let crosswalks: [AlternativeRecord]
    let draws: Int
    let confidence: Double?
    let seed: UInt64?
  }

  static func records(
    _ request: SensitivityJob, _ outcome: Outcome
  ) -> [String: any Encodable & Sendable] {
    guard let run = outcome.results[SensitivityRun.self] else { return [:] }
    let hasDraws = request.drawCount > 0
    return [
      key: Record(
        crosswalks: run.alternatives.map {
          AlternativeRecord(
            name: $0.name, side: $0.side.rawValue, sha256: $0.inputs.map(\.sha256),
            unmappedShare: $0.losses.share, unmappedCodes: $0.losses.codes,
            unknownSectors: $0.losses.sectors)
        }, draws: request.drawCount, confidence: hasDraws ? run.confidence : nil,
        seed: hasDraws ? run.seed : nil)
    ]
  }

  static func caveats(_ request: SensitivityJob, _ outcome: Outcome) -> [String] {
    guard let run = outcome.results[SensitivityRun.self] else { return [] }
    var parts: [String] = []
    let count = run.alternatives.count
    if count > 0 { parts.append("\(count) other crosswalk\(count == 1 ? "" : "s")") }
    if request.drawCount > 0 {
      parts.append(
        "\(request.drawCount) draws of weights (of the \(run.drawnSourceCount) codes with several "
          + "targets; the others keep theirs)")
    }
    return [
      "Sensitivity: gaps and calls were calculated again with \(parts.joined(separator: " and "))."
    ]
  }
}
