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

  package init(
    name: String, role: String, byteCount: Int, rowCount: Int, sha256: String, texts: NotedTexts,
    notes: [String], limit: ExtractLimit?
  ) {
    self.name = name
    self.role = role
    self.byteCount = byteCount
    self.rowCount = rowCount
    self.sha256 = sha256
    self.texts = texts
    self.notes = notes
    self.limit = limit
  }
}
