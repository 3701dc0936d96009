import Benchmark
import Foundation

/// How long do whole runs take, from the start of the process to its end? The executable under test is
/// the release build of the package above, run as users run it.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .instructions], warmupIterations: 2, maxDuration: .seconds(20),
    maxIterations: 25)

  Benchmark("version") { _ in try mismatch("--version") }
  Benchmark("london, 38 x 14") { _ in try run("../Datasets/london/job.yaml") }

  if FileManager.default.fileExists(atPath: ".inputs/provision.csv.gz") {
    Benchmark("providers, 460,862 rows") { _ in try run("Jobs/providers.yaml") }
  } else {
    print("Skipped: providers, 460,862 rows. run.sh lays out its input.")
  }
}

private func run(_ job: String) throws {
  try mismatch("run", job, "--quiet", "-o", ".inputs/out/whole-run")
}

/// Runs the executable and waits for its end.
private func mismatch(_ arguments: String...) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "../.build/release/mismatch")
  process.arguments = arguments
  process.standardOutput = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw RunFailed(status: process.terminationStatus) }
}

/// A run that did not end well; what it said is on the screen.
private struct RunFailed: Error {
  let status: Int32
}
