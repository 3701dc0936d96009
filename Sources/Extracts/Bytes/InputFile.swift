import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file as the job names it and where it is.
package struct InputFile: Sendable, Equatable {
  package let name: String
  package let path: String

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }

  /// Whether it can be read again: pipes and standard input cannot.
  package var isLasting: Bool { TextFile.isRegular(path) }

  /// A place in the file, with the file named as the job names it.
  package func named(_ place: Place) -> Place {
    var place = place
    place.file = name + String(decoding: place.file.utf8.dropFirst(path.utf8.count), as: UTF8.self)
    return place
  }
}

extension [InputFile] {
  /// A place in one of the files with the file named as the job names it.
  package func named(_ place: Place) -> Place {
    let file = first { place.file.utf8.starts(with: $0.path.utf8) }
    return file?.named(place) ?? place
  }
}

extension InputFile {
  /// The file of a name, standard input for `-`, or the files that a pattern with `*`, `?` or `[` matches, by
  /// name.
  ///
  /// - Parameter place: of the name, for messages.
  /// - Returns: the pattern itself where it matches nothing, since tallies may take the place of its files.
  /// - Throws: ``Failure`` where a pattern could search without end.
  package static func named(_ name: String, in folder: String, at place: Place) throws
    -> [InputFile]
  {
    if StandardInput.isName(name) { return [InputFile(name: name, path: StandardInput.path)] }
    let path = name.asPath(in: folder)
    guard name.contains(where: { "*?[".contains($0) }), access(path, F_OK) != 0 else {
      return [InputFile(name: name, path: path)]
    }
    let parts = name.split(separator: "/")
    let firstPattern = parts.firstIndex { $0.contains { "*?[".contains($0) } } ?? parts.endIndex
    // Down and up again, a search could go on for ever.
    guard !parts[firstPattern...].contains("..") else {
      throw Failure(
        .badData, at: place, "the pattern is \"\(name)\"",
        expected: "a pattern without `..` after its first `*`, `?` or `[`")
    }
    var found = glob_t()
    defer { globfree(&found) }
    let escaped = folder.map { "*?[\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    guard glob(name.asPath(in: escaped), 0, nil, &found) == 0, let paths = found.gl_pathv else {
      return [InputFile(name: name, path: path)]
    }
    let prefix = path.dropLast(name.count)
    let matches = (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
    return Codebook.sorted(matches).map {
      InputFile(name: String($0.dropFirst(prefix.count)), path: $0)
    }
  }

  /// Makes sure that the file is none of a pattern that matches nothing.
  func verifyMatch() throws {
    guard name.contains(where: { "*?[".contains($0) }), access(path, F_OK) != 0 else { return }
    throw Failure(
      .inputOutput, "no file matches \"\(name)\"",
      advice: "Paths in a job file are relative to that file")
  }

  /// Whether the name is that of one file, neither a pattern nor standard input.
  package var isOnePath: Bool {
    !StandardInput.isPath(path) && !name.contains { "*?[".contains($0) }
  }

  /// Makes sure that a file which can be fetched has been.
  package func verifyFetched() throws {
    guard access(path, F_OK) != 0 else { return }
    throw Failure(
      .inputOutput, at: Place(file: path), "is not there yet",
      expected: "the file that the job's `source` names",
      advice: "Fetch it with `mismatch fetch JOB`; a run never uses the network")
  }
}
