import CArchive
import Mismatch

/// Text as gzip without a name or a time, so that the same text gives the same bytes.
package enum GzipText {
  /// Gives `body` a function that takes parts of a text, and gives the compressed bytes to `sink`.
  package static func write(
    to sink: (UnsafeRawBufferPointer) throws -> Void,
    _ body: (([UInt8]) throws -> Void) throws -> Void
  ) throws {
    try withoutActuallyEscaping(sink) { try write(by: Drain($0), body) }
  }

  private static func write(
    by drain: Drain, _ body: (([UInt8]) throws -> Void) throws -> Void
  ) throws {
    guard let handle = archive_write_new() else { throw failed() }
    defer { archive_write_free(handle) }
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    archive_entry_set_filetype(entry, regularFile)
    archive_entry_set_pathname(entry, "tally")
    archive_write_set_format_raw(handle)
    archive_write_add_filter_gzip(handle)
    // Without an end of zeros, which tapes need.
    archive_write_set_bytes_in_last_block(handle, 1)
    archive_write_set_options(handle, "gzip:!timestamp,gzip:compression-level=1")
    let isOpen = withExtendedLifetime(drain) {
      archive_write_open(
        handle, Unmanaged.passUnretained(drain).toOpaque(), nil,
        { _, data, bytes, count in
          guard let data, let bytes else { return -1 }
          return Unmanaged<Drain>.fromOpaque(data).takeUnretainedValue().take(bytes, count)
        }, nil)
    }
    guard isOpen == ARCHIVE_OK, archive_write_header(handle, entry) == ARCHIVE_OK else {
      throw failed()
    }
    try body { bytes in
      let written = bytes.withUnsafeBytes { archive_write_data(handle, $0.baseAddress, $0.count) }
      if let failure = drain.failure { throw failure }
      guard written == bytes.count else { throw failed() }
    }
    let end = withExtendedLifetime(drain) { archive_write_close(handle) }
    if let failure = drain.failure { throw failure }
    guard end == ARCHIVE_OK else { throw failed() }
  }

  private static let regularFile: UInt32 = 0o100000

  private static func failed() -> Failure {
    Failure(.failed, "libarchive here writes no gzip", advice: "Write a file without .gz")
  }

  /// Takes compressed bytes for a library that knows no errors of Swift.
  private final class Drain {
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private(set) var failure: (any Error)?

    init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.sink = sink }

    func take(_ bytes: UnsafeRawPointer, _ count: Int) -> Int {
      do {
        try sink(UnsafeRawBufferPointer(start: bytes, count: count))
        return count
      } catch {
        failure = error
        return -1
      }
    }
  }
}
