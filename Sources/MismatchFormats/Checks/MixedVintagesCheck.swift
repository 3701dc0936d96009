import Mismatch

extension Check {
  /// Areas of one period that never lived at the same time.
  static let mixedVintages = Check(
    "mixed-vintages",
    looksFor: "area codes in one period that a dated register or lookup never has at the same time",
    guidance: "Take the source's codes to one vintage by an `area-lookup`, or say `as-of:`"
  ) { outcome in
    outcome.evidence.map { evidence in
      let start = "\(evidence.side.rawValue): "
      guard !evidence.background.areaLives.isEmpty else {
        return Finding(.pass, start + "no register or lookup of the job says when its codes live")
      }
      for period in evidence.periods {
        if let mixed = mixture(period, evidence.background.areaLives) {
          return Finding(
            .warn, start + mixed.message + ", \(period.label)", place: evidence.inputs.first,
            count: mixed.count)
        }
      }
      return Finding(.pass, start + "the areas of each period live at one time")
    }
  }

  private static func mixture(_ period: PeriodEvidence, _ lives: [String: Lifetime]) -> Finding? {
    let areas = period.mapped(.area).filter { $0.total.value > 0 }
    let known = areas.compactMap { area in lives[area.code].map { (area: area, life: $0) } }
    guard let latest = known.max(by: { $0.life.start < $1.life.start }) else { return nil }
    let ended = known.filter { $0.life.end <= latest.life.start }
    guard !ended.isEmpty else { return nil }
    let count = ended.reduce(0) { $0 + $1.area.total.value }
    return Finding(
      .warn,
      "\(Finding.counted(ended.count, "area")) ended before \"\(latest.area.code)\" began "
        + "(\(latest.life.text)): "
        + Finding.largest(ended.map { ($0.area.code, $0.area.total.value) }),
      count: count)
  }
}
