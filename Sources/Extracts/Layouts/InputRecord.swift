/// What was read from one input file.
package struct InputRecord: Sendable, Equatable {
  package let name: String
  package let role: String
  package let byteCount: Int
  package let rowCount: Int
  package let sha256: String
  /// Its texts that a check may have to name.
  package let texts: NotedTexts
  /// What stands below its tables.
  package let notes: [String]
  /// The limit of a server or a program at which its rows end; nil for none.
  package let limit: ExtractLimit?
}
