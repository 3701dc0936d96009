import Mismatch

extension Outcome {
  /// What every check of the catalogue found, in its order.
  package var checks: [CheckRow] {
    Check.catalogue.flatMap { $0.rows(of: self, accepted: job.accepted[$0.name]) }
  }
}

extension Check {
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
