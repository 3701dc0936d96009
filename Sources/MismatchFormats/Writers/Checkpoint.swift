import Dense
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finished blocks of a long run, in a folder beside its output, from which a run that was stopped goes on.
///
/// The folder belongs to one job, its inputs and this version: with any other key it is emptied first. Each
/// block is a file that appears by rename and ends with its SHA-256; one that is cut or changed is
/// calculated again.
struct Checkpoint: Sendable {
  let folder: String

  private static let keyName = "key"

  /// The folder beside an output.
  ///
  /// - Parameter key: what the blocks depend on.
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be made.
  init(beside output: String, key: String) throws {
    folder = Self.path(beside: output)
    guard (try? TextFile.read("\(folder)/\(Self.keyName)")) != key else { return }
    Self.remove(beside: output)
    guard Self.makeFolder(folder) else {
      throw Failure.system(
        "cannot be created", path: folder, advice: "Choose another output folder with -o")
    }
    try Array(key.utf8).withUnsafeBytes { try replace(Self.keyName, with: $0) }
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
    guard try Self.digest(bytes.prefix(byteCount)) == Array(bytes.dropFirst(byteCount)) else {
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
    try (bytes + (try Self.digest(bytes[...]))).withUnsafeBytes { try replace(block, with: $0) }
  }

  /// Takes away what a run kept beside its output; nothing happens where there is nothing.
  static func remove(beside output: String) {
    let folder = path(beside: output)
    guard let stream = opendir(folder) else { return }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { unlink("\(folder)/\(name)") }
    }
    closedir(stream)
    rmdir(folder)
  }

  private static func path(beside output: String) -> String { output + ".unfinished" }

  private static let digestLength = 64

  private static func digest(_ bytes: ArraySlice<UInt8>) throws -> [UInt8] {
    let digest = try Digest()
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
