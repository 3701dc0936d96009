import Extracts
import Mismatch

/// A part of a job that knows where it stands, so that errors in it can be reported.
package struct JobNode {
  private let tree: JobTree
  /// The keys that lead here, for messages.
  package let path: String

  init(_ tree: JobTree, path: String = "") {
    self.tree = tree
    self.path = path
  }

  package var place: Place { tree.place }

  /// The text of a scalar.
  package func text() throws -> String {
    guard let text = tree.text else { throw wrong(expected: "text") }
    return text
  }

  /// The texts of a list, or of a single scalar.
  func texts() throws -> [String] {
    try items().map { try $0.text() }
  }

  /// The distinct texts of a list, or the one of a single scalar.
  func spellings() throws -> Set<Spelling> { Set(try texts().map(Spelling.init)) }

  /// The items of a list; anything else is a list of itself.
  package func items() -> [JobNode] {
    guard case .list(let items) = tree.content else { return [self] }
    return items.map { JobNode($0, path: path) }
  }

  /// The items of a list that must have any.
  package func someItems() throws -> [JobNode] {
    let items = items()
    guard !items.isEmpty else {
      throw Failure(
        .badData, at: place, "an empty list", expected: "at least one item",
        advice: "List at least one item, or leave the key out")
    }
    return items
  }

  package func boolean() throws -> Bool {
    switch try text() {
    case "true": true
    case "false": false
    default: throw wrong(expected: "true or false")
    }
  }

  package var isMapping: Bool { tree.entries != nil }
  var isSequence: Bool { tree.text == nil && !isMapping }

  /// The part as one line, with keys in order.
  ///
  /// - Parameter omitted: keys that are left out, also those of its `tables`.
  func canonicalText(leavingOut omitted: Set<String> = []) -> String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    if let pairs = try? pairs() {
      let kept = pairs.filter { !omitted.contains($0.key) }.sorted {
        Codebook.precedes($0.key, $1.key)
      }
      let texts = kept.map { key, value in
        quoted(key) + ":" + value.canonicalText(leavingOut: key == "tables" ? omitted : [])
      }
      return "{" + texts.joined(separator: ",") + "}"
    }
    if isSequence {
      return "[" + items().map { $0.canonicalText(leavingOut: omitted) }.joined(separator: ",")
        + "]"
    }
    return quoted(tree.text ?? "")
  }

  /// The pairs of a mapping, in the order of the file.
  package func pairs() throws -> [(key: String, value: JobNode)] {
    guard let entries = tree.entries else { throw wrong(expected: "keys with values") }
    return entries.map { entry in
      let path = path.isEmpty ? entry.name : "\(path).\(entry.name)"
      return (entry.name, JobNode(entry.value, path: path))
    }
  }

  /// The values of a mapping by key.
  ///
  /// - Throws: ``Failure`` for a key that is not in `known`, with the nearest one that is, and for a
  ///   key that is duplicated.
  package func keyed(_ known: [String]) throws -> [String: JobNode] {
    guard let entries = tree.entries else {
      throw wrong(expected: "keys with values: \(known.joined(separator: ", "))")
    }
    var values: [String: JobNode] = [:]
    for ((key, value), entry) in zip(try pairs(), entries) {
      guard known.contains(key) else {
        throw Failure.unknown("key", key, known: known, at: entry.place, within: path)
      }
      guard values[key] == nil else {
        throw Failure(.badData, at: entry.place, "the key \"\(key)\" is duplicated")
      }
      values[key] = value
    }
    return values
  }

  package func wrong(expected: String, advice: String? = nil) -> Failure {
    let found = tree.text.map { "\"\($0)\"" } ?? (isMapping ? "keys" : "a list")
    let name = path.isEmpty ? "the job" : "`\(path)`"
    return Failure(.badData, at: place, "\(name) is \(found)", expected: expected, advice: advice)
  }
}

extension [String: JobNode] {
  /// The value of a key that must be there.
  package func required(_ key: String, of node: JobNode) throws -> JobNode {
    guard let value = self[key] else {
      let name = node.path.isEmpty ? "the job" : "`\(node.path)`"
      throw Failure(.badData, at: node.place, "\(name) has no key \"\(key)\"")
    }
    return value
  }
}

extension Failure {
  /// A name that is none of the known ones, with the nearest of them.
  package static func unknown(
    _ what: String, _ name: String, known: [String], at place: Place, within path: String = ""
  ) -> Failure {
    Failure(
      .badData, at: place,
      "unknown \(what) \"\(name)\"" + (path.isEmpty ? "" : " in `\(path)`"),
      expected: "one of: "
        + (known.count > 60 ? Failure.examples(known) : known.joined(separator: ", ")),
      advice: lookalike(of: name, among: known)
        ?? nearest(to: name, among: known).map { "Did you mean \"\($0)\"?" })
  }

  /// The known name that a slip may have meant; nil where none is near.
  package static func nearest(to name: String, among known: [String]) -> String? {
    // A text too long to be a slip is compared with nothing, which would take its length times theirs.
    guard name.utf8.count <= 200 else { return nil }
    let nearest = known.min { editDistance($0, name) < editDistance($1, name) }
    return nearest.flatMap { editDistance($0, name) <= max(2, name.count / 2) ? $0 : nil }
  }

  /// Levenshtein's distance, without regard to case.
  private static func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a.lowercased())
    let b = Array(b.lowercased())
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(substituted, diagonal + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }
}

extension JobNode {
  /// The case of that name.
  ///
  /// - Throws: ``Failure`` that lists the names.
  package func choice<Choice: RawRepresentable & CaseIterable>(_ what: String) throws -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text()) else {
      throw Failure.unknown(
        what, try text(), known: Choice.allCases.map(\.rawValue), at: place, within: path)
    }
    return choice
  }
}
