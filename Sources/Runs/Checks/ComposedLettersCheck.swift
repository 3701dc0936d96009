import Extracts
import Jobs
import Mismatch

extension Check {
  /// Codes and names that nobody can tell apart by looking at them, and that are compared by their bytes.
  static let composedLetters = Check(
    "composed-letters",
    looksFor:
      "codes and names that look the same but differ in their characters, such as é as one or as two",
    guidance:
      "Convert inputs and job to one form, NFC: stringi::stri_trans_nfc in R, unicodedata.normalize in "
      + "Python"
  ) { outcome in
    let looks = Look.all(of: outcome)
    let findings = Look.roles.compactMap { role in
      finding(role, looks.filter { $0.role == role })
    }
    let refusals = refusals(outcome.notedTexts)
    return findings.isEmpty && refusals.isEmpty
      ? [Finding(.pass, "no codes or names differ only in how letters are composed")]
      : findings + refusals
  }

  private static func finding(_ role: TextRole, _ looks: [Look]) -> Finding? {
    guard let first = looks.first else { return nil }
    let isOne = looks.count == 1
    return Finding(
      .warn,
      "\(Finding.counted(looks.count, role.words)) \(isOne ? "is" : "are") written in several forms that look "
        + "the same but are treated as different: \(first.text)"
        + (isOne ? "" : " and \(looks.count - 1) more"),
      place: first.places, count: Double(looks.count))
  }

  /// Rows that filters refuse because of how a letter is composed.
  private static func refusals(_ noted: NotedTexts) -> [Finding] {
    let found = noted.places.compactMap { key, place -> (Place, String)? in
      guard case .refused(let column, let asked) = key.role else { return nil }
      return (
        place,
        "`where` asks for \"\(asked)\" (\(asked.text.codePoints(unlike: key.spelling.text))) in "
          + "`\(column)`, and \"\(key.spelling)\" (\(key.spelling.text.codePoints(unlike: asked.text))) "
          + "is a different text"
      )
    }
    return found.sorted { Codebook.precedes($0.1, $1.1) }.map { place, message in
      Finding(.warn, message, place: place.description, count: 1)
    }
  }
}

/// Spellings that look the same in one role, each with its place where that is known.
private struct Look {
  let role: TextRole
  let spellings: [(spelling: Spelling, place: Place?)]

  static let roles: [TextRole] = [
    .code(.area), .code(.category), .period, .group, .name(.area), .name(.category),
  ]

  private struct Key: Hashable {
    let role: TextRole
    /// Swift compares texts by what they look like (canonical equivalence): here that is what is wanted.
    let text: String
  }

  /// All that have more than one spelling, by role and text.
  static func all(of outcome: Outcome) -> [Look] {
    let noted = outcome.notedTexts
    var spellings: [Key: Set<Spelling>] = [:]
    let texts = noted.places.keys.map { ($0.role, $0.spelling.text) } + outcome.comparedTexts
    for (role, text) in texts where !text.isASCII {
      spellings[Key(role: role, text: text), default: []].insert(Spelling(text))
    }
    // Some characters are ASCII in another code point, such as the sign of the kelvin.
    for (role, text) in texts where !spellings.isEmpty && text.isASCII {
      spellings[Key(role: role, text: text)]?.insert(Spelling(text))
    }
    return spellings.filter { $0.value.count > 1 }.map { key, spellings in
      Look(
        role: key.role,
        spellings: spellings.sorted().map {
          ($0, noted.places[NotedTexts.Key(role: key.role, spelling: $0)])
        })
    }.sorted { $0.spellings[0].spelling < $1.spellings[0].spelling }
  }

  /// `"Café" with U+0065 U+0301, with U+00E9`.
  var text: String {
    let first = spellings[0].spelling.text
    let ways = spellings.enumerated().map { number, way in
      "with "
        + way.spelling.text.codePoints(unlike: number == 0 ? spellings[1].spelling.text : first)
    }
    return "\"\(first)\" " + ways.joined(separator: ", ")
  }

  /// `provision.csv:3, demand.csv:7`: of each spelling in their order.
  ///
  /// What no input has is of the job; plain texts are not noted with their places.
  var places: String {
    spellings.compactMap { spelling, place in
      place?.description ?? (spelling.text.isASCII ? nil : "the job")
    }.joined(separator: ", ")
  }
}

extension Outcome {
  /// Texts of all inputs that a check may have to name, with the first place of each.
  var notedTexts: NotedTexts { inputs.reduce(into: NotedTexts()) { $0.add($1.texts) } }

  /// Codes, names and periods of sides, registers and job that are compared with one another.
  fileprivate var comparedTexts: [(TextRole, String)] {
    var texts = evidence.both.flatMap(\.texts).map { (TextRole($0.what), $0.text) }
    texts += job.excludedAreas.map { (.code(.area), $0.text) }
    texts += job.excludedSectors.map { (.code(.category), $0.text) }
    texts += [job.areas.focus].compactMap { $0 }.map { (.code(.area), $0) }
    for side in Side.allCases {
      let job = job.sides[side]
      for block in job.blocks {
        for (key, role) in [
          (block.area, TextRole.code(.area)), (block.category, .code(.category)),
          (block.period, .period),
        ] {
          if case .constant(let text) = key { texts.append((role, text)) }
        }
      }
      if case .rows(let category) = job.totals { texts.append((.code(.category), category)) }
    }
    return texts
  }
}
