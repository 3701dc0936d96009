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
    outcome.allEvidence.map { evidence in
      let start = "\(evidence.subject.text): "
      guard !evidence.background.areaLives.isEmpty else { return byCodes(evidence, start) }
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

  /// What codes alone say of boundaries, where no register or lookup has dates.
  private static func byCodes(_ evidence: SideEvidence, _ start: String) -> Finding {
    for period in evidence.periods {
      let areas = period.mapped(.area).filter { $0.total.value > 0 }
      let codes = areas.map(\.code)
      guard let (ended, began) = AreaVintage.conflict(ended: codes, began: codes),
        let end = AreaVintage.text(of: ended[0]), let beginning = AreaVintage.text(of: began[0])
      else { continue }
      let old = Set(ended.map(Spelling.init))
      let held = areas.filter { old.contains(Spelling($0.code)) }
      return Finding(
        .warn,
        start + "\"\(ended[0])\" \(end), and \"\(began[0])\" \(beginning), \(period.label): "
          + Finding.largest(held.map { ($0.code, $0.total.value) }),
        place: evidence.inputs.first, count: held.reduce(0) { $0 + $1.total.value })
    }
    let codes = Set(evidence.periods.flatMap { $0.mapped(.area).map(\.code) })
    guard let vintage = AreaVintage.text(of: codes) else {
      return Finding(
        .unchecked,
        start + "no register or lookup of the job has dates, and no area has a code that changed")
    }
    return Finding(.pass, start + "area codes are of one set of boundaries, " + vintage)
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
