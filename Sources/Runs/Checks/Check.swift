import Extracts
import Jobs
import Mismatch

/// Something that may be wrong with a job's inputs, and how it is found out.
///
/// A new one is a file beside this and a line in the catalogue.
package struct Check: Sendable {
  package let name: String
  /// What it looks for, as a clause.
  package let looksFor: String
  /// What to do about a finding.
  package let guidance: String
  let examine: @Sendable (Outcome) -> [Finding]

  init(
    _ name: String, looksFor: String, guidance: String,
    examine: @escaping @Sendable (Outcome) -> [Finding]
  ) {
    self.name = name
    self.looksFor = looksFor
    self.guidance = guidance
    self.examine = examine
  }

  /// The check's rows, at least one.
  ///
  /// - Parameter reason: why the job accepts what the check finds; nil where it does not.
  func rows(of outcome: Outcome, accepted reason: String?) -> [CheckRow] {
    let findings = examine(outcome)
    let all = findings.isEmpty ? [Finding(.unchecked, "nothing to check")] : findings
    return all.map { finding in
      let isFound = finding.verdict.isFound
      return CheckRow(
        check: name, result: finding.verdict, message: finding.message, place: finding.place,
        count: finding.count, guidance: isFound ? guidance : nil, accepted: isFound ? reason : nil)
    }
  }
}

/// One thing that a check found.
struct Finding {
  let verdict: Verdict
  let message: String
  /// Where it was first found.
  let place: String?
  /// How much it concerns, in the unit that the message names.
  let count: Double?

  init(_ verdict: Verdict, _ message: String, place: String? = nil, count: Double? = nil) {
    self.verdict = verdict
    self.message = message
    self.place = place
    self.count = count
  }

  /// A count as messages write it: whole, or to one decimal, with a comma between thousands.
  static func amount(_ value: Double) -> String { NumberText.grouped(value) }

  static func number(_ number: Int) -> String { amount(Double(number)) }

  /// A share as messages write it.
  static func percentage(_ part: Double, of whole: Double) -> String {
    whole > 0 ? "\(amount(part / whole * 100)) %" : "all"
  }

  /// "1 area", "3 areas".
  static func counted(_ number: Int, _ thing: String) -> String {
    "\(Finding.number(number)) \(thing)\(number == 1 ? "" : "s")"
  }

  /// The few largest of codes with their counts: `"E1" (30), "E2" (20) and 3 more`.
  static func largest(_ counts: [(code: String, count: Double)], limit: Int = 5) -> String {
    let sorted = counts.sorted {
      $0.count != $1.count ? $0.count > $1.count : Codebook.precedes($0.code, $1.code)
    }
    let shown = sorted.prefix(limit).map { "\"\($0.code)\" (\(amount($0.count)))" }
    let more = sorted.count > limit ? " and \(number(sorted.count - limit)) more" : ""
    return shown.joined(separator: ", ") + more
  }
}
