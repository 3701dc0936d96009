import ArgumentParser
import Extracts
import Jobs
import Mismatch
import Reports
import Runs

struct TallyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tally",
    abstract: "Count one side of a job in its source codes, as a table that can be added up.",
    discussion: """
      Reads the files of one side, with all checks of reading and without lookups or crosswalks, and writes exact \
      sums by period, area and category. Tallies of parts of the data are added up by `merge`, and \
      `run --tallies` takes them in the place of files. Exit status: 65 if the data are at fault, 74 if a file \
      could not be read or written.
      """)

  @Argument(help: "The job file.")
  var job: String

  @Option(help: "The side: provision or demand.")
  var side: SideName

  @Option(
    name: .customLong("input"),
    help: "File to read in the place of the job's; - is standard input. May be repeated.")
  var inputs: [String] = []

  @Option(help: "Name of the input in messages and in the tally.")
  var shard: String?

  @Option(help: "Number of rows that were sent, of one file; any other number is an error.")
  var rows: Int?

  @Option(
    name: [.short, .long],
    help: "File to write, gzipped if it ends in .gz. Default: standard output.")
  var output: String?

  @Option(help: "Write the lines of one cell instead: AREA,CATEGORY,PERIOD in source codes.")
  var watch: CellName?

  @Option(help: "Number of lines to write with --watch, the largest first; the others are summed.")
  var top: Int?

  @Option(help: "Write queries that make the tally instead, for spark, duckdb, athena or bigquery.")
  var sql: SQLDialect?

  @Option(help: "Name of the table for --sql, its parts separated by points. Default: the side.")
  var table: String?

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if shard != nil, inputs.count != 1 { throw ValidationError("--shard needs one --input") }
    if table != nil, sql == nil { throw ValidationError("--table needs --sql") }
    if sql != nil, !inputs.isEmpty || rows != nil || watch != nil {
      throw ValidationError("--sql reads nothing: it has neither --input, --rows nor --watch")
    }
    if top != nil, watch == nil { throw ValidationError("--top needs --watch") }
    if let top, top < 0 { throw ValidationError("--top must be at least 0") }
  }

  func run() throws {
    try work.messages.reportingFailures {
      let job = try Job(file: job).reading(
        side.side, from: inputs, named: shard, rowCount: rows)
      if let sql { return try writeQueries(job.sides[side.side], in: sql) }
      let bar = work.messages.progressBar(for: job)
      defer { bar?.clear() }
      let reading = try named(job.sides[side.side].files) {
        try work.session(job) { bar?.advance(by: $0) }.read(side.side, watch: watch?.watch)
      }
      try SingleFile.write(to: output) { sink in
        if let watch {
          try reading.writeLines(of: watch.cell, top: top, job.sides[side.side], to: sink)
        } else {
          try reading.writeTally(job.sides[side.side], to: sink)
        }
      }
    }
  }

  private func writeQueries(_ side: SideJob, in dialect: SQLDialect) throws {
    let query = try SideQuery(side, in: dialect, table: table ?? side.subject.text)
    try SingleFile.write(to: output) { sink in try sink(Array(query.text.utf8)) }
  }

  /// Names files in failures as the tally names them.
  private func named<Value>(_ files: [InputFile], _ work: () throws -> Value) throws -> Value {
    do { return try work() } catch var failure as Failure {
      failure.place = failure.place.map(files.named)
      for file in files where file.path != file.name {
        failure.found = failure.found.replacing("\(file.path):", with: "\(file.name):")
      }
      throw failure
    }
  }
}

/// The name of a side on the command line.
struct SideName: ExpressibleByArgument {
  let side: Side

  init?(argument: String) {
    guard let side = Side(rawValue: argument) else { return nil }
    self.side = side
  }
}

/// A cell of a source: `AREA,CATEGORY,PERIOD`.
struct CellName: ExpressibleByArgument {
  let cell: SourceCellName

  init?(argument: String) {
    guard let fields = SourceCellName(argument) else { return nil }
    cell = fields
  }

  var watch: CellWatch {
    CellWatch(areas: [Spelling(cell.area)], categories: [Spelling(cell.category)])
  }
}

extension SQLDialect: ExpressibleByArgument {}
