import ArgumentParser
import Extracts
import Fetching
import Jobs
import Mismatch
import Runs

struct FetchNomisCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nomis",
    abstract: "Bring one extract of Nomis, or look at what there is.",
    discussion: """
      With codes for all dimensions, DIMENSION=CODES, fetches the extract and prints the block of a job that would. \
      With a data set alone, lists its dimensions; --codes lists the codes of one, for areas their types with the \
      vintage of each. --search looks for data sets.

        mismatch fetch nomis --search claimant
        mismatch fetch nomis NM_162_1
        mismatch fetch nomis NM_162_1 --codes geography
        mismatch fetch nomis NM_162_1 geography=TYPE424 gender=0 age=0 measure=1 measures=20100 date=latest
      """)

  @Argument(help: "The data set, such as NM_162_1.")
  var dataset: String?

  @Argument(help: ArgumentHelp("Codes of each dimension.", valueName: "dimension=codes"))
  var dimensions: [String] = []

  @Option(help: "Look for data sets with this word in their name.")
  var search: String?

  @Option(help: "List the codes of a dimension, or the types of areas.")
  var codes: String?

  @Option(name: [.short, .long], help: "File to write. Default: the data set's name with .csv.")
  var output: String?

  @OptionGroup var messages: Messages

  func validate() throws {
    if (dataset == nil) == (search == nil) {
      throw ValidationError("name a data set, or use --search")
    }
    if codes != nil, !dimensions.isEmpty { throw ValidationError("--codes fetches nothing") }
    for text in dimensions where !text.contains("=") {
      throw ValidationError("\"\(text)\" is not DIMENSION=CODES")
    }
  }

  func run() throws {
    try messages.reportingFailures {
      let session = FetchSession(messages)
      let catalogue = try NomisDiscovery(session)
      if let search { return try show(try catalogue.dataSets(named: search)) }
      guard let dataset else { return }
      if let codes { return try show(try catalogue.codes(of: codes, in: dataset)) }
      if dimensions.isEmpty { return try show(try catalogue.description(of: dataset)) }
      try fetch(dataset, session)
    }
  }

  private func show(_ table: NomisDiscovery.Table) throws {
    if messages.json { return try Terminal.print(json: JSONText.of(table.records)) }
    var text = TextTable(table.headings)
    for row in table.rows { text.add(row) }
    try Terminal.print(table.title + text.lines(leftColumns: table.headings.count))
  }

  private func fetch(_ dataset: String, _ session: FetchSession) throws {
    let place = Place(file: "command line")
    let settings = ([("dataset", dataset)] + dimensions.map(\.halves)).map {
      FileSource.Setting(name: $0.0, texts: [$0.1], place: place)
    }
    let source = FileSource(kind: .nomis, settings: settings, place: place)
    let path = output ?? "\(dataset.uppercased()).csv"
    let file = InputFile(name: path, path: path)
    let (state, record) = try Fetcher(session).fetch(file, from: source)
    session.progress.end()
    guard let record else {
      let what = state == .edited ? "was edited since it was fetched" : "was not fetched"
      throw Failure(
        .inputOutput, at: Place(file: path), "stands there and \(what)",
        advice: "Move it, or choose another name with -o")
    }
    if messages.quiet { return }
    if messages.json { return try Terminal.print(json: try record.text()) }
    try Terminal.print(
      [
        "\(path): \(counted(record.rows ?? 0, "row")), last updated \(record.lastUpdate ?? "unknown")",
        "", "For a job (`mismatch inspect \(path)` shows the columns):", "",
      ] + source.lines(file: path).map { "  \($0)" })
  }
}

extension String {
  /// What stands before and behind the first `=`.
  fileprivate var halves: (String, String) {
    let parts = split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
  }
}
