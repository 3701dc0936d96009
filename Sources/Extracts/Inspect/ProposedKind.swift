import Mismatch

/// What figures count, by a word that names them.
struct ProposedKind {
  let side: Side
  var kind: String

  private static let words: [(word: String, side: Side, kind: String)] = [
    ("aims", .provision, "aims"), ("achieve", .provision, "achievements"),
    ("enrol", .provision, "enrolments"), ("starts", .provision, "starts"),
    ("advert", .demand, "adverts"), ("vacanc", .demand, "vacancies"),
    ("employment", .demand, "employment"),
    ("commitment", .provision, "people"),
    ("payrolled employees", .demand, "employment"),
    ("annual population survey", .demand, "employment"), ("workforce jobs", .demand, "jobs"),
  ]

  /// What a name, a measure or a title says; nil where it says nothing.
  init?(of text: String) {
    let text = text.lowercased()
    guard let found = ProposedKind.words.first(where: { text.contains($0.word) }) else {
      return nil
    }
    side = found.side
    kind = found.kind == "aims" && !text.contains("ach") ? "enrolments" : found.kind
  }

  /// Whether a text names what is neither people trained nor people in work nor openings: businesses, and
  /// applications for loans.
  static func isNeither(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.contains("business counts") || text.contains("apps_received")
  }
}
