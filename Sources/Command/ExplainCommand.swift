import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Trace one cell of a finished run from source lines to measures.",
    discussion: """
      Reads the inputs of the run again and stops if one has changed. The exit status is 2 if the \
      recalculated values differ from cells.csv, or if a file of the run is missing or has changed. The \
      output is disclosive: it shows what published totals reveal about withheld counts, which the files of \
      the run protect. Review it before you share it.
      """)

  @Argument(help: "The folder of a finished run.")
  var folder: String

  @Option(help: "Code or name of the area.")
  var area: String

  @Option(help: "Code or name of the sector.")
  var sector: String

  @Option(help: "The period, or the label of one of its sides; required if the run has several.")
  var period: String?

  @Option(help: "Path of the job file; default: a folder above that of the run.")
  var job: String?

  @OptionGroup var tallies: TallyOptions

  @OptionGroup var work: WorkOptions

  func run() throws {
    try work.messages.reportingFailures {
      let run = try FinishedRun(folder: folder)
      let cell = try run.cell(
        area: area, sector: sector, period: period, workerCount: work.workerCount)
      let history = try work.history(
        of: cell, in: run, job: run.job(file: job), tallies: tallies.bySide())
      try work.messages.show(history, of: run)
      if !history.isConfirmed { throw ExitCode(2) }
    }
  }
}

extension WorkOptions {
  /// The history of a cell, with Ctrl-C and a progress bar attended to.
  fileprivate func history(
    of cell: CellKey, in run: FinishedRun, job: Job, tallies: Sides<[InputFile]>
  )
    throws -> CellHistory
  {
    let bar = messages.progressBar(for: job)
    defer { bar?.clear() }
    return try session(job, tallies: tallies) { bar?.advance(by: $0) }.history(of: cell, in: run)
  }
}

extension Messages {
  /// Prints how a cell came about.
  fileprivate func show(_ history: CellHistory, of run: FinishedRun) throws {
    if quiet { return }
    if json { return try Terminal.print(json: JSONText.of(history)) }
    try Terminal.print(HistoryReport(history).lines())
  }
}
