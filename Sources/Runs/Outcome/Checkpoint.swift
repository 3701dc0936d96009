import Extracts
import Jobs
import Dense
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finished blocks of a long run, in a folder beside its output, from which a run that was stopped goes on.
///
/// The folder belongs to one job, the inputs of its grids and this version: with any other key it is emptied
/// first. Each block is a file that appears by rename and ends with the SHA-256 of what else it depends on
/// and of its elements; one that is cut or changed, or depends on something else, is calculated again.
struct Checkpoint: Sendable {
  let folder: String
  private let source: String

  private static let keyName = "key"
  private static let partEnding = ".part"
  /// What a file's name ends with while it is written.
  private static let newEnding = ".new"
  /// What the file of the key begins with, by which a folder is known to be ours.
  private static let mark = "mismatch checkpoint "

  /// The folder beside an output.
  ///
  /// - Parameters:
  ///   - key: what all blocks depend on.
  ///   - source: what those depend on, too, that are kept and recalled here.
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be made, or holds files of another origin.
  init(beside output: String, key: String, source: String = "") throws {
    folder = Self.path(beside: output)
    self.source = source
    let known = Self.key(of: folder)
    guard known != Self.mark + key else { return }
    if known != nil { Self.remove(folder) }
    // A run that is killed right at the start leaves the beginning of a key.
    guard
      Folder.names(in: folder).allSatisfy({ $0 == Self.keyName + Self.newEnding }),
      !FileIdentity(ofLinkAt: folder).isLink
    else {
      throw Failure(
        .inputOutput, at: Place(file: folder),
        "holds other files, and a long run would keep its parts there",
        advice: "Move them, or choose another output folder with -o")
    }
    try Folder.make(folder)
    try Array((Self.mark + key).utf8).withUnsafeBytes { try replace(Self.keyName, with: $0) }
  }

  /// The elements of a block; nil where it is not finished.
  func elements(of block: String, count: Int) throws -> [Double]? {
    guard let file = FileDescriptor(ownFile: "\(folder)/\(block)\(Self.partEnding)") else {
      return nil
    }
    let byteCount = count * MemoryLayout<Double>.size
    guard file.size == byteCount + Self.digestLength else { return nil }
    var bytes = [UInt8](repeating: 0, count: file.size)
    var read = 0
    try bytes.withUnsafeMutableBytes { buffer in
      while read < buffer.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[read...])
        let count = try file.read(into: rest)
        if count == 0 { break }
        read += count
      }
    }
    guard try digest(bytes.prefix(byteCount)) == Array(bytes.dropFirst(byteCount)) else {
      return nil
    }
    return [Double](unsafeUninitializedCapacity: count) { elements, initialised in
      UnsafeMutableRawBufferPointer(elements).copyBytes(from: bytes.prefix(byteCount))
      initialised = count
    }
  }

  /// Keeps the elements of a block.
  func keep(_ elements: UnsafeBufferPointer<Double>, as block: String) throws {
    let bytes = Array(UnsafeRawBufferPointer(elements))
    try (bytes + (try digest(bytes[...]))).withUnsafeBytes {
      try replace(block + Self.partEnding, with: $0)
    }
  }

  /// Takes away the parts that runs with a key kept beside an output; those of others stay.
  static func remove(beside output: String, key: String) {
    let folder = path(beside: output)
    if self.key(of: folder) == mark + key { remove(folder) }
  }

  /// Takes away the parts in a folder of ours; files of others stay, and the folder with them.
  private static func remove(_ folder: String) {
    for name in Folder.names(in: folder)
    where name.hasSuffix(partEnding) || name.hasSuffix(partEnding + newEnding) {
      unlink("\(folder)/\(name)")
    }
    // The key last, so that what is left by a sudden end is still known as ours.
    guard Folder.names(in: folder) == [keyName] else { return }
    unlink("\(folder)/\(keyName)")
    rmdir(folder)
  }

  /// The content of a folder's key file; nil where it is none of ours.
  private static func key(of folder: String) -> String? {
    guard
      FileIdentity(ofLinkAt: folder).isFolder,
      FileIdentity(ofLinkAt: "\(folder)/\(keyName)").isRegular,
      let key = try? TextFile.read("\(folder)/\(keyName)"), key.hasPrefix(mark)
    else { return nil }
    return key
  }

  private static func path(beside output: String) -> String { output + ".unfinished" }

  private static let digestLength = 64

  private func digest(_ bytes: ArraySlice<UInt8>) throws -> [UInt8] {
    let digest = try Digest()
    Array(source.utf8).withUnsafeBytes { digest.update($0) }
    bytes.withUnsafeBytes { digest.update($0) }
    return Array(digest.finish().utf8)
  }

  private func replace(_ name: String, with bytes: UnsafeRawBufferPointer) throws {
    let partial = "\(folder)/\(name)\(Self.newEnding)"
    unlink(partial)
    do {
      try FileDescriptor(creating: partial).write(bytes)
    } catch {
      unlink(partial)
      throw error
    }
    guard rename(partial, "\(folder)/\(name)") == 0 else {
      throw Failure.system("cannot be replaced", path: "\(folder)/\(name)")
    }
  }
}
