import ArgumentParser
import Mismatch
import MismatchFormats

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read a job and all its inputs and say what may be wrong; nothing is written.",
    discussion: """
      Prints one row per finding: pass, warn or fail. Ends with status 2 where a check fails that the job \
      does not accept by `accept: { check: "reason" }`. The checks:

      \(Check.catalogue.map { "  \($0.name)\n      \($0.looksFor)" }.joined(separator: "\n"))
      """)

  @Argument(help: "The job file.")
  var job: String

  @OptionGroup var work: WorkOptions

  func run() throws {
    try work.talk.reportingFailures {
      let outcome = try work.run(try Job(file: job))
      try work.talk.showChecks(of: outcome)
      if outcome.checks.contains(where: \.stops) { throw ExitCode(2) }
    }
  }
}
