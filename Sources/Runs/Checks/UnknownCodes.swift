import Extracts
import Jobs
import Mismatch

/// Source codes that the grid does not wholly receive, by what they hold.
///
/// Losses are shares of what is inside the job's areas: of categories within the areas of the grid, of areas among
/// those of the grid's own level and countries.
struct UnknownCodes {
  private let outcome: Outcome
  private let evidence: SideEvidence
  private let rows: [Outcome.UnmappedRow]
  private let dimension: Dimension
  /// Unmapped codes that hold no loss: totals, other levels of what is mapped, and places in other countries.
  let elsewhere: Set<Spelling>

  init(_ outcome: Outcome, _ evidence: SideEvidence, _ dimension: Dimension) {
    self.outcome = outcome
    self.evidence = evidence
    self.dimension = dimension
    rows = outcome.unmapped.filter { $0.subject == evidence.subject && $0.dimension == dimension }
    let mapped = Set(
      evidence.periods.flatMap { $0.mapped(dimension) }.filter { $0.published > 0 }
        .map { Spelling($0.code) })
    elsewhere =
      dimension == .area
      ? UnknownCodes.otherAreas(rows, mapped) : UnknownCodes.otherCategories(rows, mapped)
  }

  var finding: Finding {
    let things = dimension == .area ? "areas" : "categories"
    let start = "\(evidence.subject.text): "
    guard hasList else {
      let what = dimension == .area ? "register or lookup of areas" : "list of sectors or crosswalk"
      return Finding(
        .unchecked, start + "the job has no \(what), so the grid takes all that it has")
    }
    let unknown = sums { !elsewhere.contains(Spelling($0)) }
    let others = sums { elsewhere.contains(Spelling($0)) }
    let above =
      others.isEmpty
      ? "" : "; totals, other levels and other countries are excluded: \(listed(others))"
    guard !unknown.isEmpty else {
      return Finding(.pass, start + "all \(things) are matched to the grid" + above, count: 0)
    }
    let count = unknown.reduce(0) { $0 + $1.count }
    let whole = whole(unknown: count, elsewhere: others.reduce(0) { $0 + $1.count })
    let message =
      "\(Finding.number(unknown.count)) unmatched or partly matched "
      + "\(unknown.count == 1 ? dimension.rawValue : things) "
      + "\(unknown.count == 1 ? "holds" : "hold") \(Finding.amount(count)) of \(Finding.amount(whole)) "
      + "(\(Finding.percentage(count, of: whole))): \(listed(unknown))"
    return Finding(
      verdict(count, of: whole), start + message + otherTimes(unknown) + above,
      count: count)
  }

  /// Whether a loss is more than the job's limit allows.
  func verdict(_ count: Double, of whole: Double) -> Verdict {
    // A job that picks areas from a longer list leaves other places out on purpose.
    if dimension == .area, picksAreas, hasMostAreas { return .warn }
    let isAll = count >= whole * (1 - WeightedMap.tolerance)
    return whole > 0 && (count > whole * outcome.job.limits.unmapped || isAll) ? .fail : .warn
  }

  /// Whether the job says what the grid may have, so that a code can be unmatched.
  private var hasList: Bool {
    let side = evidence.job
    return dimension == .area
      ? outcome.job.areas.table != nil || !side.lookups.isEmpty
      : outcome.job.sectors.table != nil || !side.crosswalks.isEmpty
  }

  private var picksAreas: Bool {
    let lookups = evidence.job.lookups
    return ([outcome.job.areas.table].compactMap { $0 } + lookups.map(\.table)).contains {
      !$0.filters.isEmpty
    }
  }

  /// Whether areas of the grid without a row are few, so that what is unmatched does not belong to them.
  private var hasMostAreas: Bool {
    let absent = outcome.areasWithoutRow.filter { $0.subject == evidence.subject }.map(
      \.codes.count)
    return Double(absent.max() ?? 0) <= outcome.job.limits.unmapped * Double(outcome.areas.count)
  }

  /// What the side holds inside the job's areas.
  private func whole(unknown: Double, elsewhere: Double) -> Double {
    let counts = outcome.reconciliation(evidence.subject).counts
    if dimension == .category { return counts.mapped.value + unknown }
    let excluded = outcome.job.excludedAreas.isEmpty ? 0 : counts.excluded.value
    return counts.published.value - excluded - elsewhere
  }

  private func sums(where isWanted: (String) -> Bool) -> [(code: String, count: Double)] {
    var counts: [Spelling: Double] = [:]
    for row in rows where isWanted(row.code) {
      counts[Spelling(row.code), default: 0] += row.published
    }
    return Codebook.sorted(counts.keys).map { ($0, counts[$0] ?? 0) }
  }

  private func listed(_ codes: [(code: String, count: Double)]) -> String {
    Finding.largest(codes, limit: 4)
  }

  /// Which of them live at another time than the job's.
  private func otherTimes(_ codes: [(code: String, count: Double)]) -> String {
    guard dimension == .area else { return "" }
    let dated = codes.compactMap { code in
      evidence.background.otherTimes[code.code].map { (code: code.code, text: $0.text) }
    }
    if let first = dated.first {
      return
        "; \(Finding.number(dated.count)) of them are valid on other dates than that of the job, such as "
        + "\"\(first.code)\" \(first.text)"
    }
    let recoded = codes.compactMap { code in
      AreaVintage.text(of: code.code).map { (code: code.code, text: $0) }
    }
    guard let first = recoded.first else { return "" }
    return "; \(Finding.number(recoded.count)) of them are codes of other boundaries, such as "
      + "\"\(first.code)\", which \(first.text)"
  }

  // MARK: What is no loss

  private static func otherAreas(_ rows: [Outcome.UnmappedRow], _ mapped: Set<Spelling>)
    -> Set<Spelling>
  {
    let known = mapped.compactMap { AreaRank(code: $0.text, name: "") }
    let levels = Set(known.map(\.level))
    let countries = Set(known.map(\.country))
    return Set(
      rows.filter { row in
        if TotalName.isTotal(row.code) || TotalName.isTotal(row.name) { return true }
        guard let rank = AreaRank(code: row.code, name: row.name) else { return false }
        if known.isEmpty { return rank.level.isHigh }
        return !levels.contains(rank.level) || !countries.contains(rank.country)
      }.map { Spelling($0.code) })
  }

  private static func otherCategories(_ rows: [Outcome.UnmappedRow], _ mapped: Set<Spelling>)
    -> Set<Spelling>
  {
    let unmapped = Dictionary(rows.map { (Spelling($0.code), $0.name) }) { first, _ in first }
      .filter { !mapped.contains($0.key) }
    guard !unmapped.isEmpty else { return [] }
    let codes = Codebook.sorted(mapped) + Codebook.sorted(unmapped.keys)
    let names = codes.map { code in
      unmapped[code].flatMap { $0.isEmpty ? nil : $0 } ?? code
    }
    let wholes = CodeHierarchy(.category, codes: codes, names: names).wholes
    var other = Set(
      zip(codes, names).filter { TotalName.isTotal($0) || TotalName.isTotal($1) }
        .map { Spelling($0.0) })
    for whole in wholes where whole.ground > .beginning && whole.level != "totals" {
      let isMapped = whole.code < mapped.count
      let parts = whole.parts.filter { ($0 < mapped.count) != isMapped }
      guard !parts.isEmpty else { continue }
      other.formUnion((isMapped ? parts : [whole.code]).map { Spelling(codes[$0]) })
    }
    return other.subtracting(mapped)
  }
}
