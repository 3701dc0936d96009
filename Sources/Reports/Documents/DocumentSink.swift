import Extracts
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that documents of a run are written to, and what was written there.
final class DocumentSink {
  private let folder: String
  /// The files so far.
  private(set) var files: [OutputFile] = []

  /// Threads that documents may use.
  let workerCount: Int

  init(_ folder: String, workerCount: Int) {
    (self.folder, self.workerCount) = (folder, workerCount)
  }

  /// Writes a file.
  ///
  /// - Parameter name: from the folder on; it may name one folder in it.
  func write(_ name: String, _ bytes: [UInt8]) throws { try write(name) { try $0(bytes) } }

  /// Writes a file in parts, which `body` gives to the function that it is given.
  func write(
    _ name: String, _ body: (_ write: @escaping ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    let file = try Interruption.whole {
      let place = TextFile.folder(of: "\(folder)/\(name)")
      if !FileIdentity(path: place).isFolder, mkdir(place, 0o777) != 0 {
        throw Failure.system("cannot be created", path: place)
      }
      return try OutputFile(name, in: folder)
    }
    try body { try file.write($0) }
    files.append(file)
  }
}
