import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// What a job says of failing checks, and what the command makes of it.
struct CheckAcceptTests {
  private static var failing: CheckBench {
    var bench = CheckBench()
    bench.provision = "rounding: nearest 10"
    return bench
  }

  @Test func aReasonLetsARunGoOn() throws {
    var bench = CheckAcceptTests.failing
    #expect(try bench.outcome().checks.count { $0.stops } == 1)
    bench.head = "accept: { rounding: \"made up\" }"
    let checks = try bench.outcome().checks
    #expect(checks.allSatisfy { !$0.stops })
    #expect(checks.filter { $0.accepted != nil }.map(\.check) == ["rounding"])
    #expect(checks.first { $0.check == "rounding" }?.result == .fail)
  }

  @Test func unknownChecksAndEmptyReasonsAreRefused() throws {
    var bench = CheckBench()
    bench.head = "accept: { roundings: \"made up\" }"
    #expect(bench.failure()?.advice == "Did you mean \"rounding\"?")
    bench.head = "accept: { rounding: \" \" }"
    #expect(bench.failure()?.expected?.contains("reason") == true)
  }

  @Test func manifestAndTableHoldTheReason() throws {
    var bench = CheckAcceptTests.failing
    bench.head = "accept: { rounding: \"made up\" }"
    try bench.inFolder { job in
      let outcome = try Session(Job(file: job), workerCount: 1).run()
      let folder = TextFile.folder(of: job) + "/out"
      try OutputFolder(folder, force: false).write(outcome, options: Manifest.Options(seed: 0))
      let table = try TextFile.read(folder + "/checks.csv")
      #expect(table.contains("rounding,fail,") && table.contains(",made up\n"))
      #expect(table.split(separator: "\n").count == outcome.checks.count + 1)
      let manifest = try TextFile.read(folder + "/manifest.json")
      #expect(manifest.contains("\"rounding\" : \"made up\""))
    }
  }

  private static let binary = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      ".build/debug/mismatch")

  private func status(_ arguments: [String]) throws -> (status: Int32, out: String, error: String) {
    let process = Process()
    process.executableURL = CheckAcceptTests.binary
    process.arguments = arguments
    let (out, error) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = error
    try process.run()
    let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let messages = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, messages)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: binary.path)))
  func aFailEndsTheCommandWithStatus2AndNothingWritten() throws {
    var bench = CheckAcceptTests.failing
    try bench.inFolder { job in
      let folder = TextFile.folder(of: job) + "/out"
      let check = try status(["check", job])
      #expect(check.status == 2 && check.out.contains("fail  rounding: provision.csv:9:"))
      let run = try status(["run", job, "-o", folder])
      #expect(run.status == 2 && run.out.isEmpty)
      #expect(run.error.contains("check rounding failed: provision.csv:9:"))
      #expect(!FileManager.default.fileExists(atPath: folder))
    }
    bench.head = "accept: { rounding: \"made up\" }"
    try bench.inFolder { job in
      let check = try status(["check", job])
      #expect(check.status == 0)
      let run = try status(["run", job, "-o", TextFile.folder(of: job) + "/out"])
      #expect(run.status == 0 && run.out.contains("(accepted: made up)"))
    }
  }
}
