import Extracts
import Jobs
import Mismatch

extension Check {
  /// Published totals that their parts cannot make, whatever rounding and marks hide.
  static let partsAndTotals = Check(
    "parts-and-totals",
    looksFor: "published totals that differ from the sum of their "
      + "parts by more than rounding allows",
    guidance:
      "Look for a missing part, a duplicated part or a total from another edition; the total "
      + "is not used"
  ) { outcome in
    Side.allCases.map { side in
      guard outcome.job.sides[side].totals != nil else {
        return Finding(.pass, "\(side.rawValue): the job names no published totals")
      }
      let conflicts = outcome.conflicts.filter { $0.side == side }
      guard let first = conflicts.first else {
        return Finding(.pass, "\(side.rawValue): all published totals agree with their parts")
      }
      let (parts, total) = (first.conflict.parts, first.conflict.total)
      return Finding(
        .fail,
        "\(side.rawValue): \(Finding.counted(conflicts.count, "published total")) cannot be the "
          + "sum of the parts, first \(first.conflict.area) in \(first.period): parts of "
          + "\(Finding.amount(parts.lowerBound)) to \(Finding.amount(parts.upperBound)), total of "
          + "\(Finding.amount(total.lowerBound)) to \(Finding.amount(total.upperBound))",
        place: outcome.job.sides[side].table.files.first?.name, count: Double(conflicts.count))
    }
  }
}
