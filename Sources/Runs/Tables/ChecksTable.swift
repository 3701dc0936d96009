import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `checks.csv`: what every check found, one row per finding.
  ///
  /// It does not say where: files hold the same bytes for any order of rows, and whatever inputs are called.
  package static let checks = OutputTable("checks.csv") { outcome in
    RunTable(
      "checks.csv", "One row for each finding of a check.",
      columns: Column.list {
        Column.text("check", "Name of the check.") { $0.check }
        Column.text("result", "pass, warn, fail or not checked.") { $0.result.rawValue }
        Column.text("message", "What was found.") { $0.message }
        Column.number("count", unit: "as the message says", "The amount affected.") { $0.count }
        Column.text("guidance", "What to do about it.") { $0.guidance ?? "" }
        Column.text("accepted", "Why the job accepts it.") { $0.accepted ?? "" }
      }
    ) { outcome.checks }
  }
}
