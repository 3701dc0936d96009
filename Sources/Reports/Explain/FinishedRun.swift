import Extracts
import Jobs
import Runs
import Dense
import Foundation
import Mismatch

/// The folder of a finished run: what its manifest says of job and inputs, and what its files hold.
package struct FinishedRun: Sendable {
  package struct Input: Codable, Sendable, Equatable {
    package let name: String
    let role: String
    let sha256: String

    /// Whether it stands where the job says.
    fileprivate var isOfJob: Bool {
      !SideReading.isTally(role: role) && !SideReading.isTallied(role: role)
    }

    /// Whether it is the same content in the same role; a tally may have been moved.
    fileprivate func isSame(as other: Input) -> Bool {
      self == other
        || SideReading.isTally(role: role) && (role, sha256) == (other.role, other.sha256)
    }
  }

  fileprivate struct Record: Decodable {
    struct Job: Decodable {
      let name: String
      let text: String
    }

    struct SideRecord: Decodable { let kind: String }

    struct Grid: Decodable {
      let period: String
      let areas: Int
      let sectors: Int
      let calls: [String: Int]
    }

    struct Balance: Decodable {
      let side: String
      let mapped: Double
    }

    let version: String
    let job: Job
    let options: Manifest.Options
    let provision: SideRecord
    let demand: SideRecord
    let inputs: [Input]
    let outputs: [Manifest.Output]
    let grids: [Grid]
    let balance: [Balance]
    let checks: [CheckRow]
  }

  /// The grid of one pair of periods.
  package struct GridSummary: Sendable, Equatable {
    package let period: String
    package let areaCount: Int
    package let sectorCount: Int
    package let calls: [Call: Int]
  }

  package let folder: String
  /// The version of the engine that wrote it.
  package let version: String
  package let inputs: [Input]
  let outputs: [Manifest.Output]
  let options: Manifest.Options
  package let jobName: String
  let jobText: String
  /// What each side counts, such as `achievements`.
  package let kinds: Sides<String>
  /// How many cells have each call, period by period.
  package let grids: [GridSummary]
  /// What its checks found.
  package let checks: [CheckRow]
  /// What it came to.
  package let result: BatchRow.Result

  /// Reads the manifest of a run.
  ///
  /// - Throws: ``Failure`` where the folder holds no manifest of ours.
  package init(folder: String) throws {
    let file = "\(folder)/manifest.json"
    guard TextFile.isRegular(file) else {
      throw Failure(
        .inputOutput, at: Place(file: folder), "holds no manifest.json",
        expected: "the folder of a finished run",
        advice: "Name the folder that `mismatch run` wrote")
    }
    let data = Data(try TextFile.read(file).utf8)
    guard let record = try? JSONDecoder().decode(Record.self, from: data) else {
      throw Failure(
        .badData, at: Place(file: file), "is not a manifest written by this version",
        advice: "Run the job again")
    }
    self.folder = folder
    version = record.version
    inputs = record.inputs
    outputs = record.outputs
    options = record.options
    jobName = record.job.name
    jobText = record.job.text
    kinds = Sides(provision: record.provision.kind, demand: record.demand.kind)
    grids = record.grids.map { grid in
      let calls = Call.allCases.map { ($0, grid.calls[$0.rawValue] ?? 0) }
      return GridSummary(
        period: grid.period, areaCount: grid.areas, sectorCount: grid.sectors,
        calls: Dictionary(uniqueKeysWithValues: calls))
    }
    checks = record.checks
    result = record.result
  }

  // MARK: Job and inputs

  /// The job as it was run, with its inputs where they are now and as they were then.
  ///
  /// The manifest holds no path of a machine: the job's folder is that of `file`; without one, the nearest
  /// folder above the run's that holds the first input.
  ///
  /// - Throws: ``Failure`` where an input is missing or another one than the run read, and where `file`
  ///   has another text than the job that was run.
  package func job(file: String?) throws -> Job {
    if let file, try !JobFile(path: file).runs().contains(where: { $0.text.isSpelt(as: jobText) }) {
      throw Failure(
        .badData, at: Place(file: file), "is not the job that was run into \(folder)",
        advice: "Run it again, or give the original job file")
    }
    let file = try file ?? "job.yaml".asPath(in: jobFolder())
    for name in Codebook.sorted(Set(inputs.filter(\.isOfJob).map { Spelling($0.name) })) {
      try verify(name, at: name.asPath(in: TextFile.folder(of: file)))
    }
    return try Job(text: jobText, file: file)
  }

  private func jobFolder() throws -> String {
    let names = inputs.filter(\.isOfJob).map(\.name)
    guard let first = names.first(where: { !StandardInput.isName($0) }) else {
      return "."
    }
    var candidates: [String] = []
    var path = folder
    while path != ".", path != "/" {
      path = TextFile.folder(of: path)
      candidates.append(path)
    }
    if path == "." {
      let depth = FileManager.default.currentDirectoryPath.split(separator: "/").count
      candidates += (1...max(1, depth)).map {
        Array(repeating: "..", count: $0).joined(separator: "/")
      }
    }
    guard let found = candidates.first(where: { TextFile.isRegular(first.asPath(in: $0)) }) else {
      throw Failure(
        .inputOutput, at: Place(file: folder),
        "the input \"\(first)\" was not found in a folder above this one",
        advice: "Give the path of the job file: --job FILE")
    }
    return found
  }

  private func verify(_ name: String, at path: String) throws {
    guard !StandardInput.isName(name) else {
      throw Failure(
        .inputOutput, at: Place(file: folder),
        "the run read `\(name)`, standard input, which is gone",
        expected: "inputs that can be read again",
        advice: "Write what was piped in to a file, name that in the job, and run it again")
    }
    guard !FileIdentity(path: path).isPipe else {
      throw Failure(
        .inputOutput, at: Place(file: path), "is a pipe, whose content is gone",
        expected: "inputs that can be read again",
        advice: "Write the content to a file, name that in the job, and run it again")
    }
    guard TextFile.isRegular(path) else {
      throw Failure(
        .inputOutput, at: Place(file: path), "this input of the run is missing",
        advice: "Restore it, or give the path of the job file: --job FILE")
    }
    guard let known = inputs.first(where: { $0.name.isSpelt(as: name) }) else { return }
    let found = try Digest.ofFile(path)
    guard found == known.sha256 else {
      throw Failure(
        .badData, at: Place(file: path), "has changed since the run: its SHA-256 is \(found)",
        expected: known.sha256, advice: "Run the job again, or restore the original file")
    }
  }

  /// Makes sure that the files that were read again are those of the run.
  ///
  /// - Throws: ``Failure`` for the first that is not, such as a new file that a pattern finds.
  func verify(_ records: [InputRecord]) throws {
    let found = records.map { Input(name: $0.name, role: $0.role, sha256: $0.sha256) }
    if let other = found.first(where: { input in !inputs.contains { $0.isSame(as: input) } }) {
      throw Failure(
        .badData, at: Place(file: other.name),
        "is now read as \(other.role), but was not by the run",
        advice: "Run the job again, or move the file")
    }
  }

  // MARK: Outputs

  /// Whether a path is a folder, which a job file is not.
  package static func isFolder(_ path: String) -> Bool { FileIdentity(path: path).isFolder }

  /// How many files the run wrote, its manifest aside.
  package var outputCount: Int { outputs.count }

  /// A file of the run that is not as the run wrote it, and in what way.
  package struct ChangedOutput: Encodable, Sendable {
    package let file: String
    package let problem: String
  }

  /// The files that are missing, or hold other bytes than the run wrote; none where the run is whole.
  package func changedOutputs(workerCount: Int) -> [ChangedOutput] {
    let found = mapBlocks(of: outputs.count, size: 1, workerCount: workerCount) { block in
      problem(of: outputs[block.lowerBound])
    }
    return zip(outputs, found).compactMap { output, problem in
      problem.map { ChangedOutput(file: output.name, problem: $0) }
    }
  }

  /// What is wrong with a table of the run, plain or gzipped; nil where it is as the run wrote it.
  package func problem(ofTable name: String) -> String? {
    outputs.first { TableFiles.names(ofTable: name).contains($0.name) }.map(problem) ?? nil
  }

  private func problem(of output: Manifest.Output) -> String? {
    let path = "\(folder)/\(output.name)"
    let parts = output.name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, !parts.contains(".."), TextFile.isRegular(path) else {
      return "is missing"
    }
    do {
      return try Digest.ofFile(path) == output.sha256
        ? nil : "has changed since the run: its SHA-256 is different"
    } catch {
      return "cannot be read"
    }
  }
}

extension FinishedRun.Record {
  fileprivate var result: BatchRow.Result {
    func mapped(_ side: Side) -> Double {
      balance.filter { $0.side == side.rawValue }.reduce(0) { $0 + $1.mapped }
    }
    func count(_ call: Call) -> Int { grids.reduce(0) { $0 + ($1.calls[call.rawValue] ?? 0) } }
    return BatchRow.Result(
      areas: grids.first?.areas ?? 0, sectors: grids.first?.sectors ?? 0, periods: grids.count,
      provision: mapped(.provision), demand: mapped(.demand), over: count(.over),
      under: count(.under))
  }
}
