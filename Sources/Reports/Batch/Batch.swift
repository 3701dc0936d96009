import Extracts
import Jobs
import Mismatch
import Runs

/// The runs of one or several job files, each with a folder of its own.
package struct Batch: Sendable {
  /// One run: its job, or why there is none.
  package struct Run: Sendable {
    package let name: String
    package let job: Result<Job, any Error>
    /// Nil where there is no job.
    package let folder: OutputFolder?
  }

  package let runs: [Run]
  /// Where `runs.csv` goes: the folder that was asked for, or the one that holds the folders of all runs; nil
  /// where no job can be read.
  package let folder: String?
  let isForced: Bool

  /// The runs of job files, in their order.
  ///
  /// A file that cannot be read, or a job that is wrong, is a run that fails; the others are not stopped by it.
  ///
  /// - Parameters:
  ///   - output: the folder that holds those of all runs, by their names; nil for those that the jobs name.
  ///   - force: whether files of other origin may be replaced.
  /// - Throws: ``Failure`` where two runs have one name, or a folder that is that of another or inside it.
  package init(files: [String], output: String?, force: Bool) throws {
    runs = files.flatMap { Batch.runs(of: $0, output: output, force: force) }
    folder = output ?? Batch.parent(of: runs.compactMap(\.folder?.path))
    isForced = force
    try verifyNames()
    try verifyFolders()
  }

  private static func runs(of file: String, output: String?, force: Bool) -> [Run] {
    func failed(_ name: String?, _ error: any Error) -> Run {
      Run(name: name ?? TextFile.stem(of: file), job: .failure(error), folder: nil)
    }
    do {
      return try JobFile(path: file).runs().map { run in
        do {
          let job = try Job(run)
          let name = run.name ?? job.name
          let folder = output.map { name.asNamePart.asPath(in: $0) } ?? job.outputFolder
          return Run(
            name: name, job: .success(job), folder: OutputFolder(folder, force: force))
        } catch {
          return failed(run.name, error)
        }
      }
    } catch {
      return [failed(nil, error)]
    }
  }

  // MARK: Names and folders

  private func verifyNames() throws {
    var known: Set<String> = []
    for run in runs where !known.insert(run.name.asNamePart).inserted {
      throw Failure(
        .usage, "two runs are called \"\(run.name)\"",
        advice: "Give each job a `name` of its own, or run the jobs one by one")
    }
  }

  private func verifyFolders() throws {
    var known: [String: Run] = [:]
    for run in runs {
      guard let identity = run.folder?.identity else { continue }
      if let other = known[identity] { throw run.sharesFolder(with: other) }
      known[identity] = run
    }
    for run in runs {
      guard var above = run.folder?.identity else { continue }
      while above != TextFile.folder(of: above) {
        above = TextFile.folder(of: above)
        if let other = known[above] { throw run.isInsideFolder(of: other) }
      }
    }
  }

  /// The innermost folder that holds all these, as far as their paths tell.
  private static func parent(of folders: [String]) -> String? {
    let parents = folders.map { folder -> [Substring] in
      let names: [Substring] = folder.split(separator: "/").dropLast()
      return folder.hasPrefix("/") ? ["/"] + names : names
    }
    guard var common = parents.first else { return nil }
    for parent in parents {
      let sameCount = zip(common, parent).prefix { $0 == $1 }.count
      common = Array(common[..<sameCount])
    }
    guard let first = common.first else { return "." }
    let below = common.dropFirst().joined(separator: "/")
    return first == "/" ? "/" + below : below.isEmpty ? String(first) : "\(first)/\(below)"
  }

  /// A run's folder as a path from the folder of the batch on.
  func relativePath(of run: Run) -> String {
    guard let path = run.folder?.path, let folder else { return "" }
    let prefix = folder.last == "/" ? folder : folder + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// All files that the jobs read.
  var inputs: [InputFile] { runs.flatMap { (try? $0.job.get())?.inputFiles ?? [] } }
}

extension Batch.Run {
  private var place: Place? { (try? job.get()).map { Place(file: $0.file) } }

  fileprivate func sharesFolder(with other: Batch.Run) -> Failure {
    Failure(
      .badData, at: place,
      "the runs \(other.name) and \(name) both write to \(folder?.path ?? "")",
      expected: "a folder for each run",
      advice:
        "Name it in the job, with ${run} or the names of `matrix`: output: { folder: \"out/${run}\" }"
    )
  }

  fileprivate func isInsideFolder(of other: Batch.Run) -> Failure {
    Failure(
      .badData, at: place,
      "the run \(name) writes to \(folder?.path ?? ""), inside the folder of the run \(other.name), which is replaced as a whole",
      expected: "folders beside one another",
      advice: "Name other folders in the jobs, or one for all with -o")
  }
}
