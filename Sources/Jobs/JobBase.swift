import Extracts
import Mismatch

extension JobTree {
  /// The job of a text with its bases merged into it.
  ///
  /// - Parameter bases: the files of the bases, the nearest first.
  /// - Throws: ``Failure`` for a base that cannot be read, that leads back to a file that names it, or that
  ///   lacks a key which is removed from it.
  static func withBases(_ text: String, file: String, bases: inout [String]) throws -> JobTree {
    try withBases(text, file: file, within: [file], bases: &bases)
  }

  private static func withBases(
    _ text: String, file: String, within chain: [String], bases: inout [String]
  ) throws -> JobTree {
    var job = try parse(text, file: file)
    guard let base = job["base"] else { return job }
    job["base"] = nil
    let path = try JobNode(base, path: "base").text().asPath(in: TextFile.folder(of: file))
    let identity = FileIdentity(path: path)
    if chain.contains(where: { identity.isSameFile(as: FileIdentity(path: $0)) }) {
      throw Failure(
        .badData, at: base.place,
        "`base` leads back to a file that it came from: "
          + (chain + [path]).joined(separator: ", then "),
        advice: "Take `base` out of one of them")
    }
    guard identity.exists else {
      throw Failure(
        .inputOutput, at: base.place, "`base` is \"\(base.text ?? "")\", and there is no such file",
        advice: "Its path starts from the folder of the file that names it")
    }
    bases.append(path)
    let inherited = try withBases(
      try TextFile.read(path), file: path, within: chain + [path], bases: &bases)
    return try job.over(inherited)
  }

  /// This part laid over another one.
  ///
  /// Keys are merged at every level; of anything else this part's own stands. A key without a value (`key: ~`)
  /// removes what is below.
  ///
  /// - Throws: ``Failure`` (`badData`) for a key that is to be taken away and is not there.
  func over(_ base: JobTree, path: String = "") throws -> JobTree {
    guard let own = entries, let inherited = base.entries else {
      // A list or a text cannot hold the keys of a job.
      if path.isEmpty { _ = try JobNode(entries == nil ? self : base).pairs() }
      return self
    }
    var merged = inherited
    for entry in own {
      let name = path.isEmpty ? entry.name : "\(path).\(entry.name)"
      let index = merged.firstIndex { $0.name == entry.name }
      switch (index, entry.value.isNull) {
      case (let index?, true): merged.remove(at: index)
      case (let index?, false):
        let value = try entry.value.over(merged[index].value, path: name)
        merged[index] = Entry(name: entry.name, place: entry.place, value: value)
      case (nil, true): throw Failure.absentKey(entry, known: inherited.map(\.name))
      case (nil, false): merged.append(entry)
      }
    }
    return JobTree(.keys(merged), at: place)
  }
}

extension Failure {
  /// A key to be taken away that is not there.
  fileprivate static func absentKey(_ entry: JobTree.Entry, known: [String]) -> Failure {
    Failure(
      .badData, at: entry.place,
      "the key \"\(entry.name)\" has no value, which removes an inherited key, but no such key is inherited",
      expected: known.isEmpty ? "a value" : "a value, or one of: " + known.joined(separator: ", "),
      advice: nearest(to: entry.name, among: known).map { "Did you mean \"\($0)\"?" })
  }
}

// MARK: Paths

extension JobTree {
  /// Keys whose texts are paths of inputs.
  private static let pathKeys: Set = ["boundaries", "file", "lookup", "crosswalks"]
  /// Keys whose own keys are names of columns, markers, checks, dimensions and the like.
  private static let freeKeys: Set = ["where", "markers", "accept", "matrix", "source"]

  /// The same with paths of inputs as they are from a folder, instead of from the file where each stands.
  ///
  /// The folder of the output is left as it is: results belong to the job that is run.
  func withPaths(from folder: String, isPath: Bool = false) -> JobTree {
    switch content {
    case .null: self
    case .text(let text):
      isPath ? JobTree(.text(place.moved(text, to: folder)), at: place) : self
    case .list(let items):
      JobTree(.list(items.map { $0.withPaths(from: folder, isPath: isPath) }), at: place)
    case .keys(let entries):
      JobTree(
        .keys(
          entries.map { entry in
            var entry = entry
            if !JobTree.freeKeys.contains(entry.name) {
              entry.value = entry.value.withPaths(
                from: folder, isPath: JobTree.pathKeys.contains(entry.name))
            }
            return entry
          }), at: place)
    }
  }
}

extension Place {
  /// A path that stands in this place's file, from a folder on.
  fileprivate func moved(_ path: String, to folder: String) -> String {
    let own = TextFile.folder(of: file)
    guard own != folder, !path.hasPrefix("/") else { return path }
    let isBelow = folder != "." && own.hasPrefix(folder + "/")
    return path.asPath(in: isBelow ? String(own.dropFirst(folder.count + 1)) : own)
  }
}
