import Extracts
import Jobs
import Mismatch

extension Check {
  /// Labels of periods that mean the same, are of unlike length, or have no order.
  package static let periods = Check(
    "periods",
    looksFor:
      "one period under two labels, compared periods of different lengths, and periods with no "
      + "known order",
    guidance:
      "Keep one label for each period with `where`, pair periods with `periods: { pair: [...] }`, and "
      + "list labels that are not dates, earliest first, with `periods: { order: [...] }`"
  ) { outcome in
    let disorder = outcome.compared.disorder.map {
      Finding(.warn, "\($0): change between periods is not calculated")
    }
    return [disorder].compactMap { $0 } + outcome.allEvidence.flatMap(findings)
  }

  private static func findings(_ evidence: SideEvidence) -> [Finding] {
    let compared = evidence.periods.map(\.label)
    let found =
      twins(evidence.periodLabels, compared)
      + [unlikeLengths(evidence.periodLabels, compared)].compactMap { $0 }
    let start = "\(evidence.subject.text): "
    guard found.isEmpty else {
      return found.map {
        Finding($0.verdict, start + $0.message, place: evidence.inputs.first, count: $0.count)
      }
    }
    let ends =
      compared.count > 1 ? ", \"\(compared[0])\" to \"\(compared[compared.count - 1])\"" : ""
    return [
      Finding(
        .pass, start + Finding.counted(compared.count, "compared period") + ends,
        count: Double(compared.count))
    ]
  }

  /// Labels that are the period of another one, where one of them is compared.
  private static func twins(_ labels: PeriodLabels, _ compared: [String]) -> [Finding] {
    labels.twins.compactMap { twins in
      let used = twins.filter { twin in compared.contains { $0.isSpelt(as: twin) } }
      guard !used.isEmpty else { return nil }
      let names = Failure.examples(twins)
      return used.count > 1
        ? Finding(
          .fail,
          "\(names) are the same period but are "
            + "compared as \(used.count)", count: Double(used.count))
        : Finding(
          .warn, "\(names) are the same period; only \"\(used[0])\" is compared",
          count: Double(twins.count - 1))
    }
  }

  /// Periods between which growth is not meaningful, such as a month and a year.
  private static func unlikeLengths(_ labels: PeriodLabels, _ compared: [String]) -> Finding? {
    let periods = compared.compactMap { labels[$0] }
    let lengths = Set(periods.map(length))
    guard lengths.count > 1, let first = periods.first,
      let other = periods.first(where: { length($0) != length(first) })
    else { return nil }
    return Finding(
      .warn,
      "periods of different lengths are compared, such as \"\(first.label)\" (\(length(first))) and "
        + "\"\(other.label)\" (\(length(other))): growth between them is not meaningful",
      count: Double(lengths.count))
  }

  private static func length(_ period: Period) -> String {
    period.kind == .date
      ? "a day" : period.span.monthCount.map { Finding.counted($0, "month") } ?? "some days"
  }
}
