import Dense
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Runs that are killed, starved or refused at every call that they make (`Tests/Faults/faults.c`).
///
/// Each begins from a folder that holds an earlier run, a file and a folder of somebody else.
@Suite(.enabled(if: Faults.library != nil || Surroundings.isCI))
struct FaultTests {
  private let work: WorkFolder
  private let earlier: [String: Data]
  private let later: [String: Data]

  init() throws {
    work = try WorkFolder()
    try Faults.writeJobs(in: work)
    for (job, folder) in [("one", "earlier"), ("two", "later")] {
      let run = try work.run("mismatch run \(job).yaml -o \(folder) -q")
      #expect(run.status == 0, "\(run.stderr)")
    }
    earlier = try work.contents("earlier")
    later = try work.contents("later")
  }

  /// Puts an earlier run into place, with a file and a folder of others beside it.
  private func prepare() throws {
    let line =
      "rm -rf out .out.mismatch-* happened && cp -r earlier out && echo mine > out/notes.txt"
      + " && mkdir out/plots && echo mine > out/plots/one.svg"
    #expect(try work.run(line).status == 0)
  }

  /// Which run's files stand in the folder, with what others keep there.
  private func standing(after what: String) throws -> [String: Data] {
    #expect(try work.run("cat out/notes.txt").stdout == "mine\n", "\(what)")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(work.path)/out")
    var files: [String: Data] = [:]
    for name in names where name != "notes.txt" && name != "plots" {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(work.path)/out/\(name)"))
    }
    #expect(files == earlier || files == later, "a mixture after \(what)")
    return files
  }

  /// Has call after call of a run fail or kill it, as long as there is another one.
  private func everyCall(
    _ error: Int32, calls: String? = nil, _ check: (Int, Program.Result) throws -> Void
  ) throws {
    let list = calls.map { "FAULT_CALLS=\($0) " } ?? ""
    for call in 1...400 {
      try prepare()
      let result = try work.run(
        "\(list)FAULT_AT=\(call) FAULT_ERROR=\(error) FAULT_NOTE=happened LD_PRELOAD=\(Faults.path) "
          + "exec mismatch run two.yaml -o out -q -j 1")
      guard try work.files().contains("happened") else {
        #expect(result.status == 0 && call > 1)
        return
      }
      try check(call, result)
    }
    Issue.record("a run of this size makes fewer calls")
  }

  @Test("A run that is killed before or after any call leaves one whole run", arguments: [0, -1])
  func killed(error: Int32) throws {
    try everyCall(error) { call, result in
      #expect(result.isSignal && result.status == SIGKILL)
      _ = try standing(after: "call \(call)")
      // The next run goes on as if nothing had been, and puts back what was still to be moved.
      let next = try work.run("mismatch run two.yaml -o out -q -j 1")
      #expect(next.status == 0, "\(next.stderr)")
      #expect(try standing(after: "call \(call) and a run") == later)
      #expect(try work.run("cat out/plots/one.svg").stdout == "mine\n", "call \(call)")
      let left = try work.files().filter { $0.hasPrefix(".out.mismatch-") }
      #expect(left.isEmpty, "call \(call) leaves \(left)")
    }
  }

  @Test(
    "A call that fails ends the run with a sentence and the earlier run as it was",
    arguments: [ENOSPC, EIO, EACCES, EMFILE])
  func failing(error: Int32) throws {
    try everyCall(error) { call, result in
      #expect(!result.isSignal)
      let standing = try standing(after: "call \(call)")
      if result.status == 0 {
        #expect(standing == later, "call \(call)")
      } else {
        #expect(result.status == 74, "call \(call): \(result.status) \(result.stderr)")
        #expect(result.stderr.hasPrefix("mismatch: ") && result.stderr.hasSuffix("\n"))
        #expect(result.stderr.contains(String(cString: strerror(error))), "\(result.stderr)")
        #expect(standing == earlier, "call \(call)")
      }
      #expect(try work.run("cat out/plots/one.svg").stdout == "mine\n", "call \(call)")
    }
  }

  @Test(
    "File systems without exchange, links or locks are written all the same",
    arguments: [
      "renameat2", "linkat", "flock", "renameat2,linkat,flock,chown,chmod",
    ])
  func unsupported(calls: String) throws {
    try prepare()
    let run = try work.run(
      "FAULT_CALLS=\(calls) FAULT_AT=0 FAULT_ERROR=\(EINVAL) LD_PRELOAD=\(Faults.path) "
        + "mismatch run two.yaml -o out -q")
    #expect(run.status == 0, "\(run.stderr)")
    #expect(try standing(after: calls) == later)
    #expect(try work.run("cat out/plots/one.svg").stdout == "mine\n")
    #expect(try !work.files().contains { $0.hasPrefix(".out.mismatch-") })
  }

  @Test("Without exchange, a run that is killed is put right by the next one")
  func killedWithoutExchange() throws {
    // The first rename takes the earlier folder away, the second brings the new one; links are refused as well.
    for call in 1...3 {
      try prepare()
      let line = "FAULT_CALLS=rename FAULT_AT=\(call) FAULT_ERROR=-1 "
      let unsupported = "UNSUPPORTED=renameat2,linkat"
      _ = try work.run(
        "\(line)\(unsupported) LD_PRELOAD=\(Faults.path) mismatch run two.yaml -o out -q -j 1")
      let next = try work.run("mismatch run two.yaml -o out -q")
      #expect(next.status == 0, "\(next.stderr)")
      #expect(try standing(after: "rename \(call)") == later)
      #expect(try work.run("cat out/plots/one.svg").stdout == "mine\n")
    }
  }

  @Test(
    "Without threads or a pipe to be had a run gives the same bytes",
    arguments: [
      "pthread_create", "pipe", "pthread_create,pipe",
    ])
  func withoutThreads(calls: String) throws {
    let run = try work.run(
      "FAULT_CALLS=\(calls) FAULT_AT=0 FAULT_ERROR=\(EAGAIN) LD_PRELOAD=\(Faults.path) "
        + "timeout 60 mismatch run two.yaml -o alone -q -j 4")
    #expect(run.status == 0, "\(run.stderr)")
    #expect(try work.contents("alone") == later)
  }
}
