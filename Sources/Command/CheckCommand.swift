import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read a job and all its inputs and say what may be wrong; nothing is written.",
    discussion: """
      Prints one row per finding: pass, warn or fail. Ends with status 2 where a check fails that the job \
      does not accept by `accept: { check: "reason" }`. For the folder of a finished run: says which of its \
      files are missing or changed since, by their SHA-256, with status 2 where there are any. The checks:

      \(Check.catalogue.map { "  \($0.name)\n      \($0.looksFor)" }.joined(separator: "\n"))
      """)

  @Argument(help: "The job file, or the folder of a finished run.")
  var job: String

  @OptionGroup var work: WorkOptions

  func run() throws {
    try work.talk.reportingFailures {
      if FinishedRun.isFolder(job) { return try checkRun() }
      let outcome = try work.check(try Job(file: job)).outcome
      try work.talk.showChecks(of: outcome)
      if outcome.checks.contains(where: \.stops) { throw ExitCode(2) }
    }
  }

  /// Says whether a finished run is whole.
  private func checkRun() throws {
    let run = try FinishedRun(folder: job)
    let changed = run.changedOutputs(workerCount: work.workerCount)
    if work.talk.json {
      try Terminal.print(json: JSONText.of(changed))
    } else if !work.talk.quiet {
      try Terminal.print(
        changed.map { "fail  \(job)/\($0.file) \($0.problem)" } + [
          changed.isEmpty
            ? "All \(counted(run.outputCount, "file")) are as the run wrote them"
            : "\(counted(changed.count, "file")) of \(run.outputCount) not as the run wrote them. Run the job again"
        ])
    }
    if !changed.isEmpty { throw ExitCode(2) }
  }
}
