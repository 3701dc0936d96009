/// What a side or an indicator counts, which decides what its numbers may be used for.
package struct Kind: Sendable, Equatable {
  package let name: String
  /// Nil for kinds of indicators.
  package let side: Side?
  /// Counts of the same unit share a word; a ratio of counts has an absolute meaning only then.
  package let unit: String
  package let caveat: String?

  /// Every kind, by side.
  package static let all: [Kind] = [
    Kind("people", .provision, "person", nil),
    Kind(
      "aims", .provision, "aim",
      "Aims are not people: a learner may hold several, so aims overstate the number trained."),
    Kind(
      "achievements", .provision, "achievement",
      "Achievements are qualifications gained, not people: one learner may gain several."),
    Kind(
      "starts", .provision, "start",
      "Starts are not completions: some starters do not achieve."),
    Kind(
      "enrolments", .provision, "enrolment",
      "Enrolments are a stock, not people who complete in the period."),
    Kind("vacancies", .demand, "opening", nil),
    Kind("openings", .demand, "opening", nil),
    Kind(
      "adverts", .demand, "advert",
      "Adverts are not vacancies: professional jobs are over-represented, and one advert may be for "
        + "several posts, or a duplicate."),
    Kind(
      "jobs", .demand, "job",
      "Jobs are a stock of filled posts, not openings: a large sector with little turnover looks "
        + "short of trainees."),
    Kind(
      "employment", .demand, "job",
      "Employment is a stock of people in work, not openings: a large sector with little turnover "
        + "looks short of trainees."),
  ]

  /// Kinds of indicators: counts, and what is never added up, such as rates, percentages and means.
  package static let count = Kind("count", nil, "count", nil)
  package static let rate = Kind("rate", nil, "rate", nil)

  private init(_ name: String, _ side: Side?, _ unit: String, _ caveat: String?) {
    self.name = name
    self.side = side
    self.unit = unit
    self.caveat = caveat
  }

  /// The kind of that name on that side.
  package init?(_ name: String, side: Side?) {
    guard let kind = Kind.all.first(where: { $0.name == name && $0.side == side }) else {
      return nil
    }
    self = kind
  }

  /// What follows from comparing these two kinds, one sentence each.
  package static func caveats(provision: Kind, demand: Kind) -> [String] {
    var caveats = [provision.caveat, demand.caveat].compactMap { $0 }
    if !(provision.unit == "person" && demand.unit == "opening") {
      caveats.append(
        "A ratio of \(provision.name) to \(demand.name) has no absolute meaning; shares, and indices "
          + "relative to all areas, can be compared.")
    }
    return caveats
  }
}
