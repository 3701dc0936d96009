import ArgumentParser
import CSystem
import Extracts
import Jobs
import Reports
import Runs

@main
struct MismatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mismatch",
    abstract: "Compares training provision with vacancy demand, area by area and sector by sector.",
    discussion: """
      Data goes to standard output, messages to standard error. Exit status: 0 done; 1 failed; 2 a check \
      failed; 64 the command was misused; 65 bad data; 74 a file could not be read or written. Ctrl-C \
      ends the command by its signal, with nothing written.
      """,
    version: engineVersion,
    subcommands: [
      RunCommand.self, CheckCommand.self, ShowCommand.self, CompareCommand.self, ReportCommand.self,
      ExplainCommand.self, InspectCommand.self, TallyCommand.self, MergeCommand.self,
      MeasuresCommand.self, InitCommand.self, FetchCommand.self,
    ])

  static func main() {
    Terminal.keepStandardStreams()
    let arguments = (1..<max(1, process_argument_count())).map {
      String(cString: process_argument($0))
    }
    Signals.attend(json: arguments.contains("--json"))
    guard !arguments.isEmpty else {
      Terminal.say(lines(of: helpMessage()))
      exit(withError: ExitCode.validationFailure)
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      end(error)
    }
  }

  /// Prints what the parser says, and ends the process.
  private static func end(_ error: any Error) -> Never {
    let (text, code) = (lines(of: fullMessage(for: error)), exitCode(for: error))
    guard code == .success else {
      Terminal.say(text)
      exit(withError: code)
    }
    do {
      try Messages.reportingFailures(json: false) { try Terminal.print(text) }
      exit(withError: nil)
    } catch {
      exit(withError: error)
    }
  }

  private static func lines(of text: String) -> [String] {
    text.isEmpty
      ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
