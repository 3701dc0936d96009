import Mismatch
import Extracts
import Jobs
import Reports
import Runs

/// What the checks found, in words.
struct CheckReport {
  private let rows: [CheckRow]

  init(_ outcome: Outcome) { rows = outcome.checks }

  /// All rows, for a person.
  func lines() -> [String] {
    rows.flatMap(lines) + ["", total]
  }

  /// Warnings and fails among a run's summary; nothing where all passed.
  func summaryLines() -> [String] {
    let reported = rows.filter { $0.result != .pass }
    return reported.isEmpty
      ? [] : ["Checks (all in checks.csv)"] + reported.map { "  \(line($0))" } + [""]
  }

  /// The fails that stop a run, each with what to do.
  func stoppingLines() -> [String] {
    rows.filter(\.stops).map { row in
      "mismatch: check \(row.check) failed: \(place(row))\(row.message). \(row.guidance ?? ""); or accept it "
        + "and give the reason: `accept: { \(row.check): \"...\" }`"
    }
  }

  private var total: String {
    let counts = Verdict.allCases.map { verdict in rows.count { $0.result == verdict } }
    let accepted = rows.count { $0.result == .fail && !$0.stops }
    return "\(counts[0]) passed, \(counted(counts[1], "warning")), \(counted(counts[2], "fail"))"
      + (accepted > 0 ? " (\(accepted) accepted by the job)" : "")
  }

  private func lines(_ row: CheckRow) -> [String] {
    [line(row)] + (row.guidance.map { ["      \($0)"] } ?? [])
  }

  private func line(_ row: CheckRow) -> String {
    "\(row.result.rawValue)  \(row.check): \(row.result == .pass ? "" : place(row))\(row.message)"
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

  /// The fails that stop a run, one JSON object a line.
  func stoppingJSON() throws -> String {
    struct Record: Encodable {
      let error = "check"
      let check: String
      let place: String?
      let found: String
      let advice: String?
    }
    return try rows.filter(\.stops).map { row in
      try JSONText.of(
        Record(check: row.check, place: row.place, found: row.message, advice: row.guidance),
        isPretty: false)
    }.joined()
  }
}
