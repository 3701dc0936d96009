import Extracts
import Jobs
import Runs
import CSystem
import Dense
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder that the files of a run go to, before any run holds it.
package struct OutputFolder: Sendable {
  package let path: String
  private let replacesForeignFiles: Bool

  /// The folder at a path.
  ///
  /// - Parameter force: whether files of the same names may be replaced that no run of ours wrote.
  package init(_ path: String, force: Bool) {
    self.path = path.last == "/" ? String(path.reversed().drop { $0 == "/" }.reversed()) : path
    replacesForeignFiles = force
  }

  /// Holds the folder for a run while `body` works, so that no other run writes there.
  ///
  /// - Parameter workerCount: threads that look at an earlier run's files.
  /// - Throws: ``Failure`` (`inputOutput`), before any work, where the path is no folder, is held by another run,
  ///   holds files of another origin or an input of the job that the run would replace, or cannot be written.
  package func hold<Result>(
    for job: Job, workerCount: Int = 1, _ body: (HeldFolder) throws -> Result
  ) throws -> Result {
    guard !path.isEmpty else {
      throw Failure(.usage, "the output folder has no name", advice: "Give one with -o")
    }
    for document in DocumentCatalogue.wanted(by: job) { try document.verify(job) }
    let place = try place()
    let made = try Folder.make(TextFile.folder(of: place))
    let removeMade: @Sendable () -> Void = { for folder in made { rmdir(folder) } }
    defer { removeMade() }
    let lock = try FolderLock(Staging.stem(beside: place) + "lock", of: path)
    return try Interruption.undoing(by: {
      lock.release(); removeMade()
    }) {
      defer { lock.release() }
      Staging.removeLeftovers(beside: place)
      let held = HeldFolder(
        path: path, place: place, inputs: job.inputFiles,
        earlier: EarlierRun(in: place, workerCount: workerCount), isForced: replacesForeignFiles)
      try held.verify { RunFiles.isName($0, of: job) }
      return try body(held)
    }
  }

  /// Writes all files of a run into the folder.
  package func write(_ outcome: Outcome, options: Manifest.Options, workerCount: Int = 1) throws {
    try hold(for: outcome.job, workerCount: workerCount) {
      try $0.write(outcome, options: options, workerCount: workerCount)
    }
  }

  /// What tells the folder from others, however it is named: its path without links, `.` and `..`.
  var identity: String {
    let path = (try? place()) ?? path
    let parts = path.split(separator: "/").reduce(into: [Substring]()) { parts, part in
      if part == "..", parts.last.map({ $0 != ".." }) == true {
        parts.removeLast()
      } else if part != "." {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// The path of the folder without links, which need not exist yet.
  private func place() throws -> String {
    guard let place = Folder.resolved(path) else {
      guard !FileIdentity(ofLinkAt: path).exists else {
        throw Failure(
          .inputOutput, at: Place(file: path), "is a broken link",
          advice: "Choose another folder with -o")
      }
      return try newPlace()
    }
    let refusal: (what: String, advice: String)?
    if !FileIdentity(path: place).isFolder {
      refusal = ("is not a folder", "Choose another one with -o")
    } else if is_mount_point(place) {
      refusal = (
        "is the top folder of a disk, which cannot be replaced as a whole",
        "Choose a folder inside it: -o \(path)/results"
      )
    } else if let current = Folder.resolved("."), (current + "/").hasPrefix(place + "/") {
      refusal = (
        "is the folder that the command was started in, or a parent of it: a run replaces its whole folder",
        "Choose a separate folder: -o \(path)/results"
      )
    } else {
      refusal = nil
    }
    if let refusal {
      throw Failure(
        .inputOutput, at: Place(file: path), refusal.what, advice: refusal.advice)
    }
    for folder in [place, TextFile.folder(of: place)] where access(folder, W_OK) != 0 {
      throw Failure.system(
        "cannot be written", path: folder, advice: "Choose another folder with -o")
    }
    return place
  }

  /// The path without links of a folder that does not exist.
  private func newPlace() throws -> String {
    var existing = TextFile.folder(of: path)
    while !FileIdentity(path: existing).exists, existing != TextFile.folder(of: existing) {
      existing = TextFile.folder(of: existing)
    }
    guard FileIdentity(path: existing).isFolder else {
      throw Failure(
        .inputOutput, at: Place(file: existing), "is not a folder",
        advice: "Choose another one with -o")
    }
    guard access(existing, W_OK) == 0 else {
      throw Failure.system(
        "cannot be written", path: existing, advice: "Choose another folder with -o")
    }
    guard let start = Folder.resolved(existing) else { return path }
    let rest = existing == "." && !path.hasPrefix("./") ? path[...] : path.dropFirst(existing.count)
    return "\(start == "/" ? "" : start)/" + rest.drop { $0 == "/" }
  }
}
