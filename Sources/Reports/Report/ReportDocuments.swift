import Jobs
import Mismatch
import Runs

/// `report.html`: the run as a page.
enum ReportDocument: RunDocument {
  static func isName(_ name: String) -> Bool { name == ReportPage.fileName }

  static func isWanted(by job: Job) -> Bool { job.documents.contains(.report) }

  static func verify(_ job: Job) throws { try ReportPage.verify(job, for: .report) }

  static func write(_ run: FinishedRun, to sink: DocumentSink) throws {
    let page = try ReportPage(run, workerCount: sink.workerCount)
    try sink.write(ReportPage.fileName, Array(page.html.utf8))
  }
}

/// `figures/`: the charts of the report as files of their own.
enum FiguresDocument: RunDocument {
  static let folder: String? = "figures"

  static func isName(_ name: String) -> Bool { name.hasSuffix(".svg") }

  static func isWanted(by job: Job) -> Bool { job.documents.contains(.figures) }

  static func verify(_ job: Job) throws { try ReportPage.verify(job, for: .figures) }

  static func write(_ run: FinishedRun, to sink: DocumentSink) throws {
    let page = try ReportPage(run, workerCount: sink.workerCount)
    for figure in page.figures {
      let svg = figure.chart.svg(idPrefix: figure.name, width: 960)
      try sink.write("figures/\(figure.name).svg", Array(svg.utf8))
    }
  }
}

extension ReportPage {
  /// Makes sure that a run writes what a report is made of.
  ///
  /// - Throws: ``Failure`` (`badData`) naming what the job leaves out.
  static func verify(_ job: Job, for document: DocumentKey) throws {
    let measures = [Measure.provisionShare, .demandShare, .shareGap].map(\.name)
    let missing = measures.filter { name in !job.measures.contains { $0.name == name } }
    guard job.writes("cells.csv"), missing.isEmpty else {
      throw Failure(
        .badData, at: Place(file: job.file),
        missing.isEmpty
          ? "`output.\(document.rawValue)` is asked for, and `files` leaves cells.csv out"
          : "`output.\(document.rawValue)` is asked for, and `measures` leaves out "
            + Failure.examples(missing),
        expected:
          "what it is made of: cells.csv with provision_share, demand_share and share_gap_pp",
        advice: missing.isEmpty ? "Add cells.csv to `files`" : "Add them to `measures`")
    }
  }
}
