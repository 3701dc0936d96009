import Extracts
import Jobs
import Mismatch
import Reports
import Runs

/// How large mismatch is, and what it is made of, seen by areas and seen by sectors.
struct HeadlineReport {
  /// For a person.
  func lines(_ decomposed: DecomposedGrid) -> [String] {
    let headlines = Dictionary(
      uniqueKeysWithValues: decomposed.headlines.map { ($0.name, $0) })
    let names = ["total_entropy_index", "wrong_skill_share", "wrong_place_share"]
    let shown = names.compactMap { headlines[$0] }.filter(\.figure.isDefined)
    guard shown.count == names.count else {
      let status = headlines[names[1]]?.figure.status.text ?? ""
      return ["  Wrong skill and wrong place: undefined (\(status))"]
    }
    return [
      "  Overall mismatch (entropy index): \(share(shown[0]))",
      "    by area: wrong skill within areas \(share(shown[1])), the rest between areas",
      "    by sector: wrong place within sectors \(share(shown[2])), the rest between sectors",
    ]
  }

  /// The numbers of a period, by the names of the summary file.
  struct Record: Encodable {
    let period: String
    let values: [String: Double]
  }

  /// For a program, one for each period.
  func records(_ outcome: Outcome) -> [Record] {
    zip(outcome.grids, outcome.each(DecomposedGrid.self)).map { grid, decomposed in
      let values = decomposed.headlines.filter { $0.figure.value.isFinite }
      return Record(
        period: grid.period,
        values: Dictionary(uniqueKeysWithValues: values.map { ($0.name, $0.figure.value) }))
    }
  }

  /// A share of 1 with its bounds and sampling interval.
  private func share(_ headline: Headline) -> String {
    let (figure, sampling) = (headline.figure, headline.sampling)
    var kinds: [String] = []
    if figure.lower < figure.upper {
      kinds.append("bounds \(percent(figure.lower)) to \(percent(figure.upper))")
    }
    if !sampling.lower.isNaN {
      kinds.append("sampling \(percent(sampling.lower)) to \(percent(sampling.upper))")
    }
    let doubt = kinds.isEmpty ? "" : " (\(kinds.joined(separator: "; ")))"
    return percent(figure.value) + doubt
  }
}
