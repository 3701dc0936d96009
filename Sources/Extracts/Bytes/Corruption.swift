import Mismatch

/// Signs that a text is not what its publisher wrote.
package enum Corruption {
  /// What is wrong with a code, a name or a label; nil where nothing is.
  package static func damage(in text: String) -> String? {
    if isConflictMarker(text.utf8) { return "a conflict marker" }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0: return "a NUL byte"
      case 0xfffd: return "U+FFFD, a lost character"
      case 1...8, 14...31, 127: return "a control character"
      default: continue
      }
    }
    return nil
  }

  /// Whether a line begins as the lines that git leaves between two versions of a file.
  static func isConflictMarker(_ line: some Sequence<UInt8>) -> Bool {
    var iterator = line.makeIterator()
    guard let first = iterator.next(), [60, 61, 62, 124].contains(first) else { return false }
    for _ in 1..<7 where iterator.next() != first { return false }
    let next = iterator.next()
    return next == nil || next == 32
  }

  /// The refusal of a file in which two versions stand side by side.
  static func conflict(at place: Place) -> Failure {
    Failure(
      .badData, at: place, "a conflict marker: the file holds two versions",
      expected: "rows of a table", advice: "Resolve the conflict in git, or fetch the file again")
  }

  package static func shown(_ text: String) -> String {
    String(
      text.unicodeScalars.flatMap { scalar -> [Character] in
        scalar.value < 32 || scalar.value == 127
          ? Array("\\u{\(String(scalar.value, radix: 16))}") : [Character(scalar)]
      })
  }
}
