import Extracts
import Jobs
import Mismatch

/// Spellings in one role that nobody tells apart by looking at them, each with its place where that is known.
struct Look {
  let role: TextRole
  let spellings: [(spelling: Spelling, place: String?)]

  static let roles: [TextRole] = [
    .code(.area), .code(.category), .period, .group, .name(.area), .name(.category),
  ]

  private struct Key: Hashable {
    let role: TextRole
    /// Swift compares texts by what they look like (canonical equivalence): here that is what is wanted.
    let text: String
  }

  /// All that have more than one spelling.
  ///
  /// - Parameters:
  ///   - isOdd: whether a text may look the same as another one; one of every two does.
  ///   - seen: what a text looks like.
  static func all(
    of outcome: Outcome, isOdd: (String) -> Bool, seen: (String) -> String
  ) -> [Look] {
    let noted = outcome.notedTexts
    var spellings: [Key: Set<Spelling>] = [:]
    let texts = noted.places.keys.map { ($0.role, $0.spelling.text) } + outcome.comparedTexts
    for (role, text) in texts where isOdd(text) {
      spellings[Key(role: role, text: seen(text)), default: []].insert(Spelling(text))
    }
    for (role, text) in texts where !spellings.isEmpty && !isOdd(text) {
      spellings[Key(role: role, text: text)]?.insert(Spelling(text))
    }
    return spellings.filter { $0.value.count > 1 }.map { key, spellings in
      Look(
        role: key.role,
        spellings: spellings.sorted().map { ($0, outcome.place(of: $0, as: key.role, noted)) })
    }.sorted { $0.spellings[0].spelling < $1.spellings[0].spelling }
  }

  /// `provision.csv:3, demand.csv:7`: of each spelling in their order.
  var places: String { spellings.compactMap(\.place).joined(separator: ", ") }
}

extension Outcome {
  /// Where a spelling stands: its place in an input, or the sides that have it; "the job" for what no input has.
  ///
  /// Plain texts are not noted with their places.
  fileprivate func place(of spelling: Spelling, as role: TextRole, _ noted: NotedTexts) -> String? {
    if let place = noted.places[NotedTexts.Key(role: role, spelling: spelling)] {
      return place.description
    }
    guard spelling.text.isASCII else { return "the job" }
    let sides = allEvidence.filter { evidence in
      evidence.texts.contains {
        TextRole($0.what) == role && $0.text.isSpelt(as: spelling.text)
      }
    }
    return sides.isEmpty ? nil : sides.map(\.subject.text).joined(separator: " and ")
  }

  /// Codes, names and periods of sides, registers and job that are compared with one another.
  var comparedTexts: [(TextRole, String)] {
    var texts = allEvidence.flatMap(\.texts).map { (TextRole($0.what), $0.text) }
    texts += areas.codes.map { (.code(.area), $0) } + sectors.codes.map { (.code(.category), $0) }
    for background in allEvidence.map(\.background) {
      // The first maps' codes are those of their sides.
      texts += background.areaLinks.dropFirst().flatMap { $0.map.sources }.map {
        (.code(.area), $0)
      }
      texts += background.categoryLinks.dropFirst().flatMap { $0.map.sources }
        .map { (.code(.category), $0) }
    }
    texts += job.excludedAreas.map { (.code(.area), $0.text) }
    texts += job.excludedSectors.map { (.code(.category), $0.text) }
    texts += [job.areas.focus].compactMap { $0 }.map { (.code(.area), $0) }
    for side in Side.allCases {
      let job = job.sides[side]
      for (key, role) in [
        (job.area, TextRole.code(.area)), (job.category, .code(.category)), (job.period, .period),
      ] {
        if case .constant(let text) = key { texts.append((role, text)) }
      }
      if case .rows(let category) = job.totals { texts.append((.code(.category), category)) }
    }
    return texts
  }
}
