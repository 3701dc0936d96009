import Extracts
import Jobs
import Mismatch

extension Check {
  /// Areas or categories that hold others which are counted beside them.
  static let overlappingLevels = Check(
    "overlapping-levels",
    looksFor:
      "areas and categories counted together with their own parts, such as England and its regions",
    guidance:
      "Keep one level with `where`, name totals with `totals: { category: }`, or leave the codes "
      + "out of the lookup"
  ) { outcome in
    outcome.evidence.both.map { evidence in
      let start = "\(evidence.side.rawValue): "
      for period in evidence.periods {
        if let finding = sums(period) ?? contained(period) ?? levels(period) {
          return Finding(
            finding.verdict, start + finding.message + ", \(period.label)",
            place: evidence.inputs.first, count: finding.count)
        }
      }
      return Finding(.pass, start + "no area or category is counted together with its own parts")
    }
  }

  private static func sums(_ period: PeriodEvidence) -> Finding? {
    guard let total = period.totals.first else { return nil }
    return Finding(
      .fail,
      "the \(total.dimension.rawValue) \"\(total.code)\" holds \(Finding.amount(total.count)), the sum "
        + "of the others in every \(total.dimension == .area ? "category" : "area")",
      count: total.count)
  }

  /// Areas that hold others by what their codes say.
  private static func contained(_ period: PeriodEvidence) -> Finding? {
    let areas = period.mapped(.area).filter { $0.total.value > 0 }
    for area in areas {
      guard let code = AreaCode(area.code), code.level?.isHigh == true else { continue }
      let inner = areas.filter { AreaCode($0.code).map(code.contains) == true }
      guard let first = inner.first else { continue }
      return Finding(
        .fail,
        "the area \"\(area.code)\" (\(Finding.amount(area.total.value))) is counted together with "
          + "\(Finding.counted(inner.count, "area")) that \(inner.count == 1 ? "is" : "are") part of "
          + "it, such as \"\(first.code)\"",
        count: area.total.value)
    }
    return nil
  }

  /// Two levels of areas that cover the same ground: certain where their sums agree.
  private static func levels(_ period: PeriodEvidence) -> Finding? {
    let areas = period.mapped(.area).filter { $0.total.value > 0 }
    // What overlaps follows from the first three letters: one area of each kind stands for all.
    var kinds: Set<String> = []
    let firsts = areas.compactMap { AreaCode($0.code) }.filter {
      $0.level != nil && kinds.insert(String($0.text.prefix(3))).inserted
    }
    for (number, code) in firsts.enumerated() {
      guard let other = firsts[number...].first(where: code.overlaps),
        let level = code.level, let otherLevel = other.level
      else { continue }
      let sums = [level, otherLevel].map { level in
        areas.filter { AreaCode($0.code)?.level == level }
          .reduce(into: Interval()) { $0.add($1.total) }
      }
      let isSame = sums[0].lower <= sums[1].upper && sums[1].lower <= sums[0].upper
      return Finding(
        isSame ? .fail : .warn,
        "\(level.rawValue) (\(Finding.amount(sums[0].value))) are counted together with "
          + "\(otherLevel.rawValue) (\(Finding.amount(sums[1].value)))",
        count: min(sums[0].value, sums[1].value))
    }
    return nil
  }
}
