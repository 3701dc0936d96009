import Extracts
import Jobs
import Runs
import Dense
import Mismatch

/// An output folder that one run holds.
///
/// Everything is first written to a staging folder beside it and brought onto the disk; then both are exchanged in
/// one step. A run that fails or is killed before that leaves an earlier one as it was.
package struct HeldFolder: Sendable {
  /// The folder as it was named.
  package let path: String
  /// The same without links.
  let place: String
  let inputs: [InputFile]
  let earlier: EarlierRun
  let isForced: Bool

  /// Checks that a run may write files there.
  ///
  /// - Parameter isWritten: whether the run writes a file of this name.
  /// - Throws: ``Failure`` (`inputOutput`) where it would replace an input of its job, a folder, or a file that no
  ///   run of ours wrote.
  func verify(_ isWritten: (String) -> Bool) throws {
    guard earlier.hasManifest || isForced || earlier.names.isEmpty else {
      throw Failure(
        .inputOutput, at: Place(file: path),
        "holds files but no manifest of an earlier run",
        advice: "Choose an empty folder with -o, or use --force to write into this one")
    }
    for name in earlier.names where isWritten(name) { try verify(name) }
  }

  private func verify(_ name: String) throws {
    let (own, found) = (
      FileIdentity(ofLinkAt: "\(place)/\(name)"), FileIdentity(path: "\(place)/\(name)")
    )
    let at = Place(file: "\(path)/\(name)")
    if found.isFolder {
      throw Failure(
        .inputOutput, at: at, "is a folder", expected: "a file, which the run would replace",
        advice: "Choose another folder with -o")
    }
    let input = inputs.first { input in
      let identity = FileIdentity(path: input.path)
      return identity.isSameFile(as: own) || identity.isSameFile(as: found)
    }
    if let input {
      throw Failure(
        .inputOutput, at: at, "is read by this job (\(input.name)), and the run would replace it",
        advice: "Choose another folder with -o")
    }
    if !isForced, !earlier.owns(name, in: place) {
      throw Failure(
        .inputOutput, at: at,
        "is not a file of an earlier run, or has changed since that run",
        advice: "Move it, choose another folder with -o, or use --force to replace it")
    }
  }

  /// Writes all files of a run.
  ///
  /// - Parameter workerCount: threads that share the files; none of them depends on it.
  /// - Throws: ``Failure``; then nothing in the folder has changed.
  package func write(_ outcome: Outcome, options: Manifest.Options, workerCount: Int = 1) throws {
    let tables = OutputCatalogue.tables(of: outcome)
    let staging = try Interruption.whole { try Staging(beside: place) }
    do {
      try Interruption.undoing(by: { staging.remove() }) {
        try RunWriting(outcome, options, folder: staging.files, workerCount).write(tables)
        let written = Set(RunFiles.names(in: staging.files))
        try verify { name in
          written.contains(name) || written.contains { $0.hasPrefix(name + "/") }
        }
        try Interruption.whole(writes: true) {
          try staging.replaceTarget(keeping: keptNames(written))
        }
      }
    } catch {
      staging.remove()
      throw error
    }
    staging.remove()
    outcome.long.removeParts()
  }

  /// What stands in the folder and stays there: all that is neither replaced nor an earlier run's own.
  ///
  /// An earlier output that this job reads stays too.
  private func keptNames(_ written: Set<String>) -> [String] {
    let read = inputs.map { FileIdentity(path: $0.path) }
    return RunFiles.names(in: place).filter { name in
      guard !written.contains(name), earlier.owns(name, in: place) else {
        return !written.contains(name)
      }
      let identity = FileIdentity(ofLinkAt: "\(place)/\(name)")
      return read.contains { $0.isSameFile(as: identity) }
    }
  }
}
