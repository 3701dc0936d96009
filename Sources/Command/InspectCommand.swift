import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Describe files: format, header, columns, areas, periods, markers and rounding.",
    discussion: """
      Prints a description of each table, with a block to paste into a job; for two files, provision and \
      demand, a whole job too. With --json, an array of descriptions. \
      Exit status: 65 if a file holds no readable table, 74 if a file cannot be opened.
      """)

  @Argument(help: "Files to look at.")
  var files: [String]

  @OptionGroup var messages: Messages

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one file") }
  }

  func run() throws {
    var accounts: [[Account]] = []
    var status: Int32 = 0
    for file in files {
      do {
        try messages.reportingFailures {
          let found = try Inspection.accounts(of: file)
          if !messages.json && !messages.quiet { try show(found) }
          accounts.append(found)
        }
      } catch let code as ExitCode {
        status = max(status, code.rawValue)
      }
    }
    if messages.json && !messages.quiet {
      try messages.reportingFailures {
        try Terminal.print(json: JSONText.of(accounts.flatMap { $0 }, keys: .useDefaultKeys))
      }
    }
    if !messages.json && !messages.quiet {
      try messages.reportingFailures { try showJob(accounts) }
    }
    if accounts.contains(where: { $0.contains { $0.problem != nil } }) { status = max(status, 65) }
    if status != 0 { throw ExitCode(status) }
  }

  /// Shows the job of two files.
  private func showJob(_ accounts: [[Account]]) throws {
    guard files.count == 2, accounts.count == 2,
      let job = JobProposal(provision: accounts[0], demand: accounts[1])?.text()
    else { return }
    let lines = job.split(separator: "\n").map { "  \($0)" }
    try Terminal.print(["A job for both files:", ""] + lines + [""])
  }

  private func show(_ accounts: [Account]) throws {
    for account in accounts {
      var text = AccountText(account)
      let lines = text.text().split(separator: "\n", omittingEmptySubsequences: false)
      try Terminal.print(lines.map(String.init))
    }
  }
}
