import Extracts
import Jobs
import Mismatch

extension Check {
  /// Areas of one period that never lived at the same time.
  static let mixedVintages = Check(
    "mixed-vintages",
    looksFor: "area codes in one period that were never valid on the "
      + "same date, by a dated register or lookup",
    guidance: "Convert the codes to one vintage with an `area-lookup`, or set `as-of:`"
  ) { outcome in
    outcome.evidence.both.map { evidence in
      let start = "\(evidence.side.rawValue): "
      guard !evidence.background.areaLives.isEmpty else {
        return Finding(.pass, start + "no register or lookup of the job has dates")
      }
      for period in evidence.periods {
        if let mixed = mixture(period.mapped(.area), evidence.background.areaLives) {
          return Finding(
            .warn, start + mixed.message + ", \(period.label)", place: evidence.inputs.first,
            count: mixed.count)
        }
      }
      let all = evidence.periods.flatMap { $0.mapped(.area) }
      if let mixed = mixture(all, evidence.background.areaLives) {
        return Finding(
          .warn, start + "over all periods, " + mixed.message, place: evidence.inputs.first,
          count: mixed.count)
      }
      return Finding(.pass, start + "all areas are valid on one date")
    }
  }

  /// Areas that ended before another one began; areas may repeat, once per period.
  private static func mixture(
    _ margins: [PeriodEvidence.Margin], _ lives: [Spelling: Lifetime]
  ) -> Finding? {
    var counts: [Spelling: Double] = [:]
    for area in margins where area.total.value > 0 && lives[area.code] != nil {
      counts[Spelling(area.code), default: 0] += area.total.value
    }
    let known = Codebook.sorted(counts.keys).compactMap { code in
      lives[code].map { (code: code, life: $0, count: counts[code] ?? 0) }
    }
    guard let latest = known.max(by: { $0.life.start < $1.life.start }) else { return nil }
    let ended = known.filter { $0.life.end <= latest.life.start }
    guard !ended.isEmpty else { return nil }
    return Finding(
      .warn,
      "\(Finding.counted(ended.count, "area")) ended before \"\(latest.code)\" began "
        + "(\(latest.life.text)): \(Finding.largest(ended.map { ($0.code, $0.count) }))",
      count: ended.reduce(0) { $0 + $1.count })
  }
}
