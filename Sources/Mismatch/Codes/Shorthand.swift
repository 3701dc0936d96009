/// What publishers write beside or in the place of a number.
///
/// The symbols are the shorthand of the UK statistical services (conventions of DfE, StatsWales and the Government
/// Statistical Service,
/// https://analysisfunction.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/).
package enum Shorthand {
  /// A symbol, its status, what the conventions say of it in a source, and what it says of a result.
  package static let symbols: [(text: String, status: Status, meaning: String, result: String)] = [
    ("c", .confidential, "confidential", "suppressed: the source withholds the count"),
    ("low", .low, "above 0, rounds to 0", "a small count that the source suppresses"),
    ("x", .unavailable, "not available", "not available"),
    ("z", .notApplicable, "not applicable", "not applicable"),
    ("u", .unreliable, "low reliability", "unreliable, according to the source"),
    ("e", .estimated, "estimated", "estimated or scaled"),
    ("p", .provisional, "provisional", "provisional"),
    ("r", .revised, "revised", "revised"),
    ("b", .seriesBreak, "break in series", "a break in the series"),
    ("f", .forecast, "forecast", "a forecast"),
    ("w", .noneRecorded, "none recorded", "none recorded"),
  ]

  /// What each symbol says in a source, with those of older conventions.
  package static let meanings: [String: String] = symbols.reduce(
    into: ["k": "above 0, rounds to 0", ":": "not available (older symbol)"]
  ) { $0[$1.text] = $1.meaning }

  /// Symbols of Nomis, which other sources use otherwise.
  package static let nomis = [
    "!": "not available: sample of 0 to 2 (Nomis)",
    "*": "unreliable or disclosive: sample of 3 to 9 (Nomis)",
    "~": "less than 500 (Nomis)", "-": "missing (Nomis)",
  ]

  /// Texts that no convention explains.
  package static let unexplained: Set<String> = [
    "NA", "N/A", "NULL", "..", ".", "n/a", "#N/A", "**",
  ]
}

extension Status {
  /// Every status, its code in output files and what that says, in the order in which codes are written.
  package static let codes: [(status: Status, code: String, meaning: String)] =
    Shorthand.symbols.map { ($0.status, $0.text, $0.result) } + reasons

  private static let reasons: [(status: Status, code: String, meaning: String)] = [
    (.noProvision, "no-provision", "undefined: the area has no provision"),
    (.noDemand, "no-demand", "undefined: the area has no demand"),
    (.zeroByZero, "zero-by-zero", "undefined: both numbers of the ratio are 0"),
    (
      .emptySector, "empty-sector",
      "undefined: the sector is empty, or the divisor is 0"
    ),
    (.absent, "absent", "the source has no row for the area, so its count is not known"),
    (.unknown, "unknown", "undefined: a count that it needs is not known"),
    (.incomplete, "incomplete", "cells without a value are excluded"),
    (.notConverged, "not-converged", "an iteration stopped before it reached its tolerance"),
    (.unbounded, "unbounded", "the value or a bound is infinite, and its field is empty"),
  ]

  /// The marks that a publisher may write in a cell, by their bare code.
  package static let marks: [String: Status] = Dictionary(
    uniqueKeysWithValues: Shorthand.symbols.map { ($0.text, $0.status) })

  /// The codes of all that is set, separated by a space; empty for an ordinary number.
  package var text: String {
    isEmpty ? "" : Status.codes.filter { contains($0.status) }.map(\.code).joined(separator: " ")
  }

  /// What codes say together; nil where one of them is none.
  package init?(codes: [Substring]) {
    self = []
    for code in codes {
      guard let known = Status.codes.first(where: { $0.code == code }) else { return nil }
      formUnion(known.status)
    }
  }
}
