import ArgumentParser
import Foundation
import MismatchFormats

extension Talk {
  /// Prints all that the checks found, and the account.
  func showChecks(of outcome: Outcome) throws {
    if quiet { return }
    let report = CheckReport(outcome)
    if json { return print(try report.json(outcome), terminator: "") }
    let lines = report.lines() + [""] + Report(outcome, folder: nil).accountLines()
    print(lines.joined(separator: "\n"))
  }

  /// Ends a run where a check fails that the job does not accept.
  func stop(onFailsOf outcome: Outcome) throws {
    let report = CheckReport(outcome)
    let lines = json ? try report.stoppingJSON() : report.stoppingLines()
    guard !lines.isEmpty else { return }
    FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    throw ExitCode(2)
  }
}
