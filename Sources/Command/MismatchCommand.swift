import ArgumentParser
import MismatchFormats

@main
struct MismatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mismatch",
    abstract: "Compares training provision with vacancy demand, area by area and sector by sector.",
    discussion: """
      Data goes to standard output, talk to standard error. Exit status: 0 done; 1 failed; 2 a check \
      failed; 64 the command was misused; 65 bad data; 74 a file could not be read or written. Ctrl-C \
      ends the command by its signal, with nothing written.
      """,
    version: engineVersion,
    subcommands: [
      RunCommand.self, CheckCommand.self, ExplainCommand.self, InspectCommand.self,
      MeasuresCommand.self, InitCommand.self,
    ])
}
