import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Batches that are stopped, or whose output nobody reads.
struct BatchProcessTests {
  private func folder() throws -> WorkFolder {
    let work = try WorkFolder()
    try Faults.writeJobs(in: work)
    try work.write(
      "last.yaml",
      try String(contentsOfFile: "\(work.path)/one.yaml", encoding: .utf8)
        .replacing("name: one", with: "name: last").replacing("one.csv", with: "pipe"))
    #expect(try work.run("mkfifo pipe").status == 0)
    return work
  }

  /// The last run waits for a pipe that nobody writes to.
  @Test(arguments: [(SIGINT, 1), (SIGTERM, 1), (SIGINT, 2)])
  func signalsLeaveWholeRuns(signal: Int32, jobs: Int) throws {
    let work = try folder()
    for name in ["one", "two"] {
      #expect(try work.run("mismatch run \(name).yaml -o alone/\(name) -q").status == 0)
    }
    let batch = try work.start("exec mismatch run one.yaml two.yaml last.yaml -o out -j \(jobs)")
    let isReady = {
      // Folders are exchanged while they are looked through.
      guard let files = try? work.files() else { return false }
      return ["out/one/manifest.json", "out/two/manifest.json", "out/.last.mismatch-lock"]
        .allSatisfy(files.contains)
    }
    for _ in 0..<2000 where !isReady() { usleep(5_000) }
    kill(batch.processID, signal)
    let result = try batch.wait()
    #expect(result.isSignal && result.status == signal)
    #expect(result.stderr == "mismatch: stopped on request; the files of 2 runs are written\n")
    for name in ["one", "two"] {
      #expect(try work.contents("out/\(name)") == work.contents("alone/\(name)"))
    }
    #expect(try work.files().filter { $0.contains(".mismatch-") || $0.contains("last/") } == [])
    // The same command does the rest.
    #expect(try work.run("rm pipe; cp one.csv pipe").status == 0)
    let second = try work.run("mismatch run one.yaml two.yaml last.yaml -o out")
    #expect(second.stdout.contains("3 runs: 1 ran, 2 up to date"), "\(second.stdout)")
  }

  @Test func outputThatNobodyReadsStopsNoRun() throws {
    let work = try folder()
    let result = try work.run(
      "(mismatch run one.yaml two.yaml -o out; echo $? > status) | true; cat status")
    #expect(result.stderr == "")
    let files = try work.files()
    #expect(files.contains("out/one/cells.csv") && files.contains("out/two/cells.csv"))
    #expect(files.contains("out/runs.csv"))
  }
}
