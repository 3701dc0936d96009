import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension String {
  /// The path that this one, taken from a file in `folder`, has from here.
  package func asPath(in folder: String) -> String {
    hasPrefix("/") || folder == "." ? self : "\(folder)/\(self)"
  }
}

/// Small whole files and the names of files.
package enum TextFile {
  /// The text of a file that must be UTF-8.
  package static func read(_ path: String) throws -> String {
    let file = try FileDescriptor(reading: path)
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = try file.read(into: block)
      if count == 0 { break }
      bytes.append(contentsOf: block[..<count])
      guard bytes.count < 1 << 24 else {
        throw Failure(.badData, at: Place(file: path), "larger than 16 MiB", expected: "a job file")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.badData, at: Place(file: path), "the text is not UTF-8")
    }
    return text.first == "\u{feff}" ? String(text.dropFirst()) : text
  }

  /// The size of a file in bytes, 0 where it has none.
  package static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether a file can be read twice: pipes and terminals cannot.
  package static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return !StandardInput.isPath(path) && stat(path, &status) == 0
      && status.st_mode & S_IFMT == S_IFREG
  }

  /// The folder of a path, "." where it names none.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The name of a path without its folder.
  package static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The name of a path without its folder and its last ending.
  package static func stem(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
