import Extracts
import Jobs
import Mismatch

extension Check {
  /// Codes that a program may have written for a missing one.
  static let missingKeys = Check(
    "missing-keys",
    looksFor: "codes and periods that programs write for a missing value, such as NA, NaN and NULL",
    guidance:
      "Leave such rows out, as in `where: { area_code: { not: \"NA\" } }`; if it is a code, accept the check"
  ) { outcome in
    let noted = outcome.notedTexts.places.filter { KeyText.isMissing($0.key.spelling.text) }
    let findings = [TextRole.code(.area), .code(.category), .period].compactMap { role in
      finding(role, outcome, noted.filter { $0.key.role == role && isUsed($0.key, outcome) })
    }
    return findings.isEmpty
      ? [Finding(.pass, "no code or period stands for a missing value")] : findings
  }

  /// Whether the run uses a text: not so a code that the job excludes, nor a period of rows that it leaves out.
  private static func isUsed(_ key: NotedTexts.Key, _ outcome: Outcome) -> Bool {
    switch key.role {
    case .code(.area): !outcome.job.excludedAreas.contains(key.spelling)
    case .code(.category): !outcome.job.excludedSectors.contains(key.spelling)
    default:
      outcome.allEvidence.contains { side in
        side.periods.contains { $0.label.isSpelt(as: key.spelling.text) }
      }
    }
  }

  private static func finding(
    _ role: TextRole, _ outcome: Outcome, _ found: [NotedTexts.Key: Place]
  ) -> Finding? {
    guard let first = found.min(by: { $0.key.spelling < $1.key.spelling }) else { return nil }
    let counts = found.keys.map {
      (code: $0.spelling.text, count: outcome.published($0.spelling, as: role))
    }
    return Finding(
      .fail,
      "\(Finding.counted(found.count, role.words)) \(found.count == 1 ? "is" : "are") what programs write for a "
        + "missing value, with what \(found.count == 1 ? "it holds" : "they hold"): "
        + Finding.largest(counts),
      place: first.value.description, count: counts.reduce(0) { $0 + $1.count })
  }
}

extension Outcome {
  /// What sides and indicators publish under a source code or in a period.
  fileprivate func published(_ text: Spelling, as role: TextRole) -> Double {
    var sum = 0.0
    for period in allEvidence.flatMap(\.periods) {
      switch role {
      case .code(let dimension):
        let margins = dimension == .area ? period.areas : period.categories
        sum += margins.filter { $0.code.isSpelt(as: text.text) }.reduce(0) { $0 + $1.published }
      default:
        guard period.label.isSpelt(as: text.text) else { continue }
        sum += period.areas.reduce(0) { $0 + $1.published }
      }
    }
    guard case .code(let dimension) = role else { return sum }
    let known = allEvidence.contains { side in
      side.periods.contains { period in
        (dimension == .area ? period.areas : period.categories).contains {
          $0.code.isSpelt(as: text.text)
        }
      }
    }
    if known { return sum }
    return unmapped.filter { $0.dimension == dimension && $0.code.isSpelt(as: text.text) }
      .reduce(0) { $0 + $1.published }
  }
}
