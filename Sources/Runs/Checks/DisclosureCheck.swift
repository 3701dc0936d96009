import Extracts
import Jobs
import Mismatch

extension Check {
  /// Withheld counts that published totals narrow too far.
  ///
  /// Findings are in files of the run too: they hold the ends of a sharpened interval only where the job
  /// publishes it, and its width otherwise.
  package static let disclosure = Check(
    "disclosure",
    looksFor: "withheld counts that a published total narrows to less than the guard allows",
    guidance:
      "Do not publish what the total minus the other parts gives (`mismatch explain` shows it); "
      + "`guard: { publish: sharpened }` would write it into every file"
  ) { outcome in
    Side.allCases.map { side in
      guard outcome.job.sides[side].totals != nil else {
        return Finding(.pass, "\(side.rawValue): the job names no published totals")
      }
      let found = outcome.guarded.filter { $0.side == side }
      guard !found.isEmpty else {
        return Finding(.pass, "\(side.rawValue): totals narrow no withheld count too far")
      }
      let disclosure = outcome.job.disclosure
      let named = found.prefix(5).map {
        "\($0.cell.area) \"\($0.cell.category)\" in \($0.period) "
          + "(\(intervals($0.cell, disclosure.publication)))"
      }
      let more = found.count > 5 ? " and \(found.count - 5) more" : ""
      let areas =
        disclosure.publication == .sharpened
        ? "published as their totals narrow them"
        : "their areas are published as if they had no totals"
      return Finding(
        .warn,
        "\(side.rawValue): totals narrow \(Finding.counted(found.count, "withheld count")) to less "
          + "than \(Finding.amount(disclosure.leastWidth)): "
          + named.joined(separator: ", ") + more + "; " + areas,
        place: outcome.job.sides[side].table.files.first?.name, count: Double(found.count))
    }
  }

  private static func intervals(
    _ cell: Settlement.GuardedCell, _ publication: DisclosureGuard.Publication
  ) -> String {
    let own = "marked \(text(cell.own)), by the total "
    switch publication {
    case .sharpened: return own + text(cell.sharpened)
    case .unsharpened:
      let width = cell.sharpened.upperBound - cell.sharpened.lowerBound
      return own + (width > 0 ? "within \(Finding.amount(width))" : "known exactly")
    }
  }

  private static func text(_ range: ClosedRange<Double>) -> String {
    "\(Finding.amount(range.lowerBound)) to \(Finding.amount(range.upperBound))"
  }
}
