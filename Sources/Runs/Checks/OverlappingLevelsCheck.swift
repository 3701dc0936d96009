import Extracts
import Jobs
import Mismatch

extension Check {
  /// Areas or categories that hold others which are counted beside them.
  static let overlappingLevels = Check(
    "overlapping-levels",
    looksFor:
      "areas and categories counted together with their own parts, such as England and its regions, or "
      + "divisions and their groups",
    guidance:
      "Keep one level: list its codes in `where`, in a register (`sectors: { file:, code: }`, with "
      + "`match: '^(\\d\\d) :'` where labels begin with the code) or in a lookup, and name a category of totals "
      + "with `totals: { category: }`"
  ) { outcome in
    outcome.allEvidence.flatMap { evidence in
      let start = "\(evidence.subject.text): "
      var met: Set<[String]> = []
      var findings: [Finding] = []
      for period in evidence.periods {
        for overlap in period.overlaps
        where met.insert([overlap.dimension.rawValue, overlap.level, overlap.partLevel]).inserted {
          findings.append(finding(overlap, period.label, start, evidence.inputs.first))
        }
        for pair in AreaLevels(period).pairs where met.insert(pair.levels).inserted {
          findings.append(
            Finding(
              pair.isCertain ? .fail : .warn, start + pair.message + ", \(period.label)",
              place: evidence.inputs.first, count: pair.count))
        }
      }
      if !findings.isEmpty { return findings }
      let lines = evidence.periods.map { max($0.mapped(.area).count, $0.mapped(.category).count) }
      return (lines.max() ?? 0) < 2
        ? [Finding(.unchecked, start + "only one area and one category")]
        : [Finding(.pass, start + "no area or category is counted together with its own parts")]
    }
  }

  private static func finding(
    _ overlap: LevelOverlap, _ period: String, _ start: String, _ place: String?
  ) -> Finding {
    let first = overlap.wholes[0]
    let isOne = overlap.wholes.count == 1
    let count = overlap.wholes.reduce(0) { $0 + $1.count }
    let wholes =
      isOne
      ? "the \(overlap.dimension.rawValue) \"\(first.code)\" (\(Finding.amount(count))) is"
      : "\(Finding.number(overlap.wholes.count)) \(overlap.level) (\(Finding.amount(count))) are"
    let parts =
      overlap.partCount == 1
      ? "1 \(overlap.dimension.rawValue)"
      : "\(Finding.number(overlap.partCount)) \(overlap.partLevel)"
    let relation =
      overlap.isSum
      ? "whose sum \(isOne ? "it is" : "they are")"
      : "that \(overlap.partCount == 1 ? "is" : "are") part of \(isOne ? "it" : "them")"
    let example =
      isOne ? "\"\(overlap.firstPart)\"" : "\"\(first.code)\" with \"\(overlap.firstPart)\""
    return Finding(
      overlap.isCertain ? .fail : .warn,
      start + "\(wholes) counted together with \(parts) \(relation), such as \(example): "
        + "\(Finding.amount(overlap.count)) counted twice"
        + (overlap.isCertain ? "" : " if that is what the codes mean") + ", \(period)",
      place: place, count: overlap.count)
  }
}

/// Levels of areas that cover the same ground, where no table says which area holds which.
private struct AreaLevels {
  struct Pair {
    let levels: [String]
    let message: String
    let count: Double
    let isCertain: Bool
  }

  private struct Area {
    let rank: AreaRank
    /// Nil where the name says its level.
    let code: AreaCode?
    let total: Interval

    func overlaps(_ other: Area) -> Bool {
      guard let code, let otherCode = other.code else { return rank.overlaps(other.rank) }
      return code.overlaps(otherCode)
    }
  }

  private let areas: [Area]
  /// Levels of which some area holds one of another by its code.
  private var nested: Set<[AreaCode.Level]> = []

  init(_ period: PeriodEvidence) {
    areas = period.mapped(.area).filter { $0.total.value > 0 }.compactMap { area in
      AreaRank(code: area.code, name: "").map {
        Area(rank: $0, code: AreaCode(area.code) ?? AreaCode(named: area.code), total: area.total)
      }
    }
    let coded = areas.compactMap { area in area.code.map { ($0.text, area.rank.level) } }
    let levels = Dictionary(coded) { first, _ in first }
    for area in areas {
      for holder in area.code?.containers ?? [] {
        guard let outer = levels[holder] else { continue }
        nested.formUnion([[outer, area.rank.level], [area.rank.level, outer]])
      }
    }
  }

  var pairs: [Pair] {
    // What overlaps follows from level, country and kind of code: one area of each stands for all.
    var kinds: Set<String> = []
    let firsts = areas.filter { area in
      let kind = area.code.map { $0.text.prefix(3) } ?? ""
      return kinds.insert("\(area.rank.level) \(area.rank.country) \(kind)").inserted
    }
    var met = nested
    return firsts.enumerated().flatMap { number, area in
      firsts[number...].compactMap { other -> Pair? in
        let levels = [area.rank.level, other.rank.level]
        guard area.overlaps(other), met.insert(levels).inserted,
          met.insert(levels.reversed()).inserted
        else { return nil }
        return pair(levels)
      }
    }
  }

  private func pair(_ levels: [AreaCode.Level]) -> Pair? {
    let isTabled = levels.allSatisfy(\.isInContainers)
    let members = levels.map { level in
      areas.filter { $0.rank.level == level && !(isTabled && $0.code?.holdsKnownAreas == true) }
    }
    guard !members.contains(where: \.isEmpty) else { return nil }
    let sums = members.map { $0.reduce(into: Interval()) { $0.add($1.total) } }
    let isSame = sums[0].lower <= sums[1].upper && sums[1].lower <= sums[0].upper
    let isWhole = members.contains { members in
      members[0].rank.wholeCount.map { members.count >= $0 } == true
    }
    return Pair(
      levels: levels.map(\.rawValue).sorted(),
      message: "\(Finding.number(members[0].count)) \(levels[0].rawValue) "
        + "(\(Finding.amount(sums[0].value))) are counted together with "
        + "\(Finding.number(members[1].count)) \(levels[1].rawValue) (\(Finding.amount(sums[1].value))), which "
        + "\(isSame || isWhole ? "" : "may ")cover the same places",
      count: min(sums[0].value, sums[1].value), isCertain: isSame || isWhole)
  }
}
