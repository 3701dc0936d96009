import CISAL
import Mismatch

/// A file's text as a stream of bytes, inflated where the file is gzip, with the digest of the file.
///
/// Whether a file is gzip is told by its first bytes, not by its name.
final class ByteSource {
  let path: String
  private let file: FileDescriptor
  private let digest: Digest
  private let onRead: @Sendable (Int) -> Void
  private var inflater: Inflater?
  private var input: UnsafeMutableRawBufferPointer
  private var unread = 0..<0
  private var isAtEndOfFile = false
  /// Bytes of the file that were read.
  private(set) var byteCount = 0

  private static let blockSize = 1 << 18

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - onRead: told how many bytes of the file each block brought.
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be opened.
  init(path: String, onRead: @escaping @Sendable (Int) -> Void = { _ in }) throws {
    self.path = path
    self.onRead = onRead
    file = try FileDescriptor(reading: path)
    digest = try Digest()
    input = .allocate(byteCount: ByteSource.blockSize, alignment: 64)
    try fill()
    if unread.count >= 2, input[0] == 0x1f, input[1] == 0x8b { inflater = Inflater(path: path) }
  }

  deinit { input.deallocate() }

  /// Brings the next bytes of text; 0 at the end.
  ///
  /// - Throws: ``Failure`` where the file cannot be read, is no whole gzip stream, or a stop was
  ///   requested.
  func read(into output: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      if unread.isEmpty && !isAtEndOfFile { try fill() }
      guard let inflater else {
        let count = min(unread.count, output.count)
        output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[unread].prefix(count)))
        unread = unread.lowerBound + count..<unread.upperBound
        return count
      }
      let source = UnsafeMutableRawBufferPointer(rebasing: input[unread])
      let (used, made) = try inflater.inflate(source, into: output, isLast: isAtEndOfFile)
      unread = unread.lowerBound + used..<unread.upperBound
      if made > 0 || (isAtEndOfFile && unread.isEmpty) { return made }
    }
  }

  /// Whether the file is gzip.
  var isGzip: Bool { inflater != nil }

  /// SHA-256 of the file as it was read; call once, at the end.
  func finishDigest() -> String { digest.finish() }

  private func fill() throws {
    try Interruption.check()
    let count = try file.read(into: input)
    unread = 0..<count
    isAtEndOfFile = count == 0
    byteCount += count
    digest.update(UnsafeRawBufferPointer(rebasing: input[unread]))
    onRead(count)
  }
}

/// A gzip stream of one or more members, inflated by ISA-L with its checksums verified.
private final class Inflater {
  private let path: String
  private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
  private var isBetweenMembers = true

  init(path: String) {
    self.path = path
    isal_inflate_init(state)
    state.pointee.crc_flag = UInt32(ISAL_GZIP)
  }

  deinit { state.deallocate() }

  func inflate(
    _ source: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    isLast: Bool
  ) throws -> (used: Int, made: Int) {
    if source.isEmpty && isBetweenMembers { return (0, 0) }
    if isBetweenMembers { isal_inflate_reset(state) }
    isBetweenMembers = false
    state.pointee.next_in = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = UInt32(source.count)
    state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(output.count)
    let result = isal_inflate(state)
    guard result == ISAL_DECOMP_OK || result == ISAL_END_INPUT else {
      throw Failure(
        .badData, at: Place(file: path), "the gzip stream is damaged (igzip \(result))",
        advice: "Fetch the file again")
    }
    if state.pointee.block_state == ISAL_BLOCK_FINISH { isBetweenMembers = true }
    let made = output.count - Int(state.pointee.avail_out)
    guard isBetweenMembers || made > 0 || !isLast else {
      throw Failure(
        .badData, at: Place(file: path), "the gzip stream ends in the middle",
        advice: "Fetch the file again")
    }
    return (source.count - Int(state.pointee.avail_in), made)
  }
}
