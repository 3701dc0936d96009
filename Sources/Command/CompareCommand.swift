import ArgumentParser
import Extracts
import Mismatch
import Reports

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Compare two finished runs: what differs in job and inputs, which gaps moved, which calls changed.",
    discussion: """
      Cells are matched by period, area and sector; if each run has one period, those are compared whatever \
      their labels. A gap moved if neither run's interval holds the other run's gap: a description, not a test. \
      The exit status is 0 whether or not the runs differ, and 64 if they have no cell in common.
      """)

  @Argument(help: "The folder of a finished run, A.")
  var a: String

  @Argument(help: "The folder of another one, B.")
  var b: String

  @Option(
    name: [.short, .long],
    help: "File for the table of all cells (CSV, gzipped if it ends in .gz); - is standard output.")
  var output: String?

  @Option(help: "Number of cells to print, those whose gaps moved most.")
  var top = 10

  @OptionGroup var messages: Messages

  func validate() throws {
    if top < 0 { throw ValidationError("--top must be at least 0") }
  }

  func run() throws {
    try messages.reportingFailures {
      let runs = [try FinishedRun(folder: a), try FinishedRun(folder: b)]
      if let output, runs.contains(where: { $0.wrote(output) }) {
        throw Failure(
          .usage, at: Place(file: output), "is a file of a run, and would be replaced",
          advice: "Choose another name for --output")
      }
      let work = try RunComparison(runs[0], runs[1], workerCount: WorkOptions.allCores)
      let comparison = try compare(work)
      for run in runs {
        if let changed = run.problem(ofTable: "cells.csv") {
          Terminal.say(["mismatch: \(run.folder)/cells.csv \(changed)"])
        }
      }
      guard !messages.quiet, output != "-" else { return }
      if messages.json {
        try Terminal.print(json: JSONText.of(comparison))
      } else {
        try Terminal.print(CompareReport(comparison).lines())
      }
    }
  }

  private func compare(_ work: RunComparison) throws -> Comparison {
    guard let output else { return try work.comparison(top: top) }
    var comparison: Comparison?
    try SingleFile.write(to: output) { sink in
      comparison = try withoutActuallyEscaping(sink) { try work.comparison(top: top, write: $0) }
    }
    guard let comparison else { throw Failure(.failed, "nothing was compared") }
    return comparison
  }
}
