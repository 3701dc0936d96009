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
