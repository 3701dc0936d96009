import Extracts
import Jobs
import Mismatch

extension Check {
  /// The share of cells with a row below which a table leaves its empty rows out on purpose.
  private static let sparseShare = 0.5

  /// Cells of area, category and period without a row, which count as 0 unless their area has no row at all.
  static let completeness = Check(
    "completeness",
    looksFor: "combinations of area, category and period with no row, which are taken as 0",
    guidance: "Confirm that the source omits rows because they are 0, not because they are "
      + "suppressed"
  ) { outcome in
    outcome.evidence.both.map { evidence in
      let start = "\(evidence.subject.text): "
      let areas = present(evidence.periods.map(\.areas))
      let categories = present(evidence.periods.map(\.categories))
      let keepsAbsent = evidence.job.keepsAbsentAreas
      let lines =
        keepsAbsent
        ? evidence.periods.reduce(0) { $0 + present([$1.areas]).count }
        : areas.count * evidence.periods.count
      let all = lines * categories.count
      let rows = evidence.periods.reduce(0) { $0 + $1.areas.reduce(0) { $0 + $1.cellCount } }
      guard rows > 0 else {
        return Finding(
          .unchecked,
          start + "cells are sums of parts, so a "
            + "missing row cannot be detected")
      }
      let table =
        "\(Finding.counted(areas.count, "area")) x \(categories.count) "
        + "\(categories.count == 1 ? "category" : "categories") x "
        + Finding.counted(evidence.periods.count, "period")
      guard rows < all else {
        return Finding(.pass, start + "every cell of \(table) has a row", count: 0)
      }
      let missing =
        "\(Finding.number(all - rows)) of \(Finding.number(all)) cells (\(table)) have no row and are taken as 0"
      guard Double(rows) >= sparseShare * Double(all) else {
        return Finding(
          .unchecked, start + missing + ": a sparse table, which omits empty rows",
          count: Double(all - rows))
      }
      return Finding(
        .warn, start + missing + mostMissing(evidence, categories.count, keepsAbsent),
        place: evidence.inputs.first, count: Double(all - rows))
    }
  }

  private static func present(_ margins: [[PeriodEvidence.Margin]]) -> Set<Spelling> {
    Set(margins.joined().filter { $0.cellCount > 0 }.map { Spelling($0.code) })
  }

  /// The area that lacks most rows.
  private static func mostMissing(_ evidence: SideEvidence, _ width: Int, _ keepsAbsent: Bool)
    -> String
  {
    var cells: [Spelling: (rows: Int, all: Int)] = [:]
    for area in evidence.periods.map(\.areas).joined() where area.cellCount > 0 || !keepsAbsent {
      let (rows, all) = cells[Spelling(area.code)] ?? (0, 0)
      cells[Spelling(area.code)] = (rows + area.cellCount, all + width)
    }
    let missing = cells.filter { $0.value.rows > 0 && $0.value.rows < $0.value.all }
    guard let least = missing.min(by: { ($0.value.rows, $0.key) < ($1.value.rows, $1.key) }) else {
      return ""
    }
    return "; \(Finding.counted(missing.count, "area")) "
      + "\(missing.count == 1 ? "lacks" : "lack") some, most of all \"\(least.key)\" "
      + "(\(least.value.all - least.value.rows) of \(least.value.all))"
  }
}
