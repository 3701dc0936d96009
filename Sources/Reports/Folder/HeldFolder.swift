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
    let written = Set(tables.map(\.name) + [ColumnsFile.name, Manifest.fileName])
    let staging = try Interruption.whole { try Staging(beside: place) }
    do {
      try Interruption.undoing(by: { staging.remove() }) {
        try write(tables, of: outcome, options, to: staging.files, workerCount)
        try verify(written.contains)
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
    return Folder.names(in: place).filter { name in
      guard !written.contains(name), earlier.owns(name, in: place) else {
        return !written.contains(name)
      }
      let identity = FileIdentity(ofLinkAt: "\(place)/\(name)")
      return read.contains { $0.isSameFile(as: identity) }
    }
  }

  /// Writes tables, and then what their columns are and the manifest.
  private func write(
    _ tables: [RunTable], of outcome: Outcome, _ options: Manifest.Options, to folder: String,
    _ workerCount: Int
  ) throws {
    // Large tables share the threads one after another, small ones have one each.
    let large = tables.filter { $0.blockCount > HeldFolder.largeBlockCount }
    let small = tables.filter { $0.blockCount <= HeldFolder.largeBlockCount }
    var files: [String: OutputFile] = [:]
    for table in large {
      let file = try Interruption.whole { try OutputFile(table.name, in: folder) }
      try file.write(table, workerCount: workerCount)
      files[table.name] = file
    }
    let others = mapBlocks(of: small.count, size: 1, workerCount: workerCount) { block in
      Result { () throws -> OutputFile in
        let file = try Interruption.whole {
          try OutputFile(small[block.lowerBound].name, in: folder)
        }
        try file.write(small[block.lowerBound], workerCount: 1)
        return file
      }
    }
    for (table, file) in zip(small, others) { files[table.name] = try file.get() }
    var written = tables.compactMap { files[$0.name] }
    if outcome.job.writes(ColumnsFile.name) {
      let file = try Interruption.whole { try OutputFile(ColumnsFile.name, in: folder) }
      try file.write(Array(try JSONText.of(ColumnsFile(tables)).utf8))
      written.append(file)
    }
    let manifest = Manifest(outcome, options: options, outputs: written.map { $0.record() })
    let file = try Interruption.whole { try OutputFile(Manifest.fileName, in: folder) }
    try file.write(Array(try JSONText.of(manifest).utf8))
    written.append(file)
    // All at the end: the first calls make the disk wait for all of them, the others find it done.
    try tryEachBlock(of: written.count, size: 1, workerCount: workerCount) { [written] block in
      try written[block.lowerBound].synchronise()
    }
  }

  /// Tables of more blocks are written by all threads.
  private static let largeBlockCount = 32
}
