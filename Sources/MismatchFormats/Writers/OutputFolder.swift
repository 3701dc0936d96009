import Dense
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Puts the files of a run into their folder whole, or not at all.
///
/// Everything is first written to a folder beside the final place, or inside it where it is there already,
/// and brought onto the disk; only then are the files renamed into place, with signals held back, the
/// manifest last. A run that fails before that leaves an earlier one as it was.
package struct OutputFolder: Sendable {
  package let path: String
  private let replacesForeignFiles: Bool

  private static let manifestName = "manifest.json"

  /// The folder at a path.
  ///
  /// - Parameter force: whether files of the same names may be replaced that no run of ours wrote.
  package init(_ path: String, force: Bool) {
    self.path = path.last == "/" ? String(path.reversed().drop { $0 == "/" }.reversed()) : path
    replacesForeignFiles = force
  }

  /// Checks, before any work, that the run may write here.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where the path is no folder, holds files of another origin or
  ///   cannot be written.
  package func check() throws { _ = try checkedOutputs() }

  /// Checks as ``check()`` does, and returns the files that an earlier run wrote here.
  private func checkedOutputs() throws -> [String] {
    guard !path.isEmpty else {
      throw Failure(.usage, "the output folder has no name", advice: "Name one with -o")
    }
    var status = stat()
    let parent = TextFile.folder(of: path)
    guard stat(path, &status) == 0 else {
      let existing = nearestExisting(parent)
      guard stat(existing, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw Failure(
          .inputOutput, at: Place(file: existing), "is no folder",
          advice: "Choose another one with -o")
      }
      guard access(existing, W_OK) == 0 else {
        throw Failure.system(
          "cannot be written", path: existing, advice: "Choose another folder with -o")
      }
      return []
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(
        .inputOutput, at: Place(file: path), "is no folder", advice: "Choose another one with -o")
    }
    guard access(path, W_OK) == 0 else {
      throw Failure.system("cannot be written", path: path, advice: "Choose another folder with -o")
    }
    let earlier = Manifest.outputs(ofRunIn: path)
    guard earlier != nil || replacesForeignFiles || names(in: path).isEmpty else {
      throw Failure(
        .inputOutput, at: Place(file: path),
        "holds files, and none is the manifest of an earlier run",
        advice: "Choose an empty folder with -o, or say --force to write among them")
    }
    return earlier ?? []
  }

  /// Writes all files of a run.
  ///
  /// - Parameter workerCount: threads that share the files; none of them depends on it.
  /// - Throws: ``Failure``; then nothing in the folder has changed.
  package func write(_ outcome: Outcome, options: Manifest.Options, workerCount: Int = 1) throws {
    let stale = try checkedOutputs()
    let tables = OutputTable.all(of: outcome)
    try check(tables.map(\.name) + [OutputFolder.manifestName])
    let exists = access(path, F_OK) == 0
    let stem = path + (exists ? "/" : "") + ".partial-"
    removeLeftovers(of: stem)
    let staging = "\(stem)\(getpid())"
    try makeFolders(staging)
    var isCommitted = false
    defer { if !isCommitted { remove(staging) } }
    let written = tables.map(\.name)
    let manifest = OutputTable(name: OutputFolder.manifestName) { outcome, file in
      file.bytes(try Manifest(outcome, options: options, outputs: written).json())
    }
    // The manifest takes as long as the large tables, and those come first.
    let all = [manifest] + tables
    let files = try mapBlocks(of: all.count, size: 1, workerCount: workerCount) { block in
      Result { () throws -> CSVFile in
        let table = all[block.lowerBound]
        let file = try CSVFile("\(staging)/\(table.name)")
        try table.write(outcome, file)
        try file.flush()
        return file
      }
    }.map { try $0.get() }
    // All at the end: the first calls make the disk wait for all of them, the others find it done.
    try tryEachBlock(of: files.count, size: 1, workerCount: workerCount) { block in
      try files[block.lowerBound].synchronise()
    }
    try Interruption.check()
    try commit(staging, written, stale: stale)
    isCommitted = true
    Checkpoint.remove(beside: path)
  }

  /// Checks that no folder stands where a file will be.
  private func check(_ names: [String]) throws {
    for name in names {
      var status = stat()
      guard stat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        continue
      }
      throw Failure(
        .inputOutput, at: Place(file: "\(path)/\(name)"), "is a folder",
        expected: "a file, which the run would replace", advice: "Choose another folder with -o")
    }
  }

  private func commit(_ staging: String, _ written: [String], stale: [String]) throws {
    var all = sigset_t()
    var earlier = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &earlier)
    defer { pthread_sigmask(SIG_SETMASK, &earlier, nil) }
    if rename(staging, path) == 0 { return }
    for name in written + [OutputFolder.manifestName] {
      guard rename("\(staging)/\(name)", "\(path)/\(name)") == 0 else {
        throw Failure.system("cannot be replaced", path: "\(path)/\(name)")
      }
    }
    for name in stale where !written.contains(name) && !name.contains("/") {
      unlink("\(path)/\(name)")
    }
    rmdir(staging)
  }

  private func nearestExisting(_ folder: String) -> String {
    var folder = folder
    while access(folder, F_OK) != 0, folder != TextFile.folder(of: folder) {
      folder = TextFile.folder(of: folder)
    }
    return folder
  }

  private func makeFolders(_ folder: String) throws {
    let parent = TextFile.folder(of: folder)
    if parent != folder, access(parent, F_OK) != 0 { try makeFolders(parent) }
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
      throw Failure.system(
        "cannot be created", path: folder, advice: "Choose another folder with -o")
    }
  }

  private func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Takes away what processes have left that were killed while they wrote.
  private func removeLeftovers(of stem: String) {
    let folder = TextFile.folder(of: stem)
    let prefix = stem.split(separator: "/").last ?? ""
    for name in names(in: folder) where name.hasPrefix(prefix) {
      guard let process = pid_t(name.dropFirst(prefix.count)), process > 0 else { continue }
      if kill(process, 0) != 0, errno == ESRCH { remove("\(folder)/\(name)") }
    }
  }

  private func remove(_ folder: String) {
    for name in names(in: folder) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}
