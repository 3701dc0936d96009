import Mismatch

/// Text as gzip without a name or a time, so that the same text gives the same bytes.
package enum GzipText {
  /// Gives `body` a function that takes parts of a text, and gives the compressed bytes to `sink`.
  package static func write(
    to sink: (UnsafeRawBufferPointer) throws -> Void,
    _ body: (([UInt8]) throws -> Void) throws -> Void
  ) throws {
    try withoutActuallyEscaping(sink) { sink in
      let output = try ArchiveOutput(.gzip, to: sink)
      try output.begin("tally")
      try body { try output.write($0) }
      try output.close()
    }
  }

  /// Bytes as gzip; several one after another are gzip of all their bytes.
  package static func bytes(of bytes: [UInt8]) throws -> [UInt8] {
    var compressed: [UInt8] = []
    try write(to: { compressed += $0 }, { try $0(bytes) })
    return compressed
  }
}
