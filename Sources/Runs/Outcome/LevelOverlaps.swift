import Extracts
import Jobs
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Codes of one level that hold others which are counted beside them.
struct LevelOverlap: Sendable {
  let dimension: Dimension
  /// The codes that hold others, in order; each with the count that the grid receives of it.
  let wholes: [(code: String, count: Double)]
  let level: String
  let partCount: Int
  /// The first code that the first of them holds.
  let firstPart: String
  let partLevel: String
  /// What is counted twice.
  let count: Double
  /// Whether each holds the sum of its parts, as far as bounds tell.
  let isSum: Bool
  /// Whether it is certain that the parts are counted twice.
  let isCertain: Bool
}

extension SourceTable {
  /// Bits in which codes must agree with the sums of their parts, where no table says that they hold them.
  private static let leastBits: [CodeHierarchy.Ground: Double] = [.beginning: 8, .form: 2]

  /// One code beside its parts.
  private struct Held {
    let code: String
    let whole: CodeHierarchy.Whole
    let total: Interval
    let parts: Interval
    let fit: Fit
    let bits: Double

    var doubled: Double { min(total.value, parts.value) }
  }

  /// How a whole stands to the sum of the parts that are there.
  private enum Fit {
    case agrees
    /// There is room for parts that are not there.
    case holdsMore
    /// Its parts hold more, which those of a whole cannot.
    case holdsLess
  }

  /// All levels that stand beside a lower one, as codes and sums say.
  ///
  /// - Parameter names: what registers call codes.
  func overlaps(named names: [Dimension: [Spelling: String]]) -> [LevelOverlap] {
    views.flatMap { view -> [LevelOverlap] in
      let lines = view.codes.indices.filter { view.totals[$0].upper > 0 }
      guard lines.count > 1 else { return [] }
      let codes = lines.map { view.codes[$0] }
      let known = names[view.dimension] ?? [:]
      let hierarchy = CodeHierarchy(
        view.dimension, codes: codes, names: codes.map { known[$0] ?? $0 })
      let held = hierarchy.wholes.map { self.held(view, lines, $0) }.filter { $0.doubled > 0 }
      let groups = Dictionary(grouping: held) { [$0.whole.level, $0.whole.partLevel] }
      let found = groups.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap {
        overlap(view, lines, groups[$0] ?? [])
      }
      let certain = Set(found.filter(\.isCertain).flatMap { $0.wholes.map { Spelling($0.code) } })
      return found + totals(view, besides: certain)
    }
  }

  private func held(_ view: View, _ lines: [Int], _ whole: CodeHierarchy.Whole) -> Held {
    let (line, parts) = (lines[whole.code], whole.parts.map { lines[$0] })
    var (bits, fit) = (0.0, Fit.agrees)
    for crossing in view.crossings {
      let own = cell(view.index(line, crossing))
      let sum = SourceTable.sum(parts.map { cell(view.index($0, crossing)) })
      if let agreed = agreement(own, sum, 1) {
        bits += agreed
      } else if sum.lower > own.upper {
        fit = .holdsLess
      } else if fit == .agrees {
        fit = .holdsMore
      }
    }
    return Held(
      code: view.codes[line], whole: whole, total: view.totals[line],
      parts: SourceTable.sum(parts.map { view.totals[$0] }), fit: fit, bits: bits)
  }

  /// What one level that holds another comes to; nil where sums speak against it.
  private func overlap(_ view: View, _ lines: [Int], _ group: [Held]) -> LevelOverlap? {
    guard let ground = group.map(\.whole.ground).min() else { return nil }
    var (kept, isCertain) = (group, true)
    if let least = SourceTable.leastBits[ground] {
      let sums = group.filter { $0.fit == .agrees }
      let isProven = sums.reduce(0) { $0 + $1.bits } >= least
      if !isProven || sums.count * 2 <= group.count {
        kept = sums.filter { $0.bits >= SourceTable.leastBits[.beginning] ?? 0 }
        if kept.isEmpty, ground == .form, !group.contains(where: { $0.fit == .holdsLess }) {
          (kept, isCertain) = (group, false)
        }
      }
    } else if ground == .name {
      // A name such as "All services" may be that of one category among others.
      kept = group.filter { $0.parts.lower <= 1.1 * $0.total.upper }
    }
    guard let first = kept.first else { return nil }
    return LevelOverlap(
      dimension: view.dimension, wholes: kept.map { ($0.code, $0.total.value) },
      level: first.whole.level, partCount: kept.reduce(0) { $0 + $1.whole.parts.count },
      firstPart: view.codes[lines[first.whole.parts[0]]], partLevel: first.whole.partLevel,
      count: kept.reduce(0) { $0 + $1.doubled }, isSum: kept.allSatisfy { $0.fit == .agrees },
      isCertain: isCertain)
  }

  // MARK: Sums of all others

  /// How many bits a line must share with the sum of the others before it is not by chance.
  private static let totalBits = 8.0

  /// Lines that hold what all others do together, one after another: what is found is left out for the next.
  private func totals(_ view: View, besides known: Set<Spelling>) -> [LevelOverlap] {
    var lines = view.lines.filter { !known.contains(Spelling(view.codes[$0])) }
    var found: [LevelOverlap] = []
    while let total = total(view, lines) {
      lines.removeAll { $0 == total.line }
      found.append(total.overlap)
    }
    return found
  }

  /// The line that holds what the others do together, once or up to three times.
  private func total(_ view: View, _ lines: [Int]) -> (line: Int, overlap: LevelOverlap)? {
    let totals = view.totals
    guard lines.count >= 3, let largest = lines.max(by: { totals[$0].value < totals[$1].value })
    else { return nil }
    let others = lines.filter { $0 != largest }
    for multiple in [1.0, 2.0, 3.0] {
      let wholeBits = agreement(
        totals[largest], SourceTable.sum(others.map { totals[$0] }), multiple)
      guard wholeBits != nil else { continue }
      var bits = 0.0
      let agrees = view.crossings.allSatisfy { crossing in
        let agreement = agreement(
          cell(view.index(largest, crossing)),
          SourceTable.sum(others.map { cell(view.index($0, crossing)) }), multiple)
        bits += agreement ?? 0
        return agreement != nil
      }
      guard agrees, bits >= SourceTable.totalBits else { continue }
      let (code, count) = (view.codes[largest], totals[largest].value)
      let things = view.dimension == .area ? "areas" : "categories"
      return (
        largest,
        LevelOverlap(
          dimension: view.dimension, wholes: [(code, count)], level: things,
          partCount: others.count, firstPart: view.codes[others[0]], partLevel: things,
          count: count, isSum: true, isCertain: true)
      )
    }
    return nil
  }

  private static func sum(_ parts: [Interval]) -> Interval {
    parts.reduce(into: Interval()) { $0.add($1) }
  }

  /// The bits in which a whole agrees with the sum of its parts; nil where they cannot make it.
  private func agreement(_ whole: Interval, _ sum: Interval, _ multiple: Double) -> Double? {
    let slack = 1e-9 * max(1, sum.lower)
    guard sum.lower <= multiple * whole.upper + slack, multiple * whole.lower <= sum.upper + slack
    else { return nil }
    let width = 1 + (sum.upper - sum.lower) + multiple * (whole.upper - whole.lower)
    return width.isFinite ? log2(max(1, multiple * whole.value / width)) : 0
  }
}
