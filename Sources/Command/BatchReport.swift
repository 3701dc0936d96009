import ArgumentParser
import Extracts
import Jobs
import Mismatch
import Reports
import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a batch prints: a line for each run as it ends, and what all came to.
struct BatchReport {
  private let messages: Messages
  private let runs: [Batch.Run]
  private let bar: ProgressBar?
  /// The length of the longest name, within reason.
  private let width: Int

  init(_ batch: Batch, _ messages: Messages) {
    self.messages = messages
    runs = batch.runs
    width = min(40, batch.runs.map(\.name.count).max() ?? 0)
    let isShown = !messages.quiet && !messages.json && isatty(STDERR_FILENO) == 1
    bar = isShown ? ProgressBar(total: 1) : nil
  }

  /// Prints the line of a run, `number` of which have ended with it.
  func show(_ row: BatchRow, _ number: Int) {
    bar?.clear()
    defer { if number < runs.count { bar?.show("running", number, of: runs.count) } }
    if row.status == .failed { return Terminal.say([messages.json ? row.message : line(of: row)]) }
    if messages.quiet || messages.json { return }
    Terminal.note([line(of: row)])
  }

  private func line(of row: BatchRow) -> String {
    let status = row.status.rawValue.padded(to: 10)
    let name = row.run.padded(to: width)
    guard let result = row.result else { return "\(status)  \(name)  \(row.message)" }
    var parts = ["\(counted(result.areas, "area")), \(counted(result.sectors, "sector"))"]
    if result.over + result.under > 0 { parts.append("\(result.over) over, \(result.under) under") }
    if !row.warningChecks.isEmpty {
      parts.append("warns: " + row.warningChecks.joined(separator: " "))
    }
    return "\(status)  \(name)  " + parts.joined(separator: "; ")
  }

  /// Prints what all runs came to, and ends the command with the status of the worst.
  func close(_ rows: [BatchRow], written: [String]) throws {
    if messages.json {
      if !messages.quiet {
        try Terminal.print(json: JSONText.of(Record(runs: rows, written: written)))
      }
    } else if !messages.quiet {
      let counts = [BatchRow.Status.ran, .current, .failed].compactMap { status in
        let count = rows.count { $0.status == status }
        return count == 0 ? nil : "\(count) \(status.rawValue)"
      }
      let files = written.isEmpty ? "" : ". Written to \(written.joined(separator: ", "))"
      try Terminal.print([
        "\(counted(rows.count, "run")): \(counts.joined(separator: ", "))\(files)"
      ])
    }
    let worst = rows.map(\.exitStatus).max() ?? 0
    if worst != 0 { throw ExitCode(Int32(worst)) }
  }

  private struct Record: Encodable {
    let runs: [BatchRow]
    let written: [String]
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
