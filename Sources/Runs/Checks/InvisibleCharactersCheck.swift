import Extracts
import Jobs
import Mismatch

extension Check {
  /// Codes that nobody can tell apart, or find, because of spaces and of characters without width.
  static let invisibleCharacters = Check(
    "invisible-characters",
    looksFor: "codes that differ only in spaces, and codes with characters that nobody sees",
    guidance:
      "Set `trim: true` for spaces at the ends, in all inputs that have them; replace others in the file"
  ) { outcome in
    let looks = Look.all(
      of: outcome, isOdd: { $0.mayHoldBlanks && !$0.isSpelt(as: $0.withPlainSpaces) },
      seen: \.withPlainSpaces)
    let findings = Look.roles.filter(\.isKey).flatMap { role in
      let twins = looks.filter { $0.role == role }
      return [several(role, twins), lone(role, outcome.notedTexts, besides: twins)].compactMap {
        $0
      }
    }
    return findings.isEmpty
      ? [Finding(.pass, "no codes differ only in spaces or characters without width")] : findings
  }

  private static func several(_ role: TextRole, _ looks: [Look]) -> Finding? {
    guard let first = looks.first else { return nil }
    let forms = first.spellings.map { "\"\($0.spelling.text.withVisibleBlanks)\"" }
    return Finding(
      .fail,
      "\(Finding.counted(looks.count, role.words)) \(looks.count == 1 ? "is" : "are") written in several "
        + "forms that differ only in spaces or characters without width: "
        + forms.joined(separator: ", ") + (looks.count == 1 ? "" : " and \(looks.count - 1) more"),
      place: first.places, count: Double(looks.count))
  }

  /// Codes with characters without width that have no other form.
  private static func lone(
    _ role: TextRole, _ noted: NotedTexts, besides looks: [Look]
  ) -> Finding? {
    let met = Set(looks.flatMap { $0.spellings.map(\.spelling) })
    let found = noted.places.filter {
      $0.key.role == role && $0.key.spelling.text.holdsBlanksWithoutWidth
        && !met.contains($0.key.spelling)
    }
    guard let first = found.min(by: { $0.key.spelling < $1.key.spelling }) else { return nil }
    return Finding(
      .fail,
      "\(Finding.counted(found.count, role.words)) \(found.count == 1 ? "holds" : "hold") characters without "
        + "width, such as \"\(first.key.spelling.text.withVisibleBlanks)\"",
      place: first.value.description, count: Double(found.count))
  }
}
