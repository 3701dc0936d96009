import Extracts
import Jobs

/// What a long run tells and where it keeps its finished parts.
package struct LongWork: Sendable {
  /// The folder of the run's output; nil keeps nothing.
  private let output: String?
  /// Told what is about to be done before work that takes long, a line each.
  let onPlan: @Sendable (_ lines: [String]) -> Void
  /// Told of the parts that are done and of how many there are.
  let onPart: @Sendable (_ done: Int, _ all: Int) -> Void
  /// What all parts depend on.
  private var key = ""

  /// Seconds of expected work from which on finished parts are kept.
  static let leastSeconds = 0.5

  package init(
    output: String? = nil, onPlan: @escaping @Sendable (_ lines: [String]) -> Void = { _ in },
    onPart: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) {
    (self.output, self.onPlan, self.onPart) = (output, onPlan, onPart)
  }

  /// The same for a job and the inputs of its grids.
  func keyed(_ job: Job, _ inputs: [InputRecord]) throws -> LongWork {
    var keyed = self
    let digest = try Digest()
    Array("\(engineVersion)\n\(job.text)\n\(Self.text(of: inputs))".utf8).withUnsafeBytes {
      digest.update($0)
    }
    keyed.key = digest.finish()
    return keyed
  }

  /// Where parts are kept that depend on these inputs too; nil where none are kept.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where their folder cannot be made or is another's.
  func checkpoint(_ inputs: [InputRecord]) throws -> Checkpoint? {
    try output.map { try Checkpoint(beside: $0, key: key, source: Self.text(of: inputs)) }
  }

  /// Takes away what this run and those before it have kept, once it is written.
  package func removeParts() {
    if let output { Checkpoint.remove(beside: output, key: key) }
  }

  private static func text(of inputs: [InputRecord]) -> String {
    inputs.map { "\($0.name) \($0.sha256)" }.joined(separator: "\n")
  }
}
