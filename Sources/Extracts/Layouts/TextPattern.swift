import CPattern
import Mismatch

/// A regular expression that takes a code out of a label, in the syntax of RE2
/// (https://github.com/google/re2/wiki/Syntax).
///
/// A search takes time in proportion to the label's length, whatever the pattern.
package struct TextPattern: Sendable, Equatable {
  package let text: String
  private let compiled: CompiledPattern

  /// The most bytes that a compiled pattern may take, what it learns of labels included.
  static let largestByteCount = 8 << 20

  /// A pattern, compiled.
  ///
  /// - Throws: ``Failure`` (`badData`) for what is no pattern of RE2, and for one that is too large.
  package init(_ text: String, at place: Place) throws {
    self.text = text
    compiled = try CompiledPattern(text)
    if let problem = compiled.problem {
      throw Failure(
        .badData, at: place, "the pattern \"\(text)\" cannot be used: \(problem.found)",
        advice: problem.advice)
    }
  }

  /// The first group of the leftmost match in a label, the whole match of a pattern without groups; nil
  /// where nothing matches.
  package func code(in label: String) throws -> String? { try compiled.code(in: label) }

  package static func == (first: TextPattern, second: TextPattern) -> Bool {
    first.text == second.text
  }
}

/// A pattern as RE2 holds it, shared by all threads.
private final class CompiledPattern: @unchecked Sendable {
  // RE2 guards what it learns during searches by locks of its own.
  private let pattern: OpaquePointer

  init(_ text: String) throws {
    var text = text
    let pattern = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        pattern_new($0.baseAddress, $0.count, Int64(TextPattern.largestByteCount))
      }
    }
    guard let pattern else { throw CompiledPattern.outOfMemory }
    self.pattern = pattern
  }

  deinit { pattern_delete(pattern) }

  private static let outOfMemory = Failure(
    .failed, "out of memory for the pattern of a `match`")

  /// What is wrong with the pattern, and what to do; nil for one that can be used.
  var problem: (found: String, advice: String)? {
    let part = String(cString: pattern_fault_part(pattern))
    return switch pattern_fault(pattern) {
    case PATTERN_SOUND: nil
    case PATTERN_UNKNOWN_GROUP:
      (
        "\"\(part)\" is not supported",
        "Look-around is not supported: match the text before and after the code as well, and put the code in "
          + "parentheses. A named group is written (?P<name>...)"
      )
    case PATTERN_UNKNOWN_ESCAPE:
      (
        "\"\(part)\" is not supported",
        "Back-references are not supported: repeat the text in the pattern. \(CompiledPattern.syntax)"
      )
    case PATTERN_TOO_LARGE:
      (
        "it needs more than \(TextPattern.largestByteCount >> 20) MiB",
        "Use smaller numbers in braces, or fewer alternatives"
      )
    default: (fault(part), CompiledPattern.syntax)
    }
  }

  /// What is wrong, with the part of the pattern that it is about.
  private func fault(_ part: String) -> String {
    let whole = String(cString: pattern_fault_text(pattern))
    guard whole.hasSuffix(": \(part)") else { return whole }
    return "\(whole.dropLast(part.count + 2)) at \"\(part)\""
  }

  private static let syntax =
    "The syntax is that of RE2: https://github.com/google/re2/wiki/Syntax"

  func code(in label: String) throws -> String? {
    var label = label
    return try label.withUTF8 { bytes in
      try bytes.withMemoryRebound(to: CChar.self) { text in
        var (start, count) = (0, 0)
        switch pattern_find(pattern, text.baseAddress, text.count, &start, &count) {
        case PATTERN_FOUND: return String(decoding: bytes[start..<start + count], as: UTF8.self)
        case PATTERN_NOT_FOUND: return nil
        default: throw CompiledPattern.outOfMemory
        }
      }
    }
  }
}
