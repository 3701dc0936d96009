import ArgumentParser
import Extracts
import Jobs
import Mismatch
import Reports
import Runs

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Add up tallies of one side.",
    discussion: """
      The sums are exact: the order of the tallies, and how they were merged before, make no difference. Refuses \
      tallies of another side, version or way of reading, and an input that two tallies have (exit status 65).
      """)

  @Argument(help: "Tallies, as `mismatch tally` writes them.")
  var tallies: [String]

  @Option(
    name: [.short, .long],
    help: "File to write, gzipped if it ends in .gz. Default: standard output.")
  var output: String?

  @OptionGroup var messages: Messages

  func run() throws {
    try messages.reportingFailures {
      let files = try tallies.flatMap { try InputFile.named($0, in: ".", at: Place(file: $0)) }
      try SingleFile.write(to: output) { try SideReading.merge(files, to: $0) }
    }
  }
}
