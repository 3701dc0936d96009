/// Standard input in the place of a file.
package enum StandardInput {
  /// The path by which it is known; a file of this name is `./-`.
  package static let path = "-"

  private static let names = [path, "/dev/stdin", "/dev/fd/0"]

  package static func isPath(_ path: String) -> Bool { path == StandardInput.path }

  /// Whether a job calls standard input so.
  package static func isName(_ name: String) -> Bool { names.contains(name) }
}
