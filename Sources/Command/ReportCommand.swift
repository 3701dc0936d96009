import ArgumentParser
import Extracts
import Mismatch
import Reports

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a finished run: one page of HTML.",
    discussion: """
      The page is made from the files of the run's folder: it loads nothing from elsewhere, opens from a disk and \
      prints on A4. `output: { report: true }` in the job writes the same page with the run.
      """)

  @Argument(help: "The folder of a finished run.")
  var folder: String

  @Option(
    name: [.short, .long],
    help: "The file to write; - is standard output. Default: report.html in the run's folder.")
  var output: String?

  @Option(help: "The folder of another finished run: a section compares this one with it.")
  var compare: String?

  @OptionGroup var work: WorkOptions

  func run() throws {
    try work.messages.reportingFailures {
      let page = try ReportPage(
        FinishedRun(folder: folder), beside: compare.map { try FinishedRun(folder: $0) },
        workerCount: work.workerCount)
      try page.write(to: output, besides: folder)
    }
  }
}
