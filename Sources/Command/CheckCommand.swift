import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read a job and its inputs and report possible problems; nothing is written.",
    discussion: """
      Prints one row per finding: pass, warn, fail or not checked. The exit status is 2 if a check fails (with \
      --strict, also if it warns) that the job does not accept with `accept: { check: "reason" }`. For the folder of a finished run, lists the files that \
      are missing or have changed, by SHA-256; the exit status is 2 if there are any. The checks:

      \(Check.catalogue.map { "  \($0.name)\n      \($0.looksFor)" }.joined(separator: "\n"))
      """)

  @Argument(help: "The job file, or the folder of a finished run.")
  var job: String

  @Flag(
    help:
      "Print the job with all that it inherits, as YAML with the origin of each part, then stop.")
  var showJob = false

  @OptionGroup var strictness: Strictness

  @OptionGroup var tallies: TallyOptions

  @OptionGroup var work: WorkOptions

  func run() throws {
    try work.messages.reportingFailures {
      if FinishedRun.isFolder(job) { return try checkRun() }
      let file = try JobFile(path: job)
      let runs = try file.runs()
      if showJob { return try showJob(file, runs) }
      let tallies = try tallies.bySide()
      let areStopped = try runs.map { run in
        if let name = run.name, !work.messages.quiet, !work.messages.json {
          try Terminal.print(["Run \(name)", ""])
        }
        return try check(try Job(run), tallies)
      }
      if areStopped.contains(true) { throw ExitCode(2) }
    }
  }

  /// Prints what the checks find.
  ///
  /// - Returns: whether they would stop the run.
  private func check(_ job: Job, _ tallies: Sides<[InputFile]>) throws -> Bool {
    let outcome = try work.check(job, tallies: tallies).outcome
    let isStrict = strictness.strict
    do {
      try work.messages.showChecks(of: outcome, strictly: isStrict)
    } catch is ExitCode {
      // What stops one run is no reason to leave the others unchecked.
      return true
    }
    return outcome.checks.contains { $0.stops(strictly: isStrict) }
  }

  /// Prints the merged job, once all runs of it are known to be such that they can be read.
  private func showJob(_ file: JobFile, _ runs: [JobRun]) throws {
    for run in runs { _ = try Job(run) }
    try Terminal.print(file.mergedText.split(separator: "\n").map(String.init))
  }

  /// Says whether a finished run is whole.
  private func checkRun() throws {
    let run = try FinishedRun(folder: job)
    let changed = run.changedOutputs(workerCount: work.workerCount)
    if work.messages.json {
      try Terminal.print(json: JSONText.of(changed))
    } else if !work.messages.quiet {
      try Terminal.print(
        changed.map { "fail  \(job)/\($0.file) \($0.problem)" } + [
          changed.isEmpty
            ? "All \(counted(run.outputCount, "file")) unchanged since the run"
            : "\(counted(changed.count, "file")) of \(run.outputCount) missing or changed since the run. Run the job again"
        ])
    }
    if !changed.isEmpty { throw ExitCode(2) }
  }
}
