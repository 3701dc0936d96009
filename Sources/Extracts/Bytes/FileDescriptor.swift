import Mismatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An open file that closes itself; every call that fails says why, with the file's name.
package struct FileDescriptor: ~Copyable {
  private static let isStandardInputTaken = Atomic(false)

  private let descriptor: Int32
  let path: String

  /// Opens a file to read, or standard input, which is given out once in a process.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be opened, is a folder, or standard input was read.
  package init(reading path: String) throws {
    let isStandardInput = StandardInput.isPath(path)
    let isGone =
      isStandardInput
      && FileDescriptor.isStandardInputTaken.exchange(true, ordering: .relaxed)
    descriptor = isGone ? -1 : isStandardInput ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    guard !isGone else {
      throw Failure(
        .inputOutput, at: Place(file: path), "was read already, and can be read only once",
        advice: "Write it to a file, and name that in the place of `-`")
    }
    guard descriptor >= 0 else {
      throw Failure.system(
        "cannot be opened", path: path,
        advice: errno == ENOENT ? "Paths in a job file are relative to that file" : nil)
    }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(
        .inputOutput, at: Place(file: path), "is a folder", expected: "a file",
        advice: "Name a file in it, or a pattern such as \(path)/*.csv")
    }
  }

  /// Creates a file to write, where nothing of that name is.
  package init(creating path: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else { throw Failure.system("cannot be created", path: path) }
  }

  /// Opens a file of our own to read and to add to, and creates it where there is none; nobody else may read it.
  package init(appendingTo path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
    self.path = path
    guard descriptor >= 0 else { throw Failure.system("cannot be opened", path: path) }
  }

  /// Standard output once more.
  package static func standardOutput() throws -> FileDescriptor {
    let descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw Failure.system("cannot be opened", path: "standard output") }
    return FileDescriptor(taking: descriptor, path: "standard output")
  }

  /// Takes over an open file.
  init(taking descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Opens a regular file that is no link, to read; nil where there is none.
  package init?(ownFile path: String) {
    descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    self.path = path
    guard descriptor >= 0, identity.isRegular else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The file's size in bytes, or 0 where it has none (a pipe).
  package var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// What tells the file from others, and from itself before a change.
  package var identity: FileIdentity {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? FileIdentity(status) : FileIdentity(stat())
  }

  /// Reads some bytes; 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      guard errno == EINTR else { throw Failure.system("cannot be read", path: path) }
    }
  }

  /// Reads some bytes from an offset on, whatever was read before; 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      guard errno == EINTR else { throw Failure.system("cannot be read", path: path) }
    }
  }

  /// Writes all bytes.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count < 0 {
        guard errno == EINTR else { throw Failure.system("cannot be written", path: path) }
        continue
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Leaves so many bytes of the file; what is written next stands behind them.
  package func truncate(to byteCount: Int) throws {
    guard ftruncate(descriptor, off_t(byteCount)) == 0 else {
      throw Failure.system("cannot be written", path: path)
    }
  }

  /// Whether the file is this process's alone, until it is closed.
  package func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// Writes all that is left to read into another file.
  func copy(to other: borrowing FileDescriptor) throws {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = try read(into: block)
      if count == 0 { return }
      try other.write(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  /// Brings what was written onto the disk.
  package func synchronise() throws {
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw Failure.system("cannot be written", path: path)
    }
  }
}

/// What tells a file from others, and from itself before a change: its place on the disk, size and time.
package struct FileIdentity: Equatable {
  private let device: UInt64
  private let node: UInt64
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int
  package let isRegular: Bool
  package let isFolder: Bool
  package let isPipe: Bool
  package let isLink: Bool

  /// The identity of the file that stands at a path.
  package init(path: String) {
    var status = stat()
    self.init(stat(path, &status) == 0 ? status : stat())
  }

  /// The identity of what stands at a path, a link itself where it is one.
  package init(ofLinkAt path: String) {
    var status = stat()
    self.init(lstat(path, &status) == 0 ? status : stat())
  }

  /// Whether there is anything.
  package var exists: Bool { node != 0 }

  /// Whether both are one file under two names, whatever has changed in it.
  package func isSameFile(as other: FileIdentity) -> Bool {
    exists && node == other.node && device == other.device
  }

  fileprivate init(_ status: stat) {
    device = UInt64(status.st_dev)
    node = UInt64(status.st_ino)
    size = Int(status.st_size)
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isPipe = status.st_mode & S_IFMT == S_IFIFO
    isLink = status.st_mode & S_IFMT == S_IFLNK
  }
}

extension Failure {
  /// A failure that the system reported in `errno`.
  package static func system(_ what: String, path: String, advice: String? = nil) -> Failure {
    Failure(
      .inputOutput, at: Place(file: path), "\(what): \(String(cString: strerror(errno)))",
      advice: advice)
  }
}
