import ArgumentParser
import Extracts
import Fetching
import Foundation
import Jobs
import Mismatch
import Runs

struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Bring a job's files from their sources, whole or not at all.",
    discussion: """
      A file is fetched where the job has a `source` beside it and the file is missing, was fetched for another query, or \
      before the source was updated. FILE.source.json beside each says what was asked, when, and what proves that it is \
      whole. No other verb uses the network. Keys come from the environment: MISMATCH_NOMIS_UID (not needed) and \
      MISMATCH_STAT_XPLORE_KEY, or a file that MISMATCH_NOMIS_UID_FILE or MISMATCH_STAT_XPLORE_KEY_FILE names. \
      Exit status: 2 with --check if a file would be fetched, 65 if the source does not have what is asked for, 74 if \
      it could not be brought whole.
      """,
    subcommands: [FetchJobCommand.self, FetchNomisCommand.self],
    defaultSubcommand: FetchJobCommand.self)
}

struct FetchJobCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job", abstract: "Bring the files of a job. `job` may be left out.")

  @Argument(help: "The job file.")
  var job: String?

  @Flag(help: "Say what would be fetched, then stop.")
  var check = false

  @Flag(help: "Compare Nomis as it is with what fetch relies on, then stop.")
  var probe = false

  @OptionGroup var messages: Messages

  func validate() throws {
    if (job == nil) != probe { throw ValidationError("name a job, or use --probe without one") }
  }

  func run() throws {
    try messages.reportingFailures {
      let session = FetchSession(messages)
      guard let job else { return try compare(session) }
      let files = try sourcedFiles(of: job)
      let states = try files.map { file, source in
        try handle(file, source, Fetcher(session))
      }
      session.progress.end()
      if messages.json { try Terminal.print(json: JSONText.of(states)) }
      if check, states.contains(where: \.isFetched) { throw ExitCode(2) }
    }
  }

  /// The files of all runs of a job, each once.
  private func sourcedFiles(of path: String) throws -> [(file: InputFile, source: FileSource)] {
    let files = try JobFile(path: path).runs().flatMap { try Job($0).sourcedFiles }
    guard !files.isEmpty else {
      throw Failure(
        .badData, at: Place(file: path), "no file of the job has a `source`",
        expected: "one beside each `file` that is to be fetched",
        advice: "`mismatch fetch nomis DATASET` prints one")
    }
    return try Job.distinct(files)
  }

  /// Fetches a file, or says what would become of it.
  private func handle(_ file: InputFile, _ source: FileSource, _ fetcher: Fetcher) throws
    -> FileReport
  {
    let report: FileReport
    if check {
      report = FileReport(file, try fetcher.state(of: file, from: source), nil)
    } else {
      let (state, record) = try fetcher.fetch(file, from: source)
      report = FileReport(file, state, record)
    }
    if !messages.json, !messages.quiet || report.needsAttention {
      let line = report.line(isPlan: check)
      if report.needsAttention { Terminal.say([line]) } else { try Terminal.print([line]) }
    }
    return report
  }

  private func compare(_ session: FetchSession) throws {
    let findings = try NomisProbe(session).findings()
    if messages.json { return try Terminal.print(json: JSONText.of(findings)) }
    var lines: [String] = []
    for finding in findings {
      lines += [
        "\(finding.isAsAssumed ? "as assumed" : "differs   ")  \(finding.behaviour)",
        "            \(finding.found)",
      ]
    }
    try Terminal.print(lines)
    if findings.contains(where: { !$0.isAsAssumed }) { throw ExitCode(2) }
  }
}

/// What became of a file, for people and as JSON.
private struct FileReport: Encodable {
  let file: String
  let state: String
  let rows: Int?
  let lastUpdate: String?
  let areasWithoutRows: [String]?
  let isFetched: Bool
  let needsAttention: Bool

  init(_ file: InputFile, _ state: Fetcher.State, _ record: FetchRecord?) {
    self.file = file.name
    (rows, lastUpdate) = (record?.rows, record?.lastUpdate)
    areasWithoutRows = record?.areasWithoutRows
    isFetched = state.isFetched
    (self.state, needsAttention) =
      switch state {
      case .missing: ("missing", false)
      case .current: ("up to date", false)
      case .otherQuery: ("fetched for another query", false)
      case .outdated(let since): ("updated at the source since (\(since))", false)
      case .unfinished: ("left by a fetch that was stopped", false)
      case .edited: ("edited since it was fetched, and left as it is", true)
      case .foreign: ("not fetched, and left as it is", true)
      }
  }

  private enum CodingKeys: CodingKey { case file, state, rows, lastUpdate, areasWithoutRows }

  func line(isPlan: Bool) -> String {
    guard isFetched, !isPlan else { return "\(file): \(state)" }
    var text = "\(file): fetched" + (rows.map { ", \(counted($0, "row"))" } ?? "")
    if let lastUpdate { text += ", last updated \(lastUpdate)" }
    if let areas = areasWithoutRows, !areas.isEmpty {
      text += "; no rows for \(Failure.examples(areas))"
    }
    return text
  }
}

extension FetchSession {
  /// A session over the network, which shows how far it is where somebody sees it.
  convenience init(_ messages: Messages) {
    let clock = Clock(
      now: { Date().timeIntervalSince1970 }, sleep: { Thread.sleep(forTimeInterval: $0) })
    let agent = "mismatch/\(engineVersion) (labour-market mismatch; mismatch fetch)"
    let line = FetchLine(messages)
    self.init(
      Client(CurlTransport(agent: agent), clock: clock),
      environment: ProcessInfo.processInfo.environment,
      progress: FetchProgress(show: line.show, end: line.clear))
  }
}

/// A line on standard error that shows how far a download is.
private final class FetchLine {
  private let isShown: Bool
  private var isDrawn = false

  init(_ messages: Messages) {
    isShown = !messages.quiet && !messages.json && isatty(STDERR_FILENO) == 1
  }

  func show(_ moment: FetchProgress.Moment) {
    guard isShown else { return }
    isDrawn = true
    var text =
      "\(moment.name): \(count(Double(moment.done))) of \(count(Double(moment.total))) rows"
    if let seconds = moment.secondsLeft, seconds >= 1 {
      let minutes = Int(seconds) / 60
      text += ", \(minutes > 0 ? "\(minutes) min " : "")\(Int(seconds) % 60) s left"
    }
    Terminal.say(raw: "\r\u{1b}[2K\(text). Ctrl-C stops; the next fetch goes on from here")
  }

  func clear() {
    if isDrawn { Terminal.say(raw: "\r\u{1b}[2K") }
    isDrawn = false
  }
}
