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
      if let reason = outcome.lackOfTotals(side) {
        return Finding(.unchecked, "\(side.rawValue): \(reason)")
      }
      let conflicts = outcome.conflicts.filter { $0.subject == Subject(side) }
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

extension Outcome {
  /// Why no published totals of a side can be looked at; nil where there are some.
  func lackOfTotals(_ side: Side) -> String? {
    guard let totals = job.sides[side].totals else { return "the job names no published totals" }
    guard evidence[side].periods.allSatisfy({ $0.totalCount == 0 }) else { return nil }
    switch totals {
    case .rows(let category):
      return "no row has the category \"\(category)\" that `totals` names, in a compared period"
    case .table: return "no row of the file of `totals` has an area and a period that are compared"
    }
  }
}
