/// Where in an input something stands: lines and columns are counted from 1, columns in fields.
package struct Place: Sendable, Equatable, CustomStringConvertible {
  package var file: String
  package var line: Int?
  package var column: Int?

  package init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, as far as it is known; standard input for the file `-`.
  package var description: String {
    ([file == "-" ? "standard input" : file]
      + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
  }
}

/// Why a run ended early: what was found, where, what was expected and what to do next.
package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of thing went wrong; the command's exit status follows from it.
  package enum Kind: String, Sendable {
    /// The run itself could not go on.
    case failed
    /// The command was called in a way that it does not know.
    case usage
    /// An input says something that cannot be used.
    case badData = "bad data"
    /// A file could not be read or written.
    case inputOutput = "input/output"
  }

  package var kind: Kind
  package var place: Place?
  package var found: String
  package var expected: String?
  package var advice: String?

  package init(
    _ kind: Kind, at place: Place? = nil, _ found: String, expected: String? = nil,
    advice: String? = nil
  ) {
    self.kind = kind
    self.place = place
    self.found = found
    self.expected = expected
    self.advice = advice
  }

  /// The whole message: place, what was found, what was expected, what to do.
  package var description: String {
    var text = place.map { "\($0): " } ?? ""
    text += found
    if let expected { text += "; expected \(expected)" }
    if let advice { text += ". \(advice)" }
    return text
  }
}

extension Failure {
  /// The few first of `items`, and how many more there are: for messages that name examples.
  package static func examples(_ items: [String], limit: Int = 5) -> String {
    let shown = items.prefix(limit).map { "\"\($0)\"" }.joined(separator: ", ")
    return items.count > limit ? "\(shown) and \(items.count - limit) more" : shown
  }
}
