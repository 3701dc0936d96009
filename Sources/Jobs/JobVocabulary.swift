import Extracts

/// What a job may name that is not its own to know.
package struct JobVocabulary: Sendable {
  /// Blocks that analyses decode.
  let blocks: [JobBlock]
  /// Files that a run can write, besides matrices.
  let files: [String]
  /// Names, or patterns with `*`, of those that are written where the job does not say which.
  let defaultFiles: [String]

  package init(blocks: [JobBlock], files: [String], defaultFiles: [String]) {
    self.blocks = blocks
    self.files = files
    self.defaultFiles = defaultFiles
  }
}

/// A block of a job.
package struct JobBlock: Sendable {
  let key: String
  /// Puts what the block asks among the requests, and gives the tables that it reads.
  let decode:
    @Sendable (_ node: JobNode, _ folder: String, _ requests: inout TypedValues) throws
      -> [TableJob]

  package init(
    key: String,
    decode: @escaping @Sendable (JobNode, String, inout TypedValues) throws -> [TableJob]
  ) {
    self.key = key
    self.decode = decode
  }
}
