import Mismatch

/// Bytes of which any part can be read at any time.
protocol RandomBytes: AnyObject {
  /// How many there are.
  var size: Int { get }
  /// Brings bytes from an offset on; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int
}

/// An open file.
final class FileBytes: RandomBytes {
  private let file: FileDescriptor
  private let identity: FileIdentity
  let size: Int
  /// Whether it can be read at any place: pipes cannot, nor is standard input.
  let isRegular: Bool

  init(path: String) throws {
    file = try FileDescriptor(reading: path)
    size = file.size
    identity = file.identity
    isRegular = identity.isRegular && !StandardInput.isPath(path)
  }

  /// Whether the file, or what stands in its place, is no longer what was opened, or gave another number of
  /// bytes than it has; false for what is no regular file.
  func hasChanged(readCount: Int) -> Bool {
    guard isRegular else { return false }
    return file.identity != identity || FileIdentity(path: file.path) != identity
      || readCount != size
  }

  /// Brings the next bytes in sequence; reading at an offset does not move it.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try file.read(into: buffer)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    return try file.read(into: buffer, at: offset)
  }
}

/// Bytes that are held.
final class MemoryBytes: RandomBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var size: Int { bytes.count }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    let count = min(buffer.count, bytes.count - offset)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
    }
    return count
  }
}
