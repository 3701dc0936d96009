import ArgumentParser
import Foundation
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented job with made-up sample data.")

  @Argument(help: "The folder to write to; created if it does not exist.")
  var folder: String

  @OptionGroup var messages: Messages

  func run() throws {
    try messages.reportingFailures {
      for file in Sample.files {
        guard !FileManager.default.fileExists(atPath: "\(folder)/\(file.name)") else {
          throw Failure(
            .inputOutput, at: Place(file: "\(folder)/\(file.name)"), "already exists",
            advice: "Choose another folder")
        }
      }
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for file in Sample.files {
          try file.text.write(toFile: "\(folder)/\(file.name)", atomically: true, encoding: .utf8)
        }
      } catch {
        throw Failure(
          .inputOutput, at: Place(file: folder), "cannot be written: \(error.localizedDescription)")
      }
      if messages.quiet { return }
      try Terminal.print([
        "Wrote \(Sample.files.map(\.name).joined(separator: ", ")) to \(folder).",
        "Next: mismatch run \(folder)/job.yaml",
      ])
    }
  }
}
