import Extracts
import Jobs
import Mismatch

extension Check {
  /// Percentages, rates, averages and money that are read as counts.
  static let rates = Check(
    "rates", looksFor: "percentages, rates, averages or amounts of money that are read as counts",
    guidance:
      "Name the column of counts as `value`: shares and gaps are measured from counts, and percentages of "
      + "several areas or sectors do not add up"
  ) { outcome in
    outcome.allEvidence.filter { $0.job.kind != .rate }.flatMap { evidence in
      let figures = evidence.job.figures
      let shares = evidence.periods.lazy.compactMap { sums(of: $0, in: figures.unit) }.first
      return evidence.findings { source in
        guard let trace = source.trace, let wording = source.wording else {
          return evidence.unseen(source)
        }
        let signs = [words(wording), shares, decimals(trace, figures)].compactMap { $0 }
        let start = evidence.start(source.name)
        return signs.isEmpty
          ? Finding(.pass, start + "nothing says that figures are no counts", place: source.place)
          : Finding(
            .warn, start + "the figures may not be counts: " + signs.joined(separator: "; "),
            place: source.place, count: Double(trace.figureCount))
      }
    }
  }

  private static func words(_ wording: FigureWording) -> String? {
    wording.rate.map { "\"\($0.text.prefix(100))\" has \"\($0.word)\"" }
  }

  /// What says that the figures of every area, or of every category, are shares of a whole.
  private static func sums(of period: PeriodEvidence, in unit: CountUnit) -> String? {
    guard unit == .one else { return nil }
    for (margins, name) in [(period.areas, "area"), (period.categories, "category")] {
      let sums = margins.filter { $0.published > 0 }
      guard sums.count > 1, sums.allSatisfy({ $0.cellCount > 1 }) else { continue }
      for whole in [100.0, 1] {
        let count = sums.count { abs($0.published - whole) <= whole / 100 }
        if count * 10 >= sums.count * 9 {
          return "those of \(count) of \(Finding.counted(sums.count, name)) sum to about "
            + "\(NumberText.text(of: whole)), \(period.label)"
        }
      }
    }
    return nil
  }

  /// What says that small figures with decimals are percentages or rates: estimates state a rounding or a unit.
  private static func decimals(_ trace: RoundingTrace, _ figures: FigureJob) -> String? {
    guard figures.unit == .one, figures.rounding == .none, trace.largest <= 100,
      trace.figureCount > 0, trace.fractionCount * 2 > trace.figureCount
    else { return nil }
    return "\(trace.fractionCount) of \(trace.figureCount) have decimals, and none is above 100"
  }
}
