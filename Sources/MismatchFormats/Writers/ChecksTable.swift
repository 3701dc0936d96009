import Mismatch

extension OutputTable {
  /// `checks.csv`: what every check found, one row per finding.
  static let checks = OutputTable(name: "checks.csv") { outcome, file in
    try file.row(["check", "result", "message", "place", "count", "guidance", "accepted"])
    for row in outcome.checks {
      for field in [row.check, row.result.rawValue, row.message, row.place ?? ""] {
        file.text(field)
      }
      file.number(row.count ?? .nan)
      file.text(row.guidance ?? "")
      file.text(row.accepted ?? "")
      try file.endRow()
    }
  }
}
