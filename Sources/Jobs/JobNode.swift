import Extracts
import Mismatch
import Yams

/// A part of a job file that knows where it stands, so that errors in it can be reported.
///
/// Scalars are text: `01` stays "01".
package struct JobNode {
  private let node: Node
  private let file: String
  /// The keys that lead here, for messages.
  let path: String

  init(_ node: Node, file: String, path: String = "") {
    self.node = node
    self.file = file
    self.path = path
  }

  /// Parses a whole job file.
  static func parse(_ text: String, file: String) throws -> JobNode {
    try JobShape.verify(text, file: file)
    do {
      // Without rules: every scalar stays the text that it is.
      guard let root = try compose(yaml: text, .basic, .default, .utf8) else {
        throw Failure(
          .badData, at: Place(file: file, line: 1), "the job file is empty",
          expected: "keys such as "
            + "name, areas, sectors, provision, demand",
          advice: "`mismatch init` writes an example")
      }
      return JobNode(root, file: file)
    } catch let error as YamlError {
      throw Failure.notYAML(error, file: file)
    }
  }

  package var place: Place {
    Place(file: file, line: node.mark?.line, column: node.mark?.column)
  }

  /// The text of a scalar.
  package func text() throws -> String {
    guard let scalar = node.scalar else { throw wrong(expected: "text") }
    return scalar.string
  }

  /// The texts of a list, or of a single scalar.
  func texts() throws -> [String] {
    try items().map { try $0.text() }
  }

  /// The distinct texts of a list, or the one of a single scalar.
  func spellings() throws -> Set<Spelling> { Set(try texts().map(Spelling.init)) }

  /// The items of a list; anything else is a list of itself.
  package func items() -> [JobNode] {
    guard let sequence = node.sequence else { return [self] }
    return sequence.map { JobNode($0, file: file, path: path) }
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

  func boolean() throws -> Bool {
    switch try text() {
    case "true": true
    case "false": false
    default: throw wrong(expected: "true or false")
    }
  }

  package var isMapping: Bool { node.mapping != nil }
  var isSequence: Bool { node.sequence != nil }

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
    return quoted(node.scalar?.string ?? "")
  }

  /// The pairs of a mapping, in the order of the file.
  package func pairs() throws -> [(key: String, value: JobNode)] {
    guard let mapping = node.mapping else { throw wrong(expected: "keys with values") }
    return try mapping.map { key, value in
      guard let name = key.scalar?.string else { throw wrong(expected: "keys that are text") }
      return (name, JobNode(value, file: file, path: path.isEmpty ? name : "\(path).\(name)"))
    }
  }

  /// The values of a mapping by key.
  ///
  /// - Throws: ``Failure`` for a key that is not in `known`, with the nearest one that is, and for a
  ///   key that is duplicated.
  package func keyed(_ known: [String]) throws -> [String: JobNode] {
    guard let mapping = node.mapping else {
      throw wrong(expected: "keys with values: \(known.joined(separator: ", "))")
    }
    var values: [String: JobNode] = [:]
    for ((key, value), keyNode) in zip(try pairs(), mapping.keys) {
      let place = JobNode(keyNode, file: file).place
      guard known.contains(key) else {
        throw Failure.unknown("key", key, known: known, at: place, within: path)
      }
      guard values[key] == nil else {
        throw Failure(.badData, at: place, "the key \"\(key)\" is duplicated")
      }
      values[key] = value
    }
    return values
  }

  package func wrong(expected: String, advice: String? = nil) -> Failure {
    let found = node.scalar.map { "\"\($0.string)\"" } ?? (node.sequence == nil ? "keys" : "a list")
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

extension Place {
  /// The place of a character of a text, counted from 0.
  fileprivate init(file: String, offset: Int?, in text: String) {
    let before = offset.map { text.prefix($0) }
    self.init(
      file: file, line: before.map { $0.count(where: \.isNewline) + 1 },
      column: before.map { ($0.lastIndex(where: \.isNewline).map($0.suffix(from:)) ?? $0).count })
  }
}

extension Failure {
  /// What the YAML parser refuses, with its place.
  fileprivate static func notYAML(_ error: YamlError, file: String) -> Failure {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      Failure(
        .badData, at: Place(file: file, line: mark.line, column: mark.column),
        "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      Failure(
        .badData, at: Place(file: file, line: context.mark.line, column: context.mark.column),
        "the key \(Failure.examples(keys.sorted())) is duplicated")
    case .reader(let problem, let offset, _, let yaml):
      Failure(
        .badData, at: Place(file: file, offset: offset, in: yaml), "not YAML: \(problem)")
    default:
      Failure(.failed, at: Place(file: file), "the job file does not fit in memory")
    }
  }

  /// A name that is none of the known ones, with the nearest of them.
  package static func unknown(
    _ what: String, _ name: String, known: [String], at place: Place, within path: String = ""
  ) -> Failure {
    Failure(
      .badData, at: place,
      "unknown \(what) \"\(name)\"" + (path.isEmpty ? "" : " in `\(path)`"),
      expected: "one of: " + known.joined(separator: ", "),
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
