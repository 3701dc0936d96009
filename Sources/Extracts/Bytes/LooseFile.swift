import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is written aside and put in its place as a whole.
package struct LooseFile: Sendable {
  package let path: String
  /// The bytes that such a file of ours begins with.
  private let start: [UInt8]

  package init(_ name: String, in folder: String, beginningWith start: [UInt8]) {
    path = name.asPath(in: folder)
    self.start = start
  }

  /// Makes sure that the file may be written.
  ///
  /// - Parameters:
  ///   - inputs: files that must not be replaced.
  ///   - isForced: whether a file of another origin may be.
  /// - Throws: ``Failure`` (`inputOutput`).
  package func verify(_ inputs: [InputFile], isForced: Bool) throws {
    let found = FileIdentity(path: path)
    guard found.exists else { return }
    let problem: (what: String, advice: String)? =
      if !found.isRegular || FileIdentity(ofLinkAt: path).isLink {
        ("is no ordinary file", "Choose another folder")
      } else if inputs.contains(where: { FileIdentity(path: $0.path).isSameFile(as: found) }) {
        ("is read by a job, and would be replaced", "Choose another folder")
      } else if !isForced, !isOurs() {
        (
          "is not a table of earlier runs, and would be replaced",
          "Move it, choose another folder, or use --force to replace it"
        )
      } else {
        nil
      }
    if let problem {
      throw Failure(.inputOutput, at: Place(file: path), problem.what, advice: problem.advice)
    }
  }

  private func isOurs() -> Bool {
    guard let file = FileDescriptor(ownFile: path) else { return false }
    var bytes = [UInt8](repeating: 0, count: start.count)
    let count = (try? bytes.withUnsafeMutableBytes { try file.read(into: $0) }) ?? 0
    return count == start.count && bytes == start
  }

  /// Writes the file; until it is whole, an earlier one stands in its place.
  package func write(_ body: (_ write: ([UInt8]) throws -> Void) throws -> Void) throws {
    let folder = TextFile.folder(of: path)
    try Folder.make(folder)
    let stem = ".\(TextFile.name(of: path)).mismatch-"
    LooseFile.removeLeftovers(of: stem, in: folder)
    let part = "\(stem)\(getpid())".asPath(in: folder)
    try Interruption.undoing(by: { unlink(part) }) {
      do {
        let file = try FileDescriptor(creating: part)
        try body { bytes in try bytes.withUnsafeBytes { try file.write($0) } }
        try file.synchronise()
        try Interruption.whole {
          guard rename(part, path) == 0 else {
            throw Failure.system("cannot be replaced", path: path)
          }
        }
        try Folder.synchronise(folder)
      } catch {
        unlink(part)
        throw error
      }
    }
  }

  /// Takes away what processes left that were killed.
  private static func removeLeftovers(of stem: String, in folder: String) {
    for name in Folder.names(in: folder) where name.hasPrefix(stem) {
      guard let process = pid_t(name.dropFirst(stem.count)) else { continue }
      if process == getpid() || kill(process, 0) != 0 && errno == ESRCH {
        unlink(name.asPath(in: folder))
      }
    }
  }
}
