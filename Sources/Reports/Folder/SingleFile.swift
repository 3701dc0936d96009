import Extracts
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A result that is one text: a file, or standard output.
package enum SingleFile {
  /// Writes a text in parts, as gzip where the name ends so; a file stands in its place when it is whole.
  ///
  /// - Parameter path: nil and `-` are standard output.
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be written; an earlier file is left as it was.
  package static func write(
    to path: String?, _ body: (([UInt8]) throws -> Void) throws -> Void
  ) throws {
    guard let path, path != "-" else {
      let output = try FileDescriptor.standardOutput()
      return try body { try $0.withUnsafeBytes { try output.write($0) } }
    }
    let new = "\(path).new"
    // What a run that was killed has left.
    unlink(new)
    try Interruption.undoing(by: { unlink(new) }) {
      do {
        let file = try FileDescriptor(creating: new)
        if path.hasSuffix(".gz") {
          try GzipText.write(to: { try file.write($0) }, body)
        } else {
          try body { try $0.withUnsafeBytes { try file.write($0) } }
        }
        try file.synchronise()
      } catch {
        unlink(new)
        throw error
      }
      try Interruption.whole {
        guard rename(new, path) == 0 else {
          let failure = Failure.system("cannot be written", path: path)
          unlink(new)
          throw failure
        }
      }
    }
  }
}
