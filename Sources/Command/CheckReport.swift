import Mismatch
import Extracts
import Jobs
import Reports
import Runs

/// What the checks found, in words.
struct CheckReport {
  private let rows: [CheckRow]
  /// Rows that stop a run.
  private let stopping: [CheckRow]
  /// What an analyst should know that no check looks at.
  private let warnings: [String]

  /// - Parameter isStrict: whether warnings stop a run as failed checks do.
  init(_ outcome: Outcome, strictly isStrict: Bool = false) {
    rows = outcome.checks
    stopping = rows.filter { $0.stops(strictly: isStrict) }
    warnings = outcome.warnings
  }

  /// All rows, for a person.
  func lines() -> [String] {
    rows.flatMap(lines) + ["", total]
  }

  /// How many checks passed, and what others found, among a run's summary.
  func summaryLines() -> [String] {
    ["Checks: \(total) (all in checks.csv)"] + rows.filter(\.result.isFound).map { "  \(line($0))" }
      + [""]
  }

  /// Warnings that do not stop a run, for those who want to see nothing else.
  func warningLines() -> [String] {
    unstopped.map { "mismatch: check \($0.check) warns: \(place($0))\($0.message)" }
      + warnings.map { "mismatch: warning: \($0)" }
  }

  /// Warnings that are neither accepted by the job nor stop the run.
  private var unstopped: [CheckRow] {
    rows.filter { $0.result == .warn && $0.accepted == nil && !stopping.contains($0) }
  }

  /// What stops a run, each with what to do.
  func stoppingLines() -> [String] {
    stopping.map { row in
      "mismatch: check \(row.check) \(row.result == .fail ? "failed" : "warns, which --strict does not allow"): "
        + "\(place(row))\(row.message). \(row.guidance ?? ""); or accept it "
        + "and give the reason: `accept: { \(row.check): \"...\" }`"
    }
  }

  private var total: String {
    let counts = Verdict.allCases.map { verdict in rows.count { $0.result == verdict } }
    let accepted = rows.count { $0.result == .fail && !$0.stops }
    return "\(counts[0]) passed, \(counted(counts[1], "warning")), \(counted(counts[2], "fail"))"
      + (accepted > 0 ? " (\(accepted) accepted by the job)" : "") + ", \(counts[3]) not checked"
  }

  private func lines(_ row: CheckRow) -> [String] {
    [line(row)] + (row.guidance.map { ["      \($0)"] } ?? [])
  }

  private func line(_ row: CheckRow) -> String {
    "\(row.result.rawValue)  \(row.check): \(row.result.isFound ? place(row) : "")\(row.message)"
      + (row.accepted.map { " (accepted: \($0))" } ?? "")
  }

  private func place(_ row: CheckRow) -> String { row.place.map { "\($0): " } ?? "" }

  /// All rows with the account, for a program.
  func json(_ outcome: Outcome) throws -> String {
    struct Record: Encodable {
      let name: String
      let checks: [CheckRow]
      let reconciliation: [ReconciliationRecord]
      let caveats: [String]
      let warnings: [String]
    }
    return try JSONText.of(
      Record(
        name: outcome.job.name, checks: rows,
        reconciliation: outcome.reconciliations.map(ReconciliationRecord.init),
        caveats: outcome.caveats, warnings: outcome.warnings))
  }

  /// What stops a run, one JSON object a line.
  func stoppingJSON() throws -> String {
    struct Record: Encodable {
      let error = "check"
      let check: String
      let place: String?
      let found: String
      let advice: String?
    }
    return try stopping.map { row in
      try JSONText.of(
        Record(check: row.check, place: row.place, found: row.message, advice: row.guidance),
        isPretty: false)
    }.joined()
  }

  /// Warnings that do not stop a run, one JSON object a line.
  func warningJSON() throws -> String {
    struct Record: Encodable {
      let warning: String
      let place: String?
      let found: String
    }
    let records =
      unstopped.map { Record(warning: $0.check, place: $0.place, found: $0.message) }
      + warnings.map { Record(warning: "result", place: nil, found: $0) }
    return try records.map { try JSONText.of($0, isPretty: false) }.joined()
  }
}
