import CArchive
import Mismatch

/// An archive that is written part by part, without times, so that the same parts give the same bytes.
package final class ArchiveOutput {
  package enum Form: String, Sendable {
    case gzip
    case zip
  }

  private let form: Form
  private let handle: OpaquePointer
  private let drain: Drain

  /// Begins an archive.
  ///
  /// - Parameter sink: takes its bytes.
  /// - Throws: ``Failure`` (`failed`) where libarchive does not write this form.
  package init(_ form: Form, to sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let handle = archive_write_new() else { throw ArchiveOutput.failed(form) }
    (self.form, self.handle, drain) = (form, handle, Drain(sink))
    switch form {
    case .gzip:
      archive_write_set_format_raw(handle)
      archive_write_add_filter_gzip(handle)
      archive_write_set_options(handle, "gzip:!timestamp,gzip:compression-level=1")
    case .zip:
      archive_write_set_format_zip(handle)
      archive_write_set_options(handle, "zip:!zip64,zip:compression-level=3")
    }
    // Without an end of zeros, which tapes need.
    archive_write_set_bytes_in_last_block(handle, 1)
    let isOpen = archive_write_open(
      handle, Unmanaged.passUnretained(drain).toOpaque(), nil,
      { _, data, bytes, count in
        guard let data, let bytes else { return -1 }
        return Unmanaged<Drain>.fromOpaque(data).takeUnretainedValue().take(bytes, count)
      }, nil)
    guard isOpen == ARCHIVE_OK else { throw ArchiveOutput.failed(form) }
  }

  deinit { archive_write_free(handle) }

  /// Begins a part; gzip has one, whose name it does not hold.
  package func begin(_ name: String) throws {
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    archive_entry_set_filetype(entry, ArchiveOutput.regularFile)
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_pathname(entry, name)
    try verify(archive_write_header(handle, entry) == ARCHIVE_OK)
  }

  /// Adds bytes to the part.
  package func write(_ bytes: [UInt8]) throws {
    let written = bytes.withUnsafeBytes { archive_write_data(handle, $0.baseAddress, $0.count) }
    try verify(written == bytes.count)
  }

  /// Ends the archive.
  package func close() throws { try verify(archive_write_close(handle) == ARCHIVE_OK) }

  private func verify(_ isDone: Bool) throws {
    if let failure = drain.failure { throw failure }
    guard isDone else { throw ArchiveOutput.failed(form) }
  }

  private static let regularFile: UInt32 = 0o100000

  private static func failed(_ form: Form) -> Failure {
    Failure(
      .failed, "libarchive here writes no \(form.rawValue)",
      advice: form == .gzip
        ? "Write a file without .gz, or leave `compress` out" : "Leave `workbook` out")
  }

  /// Takes bytes for a library that knows no errors of Swift.
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
