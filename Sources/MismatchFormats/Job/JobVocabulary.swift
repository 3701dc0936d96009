/// What a job may name that is not its own to know.
package struct JobVocabulary: Sendable {
  /// Blocks that analyses decode.
  let blocks: [JobBlock]
  /// Files that a run can write, besides matrices.
  let files: [String]
  /// Names, or patterns with `*`, of those that are written where the job does not say which.
  let defaultFiles: [String]
}

/// A block of a job.
struct JobBlock: Sendable {
  let key: String
  /// Puts what the block asks among the requests, and gives the tables that it reads.
  let decode:
    @Sendable (_ node: JobNode, _ folder: String, _ requests: inout TypedValues) throws
      -> [TableJob]
}
