import Extracts
import Jobs

/// How a check came out.
package enum Verdict: String, Sendable, Codable, CaseIterable {
  /// Looked at, and nothing found.
  case pass
  /// Something that an analyst should know.
  case warn
  /// Something that makes the result wrong; a run stops unless the job accepts it.
  case fail
  /// Not looked at, for want of what it takes; no reason to stop.
  case unchecked = "not checked"

  /// Whether something was found.
  package var isFound: Bool { self == .warn || self == .fail }
}

/// One row of what the checks found.
package struct CheckRow: Sendable, Codable, Equatable {
  package let check: String
  package let result: Verdict
  package let message: String
  /// Where it was first found: an input as the job names it, with its line, which depends on the order of
  /// rows; of spellings of one text, the place of each.
  package let place: String?
  /// How much it concerns, in the unit that the message names.
  package let count: Double?
  /// What to do; nil where nothing was found.
  package let guidance: String?
  /// The job's reason for going on all the same.
  package let accepted: String?

  /// Whether a run may not go on.
  package var stops: Bool { stops(strictly: false) }

  /// The same, where a run may go on with warnings, or may not.
  package func stops(strictly isStrict: Bool) -> Bool {
    (result == .fail || isStrict && result == .warn) && accepted == nil
  }
}
