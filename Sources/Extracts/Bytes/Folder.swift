import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Folders and what stands in them.
package enum Folder {
  /// The names of all that stands in a folder, in order; none where it cannot be read.
  package static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return Codebook.sorted(names)
  }

  /// Makes a folder and those above it that are missing.
  ///
  /// - Returns: those that were made, the innermost first.
  @discardableResult
  package static func make(_ folder: String) throws -> [String] {
    if FileIdentity(path: folder).isFolder { return [] }
    let parent = TextFile.folder(of: folder)
    let made = parent == folder ? [] : try make(parent)
    guard mkdir(folder, 0o777) == 0 else {
      if errno == EEXIST, FileIdentity(path: folder).isFolder { return made }
      let failure = Failure.system(
        "cannot be created", path: folder, advice: "Choose another folder with -o")
      for folder in made { rmdir(folder) }
      throw failure
    }
    return [folder] + made
  }

  /// The path of a file or folder without links, `.` and `..`; nil where there is nothing.
  package static func resolved(_ path: String) -> String? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }

  /// Brings the names of a folder's files onto the disk.
  package static func synchronise(_ folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure.system("cannot be opened", path: folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw Failure.system("cannot be written", path: folder)
    }
  }
}
