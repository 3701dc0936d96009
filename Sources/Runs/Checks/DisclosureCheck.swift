import Extracts
import Jobs
import Mismatch

extension Check {
  /// Withheld counts that published totals narrow too far.
  ///
  /// Findings are in files of the run too: they hold the ends of a tightened interval only where the job
  /// publishes it, and its width otherwise.
  package static let disclosure = Check(
    "disclosure",
    looksFor: "withheld counts that a published total narrows to "
      + "less than the width set by `guard`",
    guidance:
      "Do not publish the difference between the total and the other parts (`mismatch explain` "
      + "shows it); `guard: { publish: sharpened }` would write it to every file"
  ) { outcome in
    Side.allCases.map { side in
      if let reason = outcome.lackOfTotals(side) {
        return Finding(.unchecked, "\(side.rawValue): \(reason)")
      }
      let found = outcome.guarded.filter { $0.subject == Subject(side) }
      guard !found.isEmpty else {
        return Finding(.pass, "\(side.rawValue): published totals disclose no withheld count")
      }
      let disclosure = outcome.job.disclosure
      let named = found.prefix(5).map {
        "\($0.cell.area) \"\($0.cell.category)\" in \($0.period) "
          + "(\(intervals($0.cell, disclosure.publication)))"
      }
      let more = found.count > 5 ? " and \(found.count - 5) more" : ""
      let areas =
        disclosure.publication == .tightened
        ? "published with the bounds that the totals give"
        : "their areas are published as if they had no totals"
      return Finding(
        .warn,
        "\(side.rawValue): published totals narrow \(Finding.counted(found.count, "withheld count")) to a "
          + "width under \(Finding.amount(disclosure.leastWidth)): "
          + named.joined(separator: ", ") + more + "; " + areas,
        place: outcome.job.sides[side].table.files.first?.name, count: Double(found.count))
    }
  }

  private static func intervals(
    _ cell: ImputedTally.GuardedCell, _ publication: DisclosureGuard.Publication
  ) -> String {
    let own = "\(text(cell.own)) by its marker, given the total "
    switch publication {
    case .tightened: return own + text(cell.tightened)
    case .untightened:
      let width = cell.tightened.upperBound - cell.tightened.lowerBound
      return own + (width > 0 ? "within \(Finding.amount(width))" : "known exactly")
    }
  }

  private static func text(_ range: ClosedRange<Double>) -> String {
    "\(Finding.amount(range.lowerBound)) to \(Finding.amount(range.upperBound))"
  }
}
