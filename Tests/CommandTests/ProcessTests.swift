import Dense
import Foundation
import Testing

/// What only a running process shows: bytes, signals, full disks, the worked examples.
struct ProcessTests {
  /// Copies a worked example, without what earlier runs wrote.
  private func example(_ name: String) throws -> WorkFolder {
    let work = try WorkFolder()
    try work.copy(from: "\(Repository.datasets)/\(name)")
    try? FileManager.default.removeItem(atPath: "\(work.path)/out")
    return work
  }

  @Test(arguments: ["hidden-talents-2012", "london", "london-sectors"])
  func workedExamplesRun(name: String) throws {
    let work = try example(name)
    let result = try work.run("mismatch run job.yaml")
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr == "")
    #expect(result.stdout.hasPrefix("\(name): "))
    #expect(try work.contents("out").keys.contains("cells.csv"))
  }

  @Test func summaryOfLondonShowsLondon() throws {
    let result = try example("london").run("mismatch run job.yaml")
    #expect(result.status == 0)
    #expect(result.stdout.contains("Greater London, 2021/22 = Dec 22: share of provision"))
  }

  @Test(arguments: ["london", "london-sectors"])
  func bytesDependOnNeitherThreadsNorTheOrderOfRows(name: String) throws {
    let work = try example(name)
    let line = "mismatch run job.yaml -q"
    #expect(try work.run("\(line) -j 1 -o one && \(line) -j 2 -o two").status == 0)
    let one = try work.contents("one")
    #expect(one.count == (name == "london" ? 11 : 9))
    #expect(try work.contents("two") == one)
    for file in try work.files() where file.hasSuffix(".csv") && !file.contains("/") {
      try shuffle("\(work.path)/\(file)", seed: 3)
    }
    #expect(try work.run("\(line) -j 2 -o shuffled").status == 0)
    let shuffled = try work.contents("shuffled")
    #expect(Set(shuffled.keys) == Set(one.keys))
    for (file, bytes) in one {
      let isEqual =
        ["manifest.json", "report.html"].contains(file)
        ? try withoutDigests(shuffled[file]) == withoutDigests(bytes) : shuffled[file] == bytes
      #expect(isEqual, "\(file)")
    }
    #expect(shuffled["manifest.json"] != one["manifest.json"])
  }

  /// Puts the rows of a file into another order; the examples have no line breaks inside fields.
  private func shuffle(_ path: String, seed: UInt64) throws {
    var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let draws = Philox(seed: seed)
    for index in lines.indices.dropFirst(2).reversed() {
      let other = 1 + Int(draws.uniform(cell: 0, draw: UInt64(index)) * Double(index))
      lines.swapAt(index, other)
    }
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
  }

  private func withoutDigests(_ manifest: Data?) throws -> String {
    String(decoding: try #require(manifest), as: UTF8.self).replacing(/[0-9a-f]{64}/, with: "")
  }

  /// The run reads a pipe that never ends, so it is in the middle of its work whenever the signal comes.
  @Test(arguments: [SIGINT, SIGTERM])
  func signalInTheMiddleLeavesNothingWritten(signal: Int32) throws {
    let work = try WorkFolder()
    try work.write(
      "job.yaml",
      Self.pipeJob.replacing(
        "file: provision.csv", with: "file: provision.csv, where: { sector: s1 }"))
    try work.write("demand.csv", "area,sector,count\na1,s1,3\n")
    #expect(try work.run("mkfifo provision.csv").status == 0)
    let feed = "exec 3> provision.csv; touch opened; echo area,sector,count >&3; yes a1,s2,5 >&3"
    let feeder = try work.start(feed, name: "feeder")
    let run = try work.start("exec mismatch run job.yaml")
    // The writing end opens when the run opens the reading end; where the run fails before that, the
    // feeder would wait for ever, so it is ended too.
    var tries = 0
    while try !work.files().contains("opened"), tries < 2000 {
      Thread.sleep(forTimeInterval: 0.01)
      tries += 1
    }
    kill(run.processID, signal)
    let result = try run.wait()
    kill(feeder.processID, SIGKILL)
    _ = try feeder.wait()
    #expect(result.isSignal)
    #expect(result.status == signal)
    #expect(result.stderr == "mismatch: stopped on request; nothing was written\n")
    #expect(try work.files() == ["demand.csv", "job.yaml", "opened", "provision.csv"])
  }

  private static let pipeJob = """
    provision: { kind: people, file: provision.csv, area: area, category: sector, value: count }
    demand: { kind: vacancies, file: demand.csv, area: area, category: sector, value: count }

    """

  @Test func fullDiskLeavesNothingWrittenAndAnEarlierRunAsItWas() throws {
    let work = try example("london")
    let limited = "(ulimit -f 16; mismatch run job.yaml -q)"
    let first = try work.run(limited)
    #expect(first.status == 74)
    #expect(first.stderr.contains("cannot be written: File too large"))
    #expect(try work.files().allSatisfy { !$0.hasPrefix("out/") && !$0.contains(".mismatch-") })
    #expect(try work.run("mismatch run job.yaml -q").status == 0)
    let before = try work.contents("out")
    #expect(try work.run(limited).status == 74)
    #expect(try work.contents("out") == before)
    #expect(try work.files().allSatisfy { !$0.contains(".mismatch-") })
  }

  /// The file has no blocks on the disk; the process may not have a third of it in memory.
  @Test func endlessLineIsRefusedInBoundedMemory() throws {
    let work = try WorkFolder()
    try work.write("job.yaml", Self.pipeJob)
    try work.write("demand.csv", "area,sector,count\na1,s1,3\n")
    try work.write("provision.csv", "area,sector,count\na1,")
    let result = try work.run(
      "truncate -s 3G provision.csv && (ulimit -v 1048576; mismatch run job.yaml -j 2)")
    #expect(result.status == 65)
    #expect(
      result.stderr
        == "mismatch: provision.csv:2: a record is longer than 16 MiB; expected rows of a table. "
        + "Look for an unclosed quote, or for missing line breaks\n")
    #expect(try work.files() == ["demand.csv", "job.yaml", "provision.csv"])
  }

  @Test func outputGoesThroughAJobThatIsAPipe() throws {
    let work = try WorkFolder()
    #expect(try work.run("mismatch init s && cp s/*.csv .").status == 0)
    let result = try work.run(
      "mkfifo j.yaml; cat s/job.yaml > j.yaml & mismatch run j.yaml -q -o out")
    #expect(result.status == 0, "\(result.stderr)")
    let manifest = try #require(try work.contents("out")["manifest.json"])
    #expect(String(decoding: manifest, as: UTF8.self).contains("A Mismatch job."))
  }
}
