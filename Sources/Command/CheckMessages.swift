import ArgumentParser
import Extracts
import Jobs
import Reports
import Runs

extension Messages {
  /// Prints all that the checks found, and the account.
  func showChecks(of outcome: Outcome) throws {
    if quiet { return }
    let report = CheckReport(outcome)
    if json { return try Terminal.print(json: report.json(outcome)) }
    try Terminal.print(report.lines() + [""] + Report(outcome, folder: nil).accountLines())
  }

  /// Ends a run where a check fails that the job does not accept.
  func stop(onFailsOf outcome: Outcome) throws {
    let report = CheckReport(outcome)
    guard outcome.checks.contains(where: \.stops) else { return }
    if json {
      Terminal.say(json: try report.stoppingJSON())
    } else {
      Terminal.say(report.stoppingLines())
    }
    throw ExitCode(2)
  }
}
