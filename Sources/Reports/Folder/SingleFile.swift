import Extracts
import Mismatch

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
    let file = LooseFile(
      TextFile.name(of: path), in: TextFile.folder(of: path), beginningWith: [])
    try withoutActuallyEscaping(body) { body in
      try file.write { write in
        guard path.hasSuffix(".gz") else { return try body(write) }
        try GzipText.write(to: { try write(Array($0)) }, body)
      }
    }
  }
}
