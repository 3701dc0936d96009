import CArchive
import Mismatch

/// An open libarchive reader of a zip archive or of one compressed file, over bytes that it asks for as it needs them.
final class ArchiveHandle {
  /// What the bytes are.
  enum Content: String {
    case zip = "zip archive"
    case bzip2 = "bzip2 stream"
    case xz = "xz stream"
    case zstandard = "zstd stream"
    case lz4 = "lz4 frame"
  }

  let place: Place
  private let content: Content
  private let handle: OpaquePointer
  private let feed: ArchiveFeed
  /// Members that ``nextEntry()`` went to so far, folders among them.
  private(set) var entryCount = 0
  /// Whether something went wrong, so that it brings nothing more.
  private(set) var isDamaged = false

  /// Opens the archive, of which only the directory at the end is read, or the compressed file.
  init(_ bytes: any RandomBytes, of content: Content = .zip, at place: Place) throws {
    guard let handle = archive_read_new() else {
      throw Failure(.failed, at: place, "cannot create a libarchive reader")
    }
    self.handle = handle
    self.place = place
    self.content = content
    feed = ArchiveFeed(bytes)
    guard ArchiveHandle.prepare(handle, for: content) == ARCHIVE_OK else {
      throw Failure(
        .failed, at: place, "libarchive here reads no \(content.rawValue)",
        advice: "Unpack the file, or install a libarchive with that filter")
    }
    archive_read_set_callback_data(handle, Unmanaged.passUnretained(feed).toOpaque())
    archive_read_set_read_callback(handle) { _, data, block in
      ArchiveFeed.of(data)?.read(block) ?? -1
    }
    archive_read_set_seek_callback(handle) { _, data, offset, whence in
      ArchiveFeed.of(data)?.seek(Int(offset), from: whence) ?? -1
    }
    archive_read_set_skip_callback(handle) { _, data, count in
      ArchiveFeed.of(data)?.skip(Int(count)) ?? 0
    }
    guard archive_read_open1(handle) == ARCHIVE_OK else { throw damaged() }
  }

  deinit { archive_read_free(handle) }

  private static func prepare(_ handle: OpaquePointer, for content: Content) -> Int32 {
    let filter =
      switch content {
      case .zip: archive_read_support_format_zip_seekable(handle)
      case .bzip2: archive_read_support_filter_bzip2(handle)
      case .xz: archive_read_support_filter_xz(handle)
      case .zstandard: archive_read_support_filter_zstd(handle)
      case .lz4: archive_read_support_filter_lz4(handle)
      }
    guard content != .zip else { return filter }
    archive_read_support_format_empty(handle)
    archive_read_support_format_raw(handle)
    return filter
  }

  /// Bytes of the archive that were taken up so far.
  var takenCount: Int { feed.takenCount }

  /// Goes to the next member; nil behind the last one.
  func nextEntry() throws -> ArchiveEntry? {
    var entry: OpaquePointer?
    let status = archive_read_next_header(handle, &entry)
    if feed.failure != nil { throw damaged() }
    if status == ARCHIVE_EOF { return nil }
    // A warning is about a name in another character set than the locale's, which no one needs.
    guard status >= ARCHIVE_WARN, let entry else { throw damaged() }
    // Too short for its filter to know it, a file would come as it is.
    guard content == .zip || archive_filter_code(handle, 0) != 0 else { throw damaged() }
    entryCount += 1
    return ArchiveEntry(entry)
  }

  /// Brings inflated bytes of the current member; 0 at its end, where its checksum was right.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
    if feed.failure != nil { throw damaged() }
    guard count >= 0 else { throw damaged() }
    return count
  }

  private func damaged() -> Failure {
    isDamaged = true
    if let failure = feed.failure { return failure }
    let reason = archive_error_string(handle).map { String(cString: $0) } ?? "unknown error"
    return Failure(
      .badData, at: place,
      "the \(content.rawValue) is damaged or truncated (libarchive: \(reason))",
      advice: "Fetch the file again")
  }
}

/// What an archive says of one member.
struct ArchiveEntry {
  /// Nil where the name is no text.
  let name: String?
  let isFolder: Bool
  /// A plain file, not a link or a device.
  let isFile: Bool
  let isEncrypted: Bool

  fileprivate init(_ entry: OpaquePointer) {
    let text = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    name = text.flatMap { String(validatingCString: $0) }
    let type = UInt32(archive_entry_filetype(entry))
    isFolder = type == 0o040000
    isFile = type == 0o100000 && archive_entry_hardlink(entry) == nil
    isEncrypted = archive_entry_is_encrypted(entry) != 0
  }
}

/// What libarchive's calls for bytes are answered from; it keeps what went wrong, since nothing can be
/// thrown through C.
private final class ArchiveFeed {
  private let bytes: any RandomBytes
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
  private var offset = 0
  private(set) var failure: Failure?
  private(set) var takenCount = 0

  init(_ bytes: any RandomBytes) { self.bytes = bytes }

  deinit { block.deallocate() }

  static func of(_ data: UnsafeMutableRawPointer?) -> ArchiveFeed? {
    data.map { Unmanaged<ArchiveFeed>.fromOpaque($0).takeUnretainedValue() }
  }

  func read(_ target: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    do {
      let count = try bytes.read(into: block, at: offset)
      offset += count
      takenCount += count
      target?.pointee = UnsafeRawPointer(block.baseAddress)
      return count
    } catch {
      failure = error as? Failure ?? Failure(.failed, "\(error)")
      return -1
    }
  }

  func seek(_ count: Int, from whence: Int32) -> Int64 {
    // SEEK_SET, SEEK_CUR and SEEK_END are 0, 1 and 2 on every system.
    let start = [0, offset, bytes.size]
    guard start.indices.contains(Int(whence)) else { return -1 }
    offset = max(0, start[Int(whence)] + count)
    return Int64(offset)
  }

  func skip(_ count: Int) -> Int64 {
    let skipped = max(0, min(count, bytes.size - offset))
    offset += skipped
    return Int64(skipped)
  }
}
