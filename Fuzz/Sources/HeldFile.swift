import Glibc

/// A file without a name, which readers open as `/proc/self/fd/N`.
final class HeldFile {
  let path: String
  private let descriptor: Int32

  /// A file under a number of its own, so that a job can name it.
  init(number: Int32) {
    var template = Array("/dev/shm/mismatch-fuzz-XXXXXX".utf8CString)
    let made = mkstemp(&template)
    guard made >= 0, dup2(made, number) == number else { fatalError("no file can be made") }
    unlink(template)
    close(made)
    descriptor = number
    path = "/proc/self/fd/\(number)"
  }

  /// Replaces what the file holds.
  func hold(_ bytes: UnsafeRawBufferPointer) {
    guard ftruncate(descriptor, 0) == 0,
      pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count
    else { fatalError("the file cannot be written") }
  }
}
