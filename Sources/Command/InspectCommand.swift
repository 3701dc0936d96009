import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell what files hold: format, header, columns, areas, periods, marks and rounding.",
    discussion: """
      Prints one account per table, with a part of a job to paste. With --json an array of accounts. \
      Exit status: 65 where a file holds no table that can be read, 74 where one cannot be opened.
      """)

  @Argument(help: "Files to look at.")
  var files: [String]

  @OptionGroup var talk: Talk

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one file") }
  }

  func run() throws {
    var accounts: [Account] = []
    var status: Int32 = 0
    for file in files {
      do {
        try talk.reportingFailures {
          let found = try Inspection.accounts(of: file)
          if !talk.json && !talk.quiet { try show(found) }
          accounts += found
        }
      } catch let code as ExitCode {
        status = max(status, code.rawValue)
      }
    }
    if talk.json && !talk.quiet {
      try talk.reportingFailures {
        try Terminal.print(json: JSONText.of(accounts, keys: .useDefaultKeys))
      }
    }
    if accounts.contains(where: { $0.problem != nil }) { status = max(status, 65) }
    if status != 0 { throw ExitCode(status) }
  }

  private func show(_ accounts: [Account]) throws {
    for account in accounts {
      var text = AccountText(account)
      let lines = text.text().split(separator: "\n", omittingEmptySubsequences: false)
      try Terminal.print(lines.map(String.init))
    }
  }
}
