import ArgumentParser
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Options of every command that reads a job's inputs.
struct WorkOptions: ParsableArguments {
  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Number of threads; results do not depend on it. Default: all cores.")
  var jobs: Int?

  @Option(help: "Maximum memory for tables, such as 500M or 8G. Default: no limit.")
  var memory: MemorySize?

  @OptionGroup var messages: Messages

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  /// How many threads share the work.
  var workerCount: Int { jobs ?? WorkOptions.allCores }

  /// How many threads the machine runs at once.
  static var allCores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// A session with these options.
  func session(
    _ job: Job, seed: UInt64 = 0, long: LongWork = LongWork(),
    tallies: Sides<[InputFile]> = Sides { _ in [] },
    onRead: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> Session {
    Session(
      job, workerCount: workerCount, memoryLimit: memory?.byteCount, seed: seed, long: long,
      tallies: tallies, onRead: onRead)
  }

  /// Reads and checks a job with a progress bar.
  func check(_ job: Job, tallies: Sides<[InputFile]>) throws -> CheckedRun {
    let bar = messages.progressBar(for: job)
    defer { bar?.clear() }
    return try session(job, tallies: tallies) { bar?.advance(by: $0) }.check()
  }

  /// Runs a job with a progress bar.
  ///
  /// - Parameters:
  ///   - seed: of random draws.
  ///   - tallies: in the place of the files of a side.
  ///   - output: the folder beside which a long run keeps its finished parts.
  ///   - verify: looks at what the checks found, before anything is worked out.
  func run(
    _ job: Job, seed: UInt64, output: String, tallies: Sides<[InputFile]>,
    verify: (CheckedRun) throws -> Void
  ) throws -> Outcome {
    let bar = messages.progressBar(for: job)
    defer { bar?.clear() }
    let messages = messages
    let long = LongWork(
      output: output, onPlan: { messages.announce($0, output: output) },
      onPart: { bar?.show("calculating", $0, of: $1) })
    let session = session(job, seed: seed, long: long, tallies: tallies) { bar?.advance(by: $0) }
    let checked = try session.check()
    bar?.clear()
    try verify(checked)
    return try session.analyse(checked)
  }
}

/// Tallies in the place of files.
struct TallyOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help:
      "Tallies, as `mismatch tally` writes them; a side that has any is not read from its files.")
  var tallies: [String] = []

  /// The tallies of each side, by name: the order in which they are given makes no difference.
  func bySide() throws -> Sides<[InputFile]> {
    var sides = Sides<[InputFile]> { _ in [] }
    let files = try tallies.flatMap { try InputFile.named($0, in: ".", at: Place(file: $0)) }
    for file in files.sorted(by: { Codebook.precedes($0.name, $1.name) }) {
      sides[try SideReading.side(ofTally: file)].append(file)
    }
    return sides
  }
}

/// A number of bytes with an optional unit: K, M, G or T, powers of 1,024.
struct MemorySize: ExpressibleByArgument {
  let byteCount: Int

  init?(argument: String) {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    let unit = argument.last.flatMap { units[Character($0.uppercased())] }
    guard let number = Int(unit == nil ? argument : String(argument.dropLast())), number > 0 else {
      return nil
    }
    let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !isTooLarge else { return nil }
    byteCount = bytes
  }
}
