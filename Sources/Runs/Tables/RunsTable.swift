import Extracts
import Jobs
import Mismatch

/// What one run of a batch came to.
package struct BatchRow: Sendable, Encodable {
  package enum Status: String, Sendable, Encodable {
    case ran
    /// Its folder held the files of the same run already.
    case current = "up to date"
    case failed
  }

  /// What the files of a run say of it.
  package struct Result: Sendable, Encodable {
    package let areas: Int
    package let sectors: Int
    package let periods: Int
    package let provision: Double
    package let demand: Double
    package let over: Int
    package let under: Int

    package init(
      areas: Int, sectors: Int, periods: Int, provision: Double, demand: Double, over: Int,
      under: Int
    ) {
      (self.areas, self.sectors, self.periods) = (areas, sectors, periods)
      (self.provision, self.demand) = (provision, demand)
      (self.over, self.under) = (over, under)
    }
  }

  package let run: String
  /// From the folder of `runs.csv` on; empty where the job does not say as much.
  package let folder: String
  /// The job's name; empty where its file cannot be read.
  package let job: String
  package let status: Status
  package let exitStatus: Int
  package let failedChecks: [String]
  package let warningChecks: [String]
  /// Nil where the run failed.
  package let result: Result?
  /// Why the run failed; empty where it did not.
  package let message: String

  package init(
    run: String, folder: String, job: String, status: Status, exitStatus: Int = 0,
    checks: [CheckRow] = [], result: Result? = nil, message: String = ""
  ) {
    (self.run, self.folder, self.job) = (run, folder, job)
    (self.status, self.exitStatus, self.message) = (status, exitStatus, message)
    self.result = result
    failedChecks = checks.names(.fail)
    warningChecks = checks.names(.warn)
  }
}

extension [CheckRow] {
  /// The checks that came out so and are not accepted, each once.
  fileprivate func names(_ verdict: Verdict) -> [String] {
    reduce(into: []) { names, row in
      if row.result == verdict, row.accepted == nil, !names.contains(row.check) {
        names.append(row.check)
      }
    }
  }
}

extension BatchRow {
  /// `runs.csv`: one row per run of a batch.
  ///
  /// It holds no clock, so the same runs give the same bytes.
  package static func table(_ rows: [BatchRow]) -> RunTable {
    RunTable(
      "runs.csv", "One row for each run of a batch, in the order of the jobs.",
      columns: Column.list {
        Column.text("run", "Name of the run.") { $0.run }
        Column.text("folder", "Its folder, from that of this file on.") { $0.folder }
        Column.text("job", "Name of the job.") { $0.job }
        Column.text("status", "ran, up to date or failed.") { $0.status.rawValue }
        Column.integer("exit_status", unit: "status", "The exit status of the run alone.") {
          $0.exitStatus
        }
        Column.text(
          "checks_failed", "Checks that failed and are not accepted, with spaces between them."
        ) {
          $0.failedChecks.joined(separator: " ")
        }
        Column.text(
          "checks_warned", "Checks that warned and are not accepted, with spaces between them."
        ) {
          $0.warningChecks.joined(separator: " ")
        }
        Column.integer("areas", unit: "areas", "Areas of the grid; empty where the run failed.") {
          $0.result?.areas
        }
        Column.integer("sectors", unit: "sectors", "Sectors of the grid.") { $0.result?.sectors }
        Column.integer("periods", unit: "pairs of periods", "Pairs of periods that are compared.") {
          $0.result?.periods
        }
        Column.number(
          "provision", unit: "of the kind of provision",
          "Published provision that reached the grid, over all inputs and periods."
        ) { $0.result?.provision }
        Column.number(
          "demand", unit: "of the kind of demand",
          "Published demand that reached the grid, over all inputs and periods."
        ) { $0.result?.demand }
        Column.integer("over", unit: "cells", "Cells that are called over, in all periods.") {
          $0.result?.over
        }
        Column.integer("under", unit: "cells", "Cells that are called under, in all periods.") {
          $0.result?.under
        }
        Column.text("message", "Why the run failed.") { $0.message }
      }
    ) { rows }
  }
}
