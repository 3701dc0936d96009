import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs
import Synchronization

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Read a job's inputs, calculate and write its output folder.",
    discussion: """
      Several jobs, and a job with `variants` or `matrix`, are a batch: each run has a folder of its own, a run whose \
      folder is up to date is skipped, and one that fails does not stop the others. `runs.csv`, in the folder that \
      holds theirs, says what each came to. The exit status is the highest of all runs.
      """)

  @Argument(help: ArgumentHelp("The job file, or several.", valueName: "job"))
  var jobs: [String]

  @Option(
    name: [.short, .long],
    help:
      "Output folder, of a batch the one that holds those of its runs; default: as the job says.")
  var output: String?

  @Option(
    name: .long,
    help:
      "Folder for cells.csv and summary.csv of all runs of a batch, with the run in front of each row."
  )
  var combine: String?

  @OptionGroup var strictness: Strictness

  @OptionGroup var tallies: TallyOptions

  @OptionGroup var work: WorkOptions

  @Option(help: "Seed for random draws, recorded in the manifest.")
  var seed: UInt64 = 0

  @Flag(help: "Write into a folder that holds other files.")
  var force = false

  @Flag(help: "List the inputs and the memory that tables need, then stop.")
  var dryRun = false

  func run() throws {
    try work.messages.reportingFailures {
      if jobs.count == 1 {
        let file = try JobFile(path: jobs[0])
        let runs = try file.runs()
        if !file.isVaried, combine == nil, let only = runs.first {
          let job = try Job(only)
          return try run(job, OutputFolder(output ?? job.outputFolder, force: force))
        }
      }
      let batch = try Batch(files: jobs, output: output, force: force)
      if dryRun { return try plan(batch) }
      try run(batch)
    }
  }

  private func run(_ job: Job, _ folder: OutputFolder) throws {
    try folder.hold(for: job, workerCount: work.workerCount) { held in
      if dryRun { return try work.messages.say(try work.session(job).plan(), job, folder) }
      let tallies = try tallies.bySide()
      let outcome = try work.run(job, seed: seed, output: folder.path, tallies: tallies) {
        try work.messages.stop(onFailsOf: $0.outcome, strictly: strictness.strict)
      }
      let options = Manifest.Options(seed: seed)
      try held.write(outcome, options: options, workerCount: work.workerCount)
      try work.messages.show(outcome, folder: folder.path)
    }
  }

  private func plan(_ batch: Batch) throws {
    for run in batch.runs {
      let job = try run.job.get()
      guard let folder = run.folder else { continue }
      try work.messages.say(try work.session(job).plan(), job, folder)
    }
  }

  private func run(_ batch: Batch) throws {
    let files = try BatchFiles(batch, combinedFolder: combine)
    let report = BatchReport(batch, work.messages)
    let endedCount = Mutex(0)
    let options = BatchWork.Options(
      seed: seed, isStrict: strictness.strict, workerCount: work.workerCount,
      memoryLimit: work.memory?.byteCount, tallies: try tallies.bySide())
    let rows = BatchWork(batch, options) { row in
      report.show(
        row,
        endedCount.withLock { count in
          count += 1
          return count
        })
    }.run()
    try report.close(rows, written: try files.write(rows))
  }
}
