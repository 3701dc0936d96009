import Extracts
import Jobs
import Mismatch

/// Source codes that the grid does not wholly receive, by what they hold.
struct UnknownCodes {
  private let evidence: SideEvidence
  private let rows: [Outcome.UnmappedRow]
  private let published: Double
  private let dimension: Dimension

  init(_ outcome: Outcome, _ evidence: SideEvidence, _ dimension: Dimension) {
    self.evidence = evidence
    self.dimension = dimension
    rows = outcome.unmapped.filter { $0.side == evidence.side && $0.dimension == dimension }
    published = outcome.reconciliation(evidence.side).counts.published.value
  }

  var finding: Finding {
    let things = dimension == .area ? "areas" : "categories"
    let start = "\(evidence.side.rawValue): "
    let allMatched = start + "all \(things) are matched to the grid"
    guard !rows.isEmpty else { return Finding(.pass, allMatched, count: 0) }
    let usesHighAreas = evidence.periods.contains { period in
      period.mapped(.area).contains { AreaCode($0.code)?.level?.isHigh == true }
    }
    let isTotal = { (code: String) in
      dimension == .area && !usesHighAreas && AreaCode(code)?.level?.isHigh == true
    }
    let totals = sums { isTotal($0) }
    let unknown = sums { !isTotal($0) }
    let above = totals.isEmpty ? "" : "; totals at a higher level are excluded: \(listed(totals))"
    guard !unknown.isEmpty else {
      return Finding(.pass, allMatched + above, count: 0)
    }
    let count = unknown.reduce(0) { $0 + $1.count }
    let whole = published - totals.reduce(0) { $0 + $1.count }
    let message =
      "\(unknown.count) unmatched or partly matched \(unknown.count == 1 ? dimension.rawValue : things) "
      + "\(unknown.count == 1 ? "holds" : "hold") \(Finding.amount(count)) of \(Finding.amount(whole)) "
      + "(\(Finding.percentage(count, of: whole))): \(listed(unknown))"
    // Studies leave whole branches out on purpose; with nothing left, the codes are not the job's.
    return Finding(
      whole > 0 && count >= whole * (1 - WeightedMap.tolerance) ? .fail : .warn,
      start + message + otherTimes(unknown) + above, place: rows.first?.input, count: count)
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
    let known = codes.compactMap { code in
      evidence.background.otherTimes[code.code].map { (code: code, life: $0) }
    }
    guard let first = known.first else { return "" }
    return "; \(known.count) of them are valid on other dates than that of the job, such as "
      + "\"\(first.code.code)\" \(first.life.text)"
  }
}
