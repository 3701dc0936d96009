import ArgumentParser
import Foundation
import Mismatch
import MismatchFormats

/// How a command speaks: results on standard output, everything else on standard error.
struct Talk: ParsableArguments {
  @Flag(name: [.short, .long], help: "Print errors only.")
  var quiet = false

  @Flag(help: "Print the summary, and errors, as JSON.")
  var json = false

  /// Runs `work` and turns a failure into its message and exit status.
  func reportingFailures(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let failure as Failure {
      report(failure)
      if failure.kind == .interrupted { Signals.endByInterrupt() }
      throw ExitCode(failure.kind.exitStatus)
    }
  }

  /// Prints what a run found.
  func show(_ outcome: Outcome, folder: String?) throws {
    if quiet { return }
    let report = Report(outcome, folder: folder)
    print(json ? try report.json() : report.text(), terminator: "")
  }

  /// Prints what a run would do.
  func say(_ plan: Plan, _ job: Job, _ folder: OutputFolder) {
    if quiet { return }
    print("\(job.name): would read")
    for file in plan.files { print("  \(file.side.rawValue)  \(file.file.name)") }
    let counts = [plan.areaCount, plan.sectorCount].map {
      $0.map(String.init) ?? "as many as occur"
    }
    print("areas: \(counts[0]); sectors: \(counts[1])")
    if let bytes = plan.byteCount { print("memory for tables: \(max(1, bytes >> 20)) MiB") }
    for line in (plan.space?.lines ?? []) + (plan.transport?.lines ?? []) { print(line) }
    print("and write to \(folder.path)")
  }

  /// Tells what a long run is about to do, and that it can be stopped.
  func announce(_ plan: [String], output: String?) {
    if quiet || json { return }
    let lines =
      plan
      + [
        output.map {
          "finished parts are kept in \($0).unfinished: a run that is stopped goes on from them"
        }
      ].compactMap { $0 }
    FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// A bar that shows how much of the inputs was read, or nil where nobody would see it.
  func progressBar(for job: Job) -> ProgressBar? {
    guard !quiet, !json, isatty(STDERR_FILENO) == 1 else { return nil }
    return ProgressBar(total: job.inputByteCount)
  }

  private func report(_ failure: Failure) {
    if json, let line = try? failure.json() {
      FileHandle.standardError.write(Data((line + "\n").utf8))
    } else {
      FileHandle.standardError.write(Data("mismatch: \(failure)\n".utf8))
    }
  }
}

extension Failure.Kind {
  /// The exit status that tells a pipeline what kind of failure it was.
  var exitStatus: Int32 {
    switch self {
    case .failed, .interrupted: 1
    case .usage: 64
    case .badData: 65
    case .inputOutput: 74
    }
  }
}

extension Failure {
  fileprivate func json() throws -> String {
    struct Record: Encodable {
      let error: String
      let file: String?
      let line: Int?
      let column: Int?
      let found: String
      let expected: String?
      let advice: String?
    }
    let record = Record(
      error: kind.rawValue, file: place?.file, line: place?.line, column: place?.column,
      found: found, expected: expected, advice: advice)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }
}
