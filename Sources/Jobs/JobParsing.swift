import Extracts
import Mismatch
import Yams

extension JobTree {
  /// Parses a whole job file.
  ///
  /// - Throws: ``Failure`` (`badData`) with line and column of what is no YAML, or is more than a job may have.
  static func parse(_ text: String, file: String) throws -> JobTree {
    try JobShape.verify(text, file: file)
    do {
      // Without rules: every scalar stays the text that it is.
      guard let root = try compose(yaml: text, .basic, .default, .utf8) else {
        throw Failure(
          .badData, at: Place(file: file, line: 1),
          "the job file is empty",
          expected: "keys such as name, areas, sectors, provision, demand",
          advice: "`mismatch init` writes an example")
      }
      return JobTree(root, file: file)
    } catch let error as YamlError {
      throw Failure.notYAML(error, file: file)
    }
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
        "not YAML: \(problem)",
        advice: problem.hasPrefix("block sequence entries are not allowed")
          ? "A dash alone is written in quotes: `file: \"-\"`" : nil)
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
}
