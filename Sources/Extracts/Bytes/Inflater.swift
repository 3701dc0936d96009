import CISAL
import Mismatch

/// A gzip stream of one or more members, inflated by ISA-L with its checksums verified.
final class Inflater {
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
        .badData, at: Place(file: path), "the gzip stream is truncated",
        advice: "Fetch the file again")
    }
    return (source.count - Int(state.pointee.avail_in), made)
  }
}
