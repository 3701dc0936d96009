import ArgumentParser
import Extracts
import Jobs
import Reports
import Runs

/// How much a job's warnings weigh.
struct Strictness: ParsableArguments {
  @Flag(help: "Treat warnings of checks as failures, unless the job accepts the check.")
  var strict = false
}

extension Messages {
  /// Prints all that the checks found, and the account.
  func showChecks(of outcome: Outcome, strictly isStrict: Bool) throws {
    if quiet {
      try warn(of: outcome, strictly: isStrict)
      return try stop(onFailsOf: outcome, strictly: isStrict)
    }
    let report = CheckReport(outcome)
    if json { return try Terminal.print(json: report.json(outcome)) }
    try Terminal.print(report.lines() + [""] + Report(outcome, folder: nil).accountLines())
  }

  /// Prints warnings on standard error, for those who want to see nothing else.
  func warn(of outcome: Outcome, strictly isStrict: Bool = false) throws {
    let report = CheckReport(outcome, strictly: isStrict)
    if json {
      Terminal.say(json: try report.warningJSON())
    } else {
      Terminal.say(report.warningLines())
    }
  }

  /// Ends a run that a check stops which the job does not accept.
  func stop(onFailsOf outcome: Outcome, strictly isStrict: Bool) throws {
    let report = CheckReport(outcome, strictly: isStrict)
    guard outcome.checks.contains(where: { $0.stops(strictly: isStrict) }) else { return }
    if json {
      Terminal.say(json: try report.stoppingJSON())
    } else {
      Terminal.say(report.stoppingLines())
    }
    throw ExitCode(2)
  }
}
