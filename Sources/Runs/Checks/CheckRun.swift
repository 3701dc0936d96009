import Extracts
import Jobs
import Mismatch

extension Check {
  /// What every check of the catalogue finds in an outcome, in its order.
  package static func rows(of outcome: Outcome) -> [CheckRow] {
    catalogue.flatMap { $0.rows(of: outcome, accepted: outcome.job.accepted[$0.name]) }
  }

  /// Makes sure that the job accepts known checks only.
  ///
  /// - Throws: ``Failure`` (`badData`) that suggests the nearest name.
  static func verifyAccepted(_ job: Job) throws {
    let known = catalogue.map(\.name)
    for name in Codebook.sorted(job.accepted.keys) where !known.contains(name) {
      throw Failure.unknown(
        "check", name, known: known, at: Place(file: job.file), within: "accept")
    }
  }
}
