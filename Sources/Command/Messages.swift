import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a command prints: results on standard output, everything else on standard error.
struct Messages: ParsableArguments {
  @Flag(name: [.short, .long], help: "Print warnings and errors only.")
  var quiet = false

  @Flag(help: "Print the summary, and errors, as JSON.")
  var json = false

  /// Runs `work` and turns a failure into its message and exit status.
  func reportingFailures(_ work: () throws -> Void) throws {
    try Messages.reportingFailures(json: json, work)
  }

  /// The same without options.
  static func reportingFailures(json: Bool = false, _ work: () throws -> Void) throws {
    do {
      try work()
    } catch let failure as Failure {
      failure.report(json: json)
      throw ExitCode(failure.kind.exitStatus)
    } catch let code as ExitCode {
      throw code
    } catch {
      Failure(
        .failed, "an unexpected error",
        advice: "Please report it with the job and the first rows of its files"
      ).report(json: json)
      throw ExitCode(Failure.Kind.failed.exitStatus)
    }
  }

  /// Prints what a run found.
  func show(_ outcome: Outcome, folder: String?) throws {
    if quiet { return try warn(of: outcome) }
    let report = Report(outcome, folder: folder)
    if json { try Terminal.print(json: report.json()) } else { try Terminal.print(report.lines()) }
  }

  /// Prints what a run would do.
  func say(_ plan: Plan, _ job: Job, _ folder: OutputFolder) throws {
    if quiet { return }
    let counts = [plan.areaCount, plan.sectorCount].map {
      $0.map(String.init) ?? "as found in the data"
    }
    var lines = ["\(job.name): would read"]
    lines += plan.files.map { "  \($0.side.rawValue)  \($0.file.name)" }
    lines.append("areas: \(counts[0]); sectors: \(counts[1])")
    if let bytes = plan.byteCount { lines.append("memory for tables: \(max(1, bytes >> 20)) MiB") }
    lines += plan.analyses
    try Terminal.print(lines + ["and write to \(folder.path)"])
  }

  /// Announces what a long run is about to do, and that it can be stopped.
  func announce(_ plan: [String], output: String?) {
    if quiet || json { return }
    Terminal.say(
      plan
        + [
          output.map {
            "finished parts are kept in \($0).unfinished; a run that is stopped resumes from them"
          }
        ].compactMap { $0 })
  }

  /// A bar that shows how much of the inputs was read, or nil where nobody would see it.
  func progressBar(for job: Job) -> ProgressBar? {
    guard !quiet, !json, isatty(STDERR_FILENO) == 1 else { return nil }
    return ProgressBar(total: job.inputByteCount)
  }
}
