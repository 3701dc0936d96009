import Extracts
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A key of the user's own for a source.
///
/// It is in no job, record or cache key. Whatever prints a value prints that there is one.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  /// How a source is shown the key.
  enum Form: Equatable {
    case query(name: String, key: String)
    case header(name: String, key: String)
  }

  let form: Form

  package var description: String { "a key" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where the key of a source stands.
struct SecretPlace {
  /// The environment variable with the key; with `_FILE` behind it, one that names a file with it.
  let variable: String

  /// The key; nil where the environment names none.
  ///
  /// - Throws: ``Failure`` for a file that cannot be read, that others than its owner can read, or whose text is no
  ///   key.
  func key(_ environment: [String: String]) throws -> String? {
    let text: String
    if let stated = environment[variable] {
      text = stated
    } else if let path = environment[variable + "_FILE"] {
      text = try SecretPlace.text(of: path)
    } else {
      return nil
    }
    let key = text.trimmed()
    guard !key.isEmpty, key.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      throw Failure(
        .badData, "the key of \(variable) is no key",
        expected: "letters, digits and signs, without blanks")
    }
    return key
  }

  private static func text(of path: String) throws -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Failure.system("cannot be opened", path: path) }
    guard status.st_mode & 0o077 == 0 else {
      throw Failure(
        .badData, at: Place(file: path), "others than its owner can read this key",
        expected: "a file that only its owner can read", advice: "chmod 600 \(path)")
    }
    return try TextFile.read(path)
  }
}
