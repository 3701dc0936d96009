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
    // Some characters are ASCII in another code point, such as the sign of the kelvin.
    let looks = Look.all(of: outcome, isOdd: { !$0.isASCII }, seen: { $0 })
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

extension Look {
  /// `"Café" with U+0065 U+0301, with U+00E9`.
  fileprivate var text: String {
    let first = spellings[0].spelling.text
    let ways = spellings.enumerated().map { number, way in
      "with "
        + way.spelling.text.codePoints(unlike: number == 0 ? spellings[1].spelling.text : first)
    }
    return "\"\(first)\" " + ways.joined(separator: ", ")
  }
}
