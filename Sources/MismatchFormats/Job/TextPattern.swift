import Mismatch

/// A regular expression that takes a code out of a label.
package struct TextPattern: Sendable, Equatable {
  package let text: String

  /// A pattern, checked.
  package init(_ text: String, at place: Place) throws {
    do {
      _ = try Regex(text)
    } catch {
      throw Failure(.badData, at: place, "\"\(text)\" is not a regular expression: \(error)")
    }
    self.text = text
  }

  /// What matches, ready to use in one thread.
  func matcher() -> (String) -> String? {
    guard let regex = try? Regex(text) else { return { _ in nil } }
    return { label in
      guard let match = try? regex.firstMatch(in: label) else { return nil }
      let part = match.output.count > 1 ? match.output[1].substring : match.output[0].substring
      return part.map(String.init)
    }
  }
}
