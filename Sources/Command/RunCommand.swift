import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Read a job's inputs, calculate and write its output folder.")

  @Argument(help: "The job file.")
  var job: String

  @Option(name: [.short, .long], help: "Output folder; default: the one named in the job.")
  var output: String?

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
      let job = try Job(file: job)
      let folder = OutputFolder(output ?? job.outputFolder, force: force)
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
  }
}
