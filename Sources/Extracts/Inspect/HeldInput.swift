import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A copy of standard input or a pipe, which inspection reads more than once.
struct HeldInput: Sendable {
  let path: String

  /// Copies an input to its end into a file that nobody else may read.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be read or held.
  init(_ input: String) throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/mismatch-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw Failure.system("cannot be created", path: path) }
    do {
      try FileDescriptor(reading: input).copy(to: FileDescriptor(taking: descriptor, path: path))
    } catch {
      remove()
      throw error
    }
  }

  func remove() { unlink(path) }
}
