import Extracts
import Jobs
import Runs
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right of one run to a folder, which ends with the process however that ends.
///
/// It is a lock on an empty file beside the folder. A run that is killed leaves the file, and no lock on it.
struct FolderLock: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where another run holds it, or nothing can be written beside the
  ///   folder.
  init(_ path: String, of folder: String) throws {
    self.path = path
    while true {
      let descriptor = open(path, O_RDONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw Failure.system(
          "cannot be created", path: path,
          advice: "A run first writes to a folder next to its output "
            + "folder; choose another output folder with -o")
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(descriptor)
        throw Failure(
          .inputOutput, at: Place(file: folder), "another run is writing here",
          advice: "Wait until it ends, or choose another folder with -o")
      }
      // The run before this one may have taken the file away after it was opened here.
      if FolderLock.stands(descriptor, at: path) {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  /// Gives the folder free; called once.
  func release() {
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_size == 0 { unlink(path) }
    close(descriptor)
  }

  private static func stands(_ descriptor: Int32, at path: String) -> Bool {
    var (opened, found) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && lstat(path, &found) == 0
      && opened.st_ino == found.st_ino && opened.st_dev == found.st_dev
  }
}
