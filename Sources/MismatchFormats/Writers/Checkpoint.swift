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
    guard Self.key(of: folder) != Self.mark + key else { return }
    Self.remove(beside: output)
    let others = Self.names(in: folder).filter { !$0.hasPrefix(Self.keyName) }
    guard others.isEmpty else {
      throw Failure(
        .inputOutput, at: Place(file: folder),
        "holds files of another origin, and a long run would keep its parts there",
        advice: "Move them away, or choose another output folder with -o")
    }
    guard Self.makeFolder(folder) else {
      throw Failure.system(
        "cannot be created", path: folder, advice: "Choose another output folder with -o")
    }
    try Array((Self.mark + key).utf8).withUnsafeBytes { try replace(Self.keyName, with: $0) }
  }

  /// The elements of a block; nil where it is not finished.
  func elements(of block: String, count: Int) throws -> [Double]? {
    let path = "\(folder)/\(block)"
    guard access(path, F_OK) == 0 else { return nil }
    let file = try FileDescriptor(reading: path)
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
    try (bytes + (try digest(bytes[...]))).withUnsafeBytes { try replace(block, with: $0) }
  }

  /// Takes away what a run kept beside its output; a folder that is not ours stays.
  static func remove(beside output: String) {
    let folder = path(beside: output)
    guard key(of: folder) != nil else { return }
    // The key last, so that what is left by a sudden end is still known as ours.
    for name in names(in: folder) where name != keyName { unlink("\(folder)/\(name)") }
    unlink("\(folder)/\(keyName)")
    rmdir(folder)
  }

  /// The content of a folder's key file; nil where it is none of ours.
  private static func key(of folder: String) -> String? {
    guard let key = try? TextFile.read("\(folder)/\(keyName)"), key.hasPrefix(mark) else {
      return nil
    }
    return key
  }

  private static func names(in folder: String) -> [String] {
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

  private static func path(beside output: String) -> String { output + ".unfinished" }

  private static let digestLength = 64

  private func digest(_ bytes: ArraySlice<UInt8>) throws -> [UInt8] {
    let digest = try Digest()
    Array(source.utf8).withUnsafeBytes { digest.update($0) }
    bytes.withUnsafeBytes { digest.update($0) }
    return Array(digest.finish().utf8)
  }

  private func replace(_ name: String, with bytes: UnsafeRawBufferPointer) throws {
    let partial = "\(folder)/\(name).partial-\(getpid())"
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

  private static func makeFolder(_ folder: String) -> Bool {
    let parent = TextFile.folder(of: folder)
    if parent != folder, access(parent, F_OK) != 0, !makeFolder(parent) { return false }
    return mkdir(folder, 0o755) == 0 || errno == EEXIST
  }
}
