import Mismatch

extension ReportSection {
  /// Growth of the area that the report begins with, by its components.
  static let shiftShare = ReportSection("shift-share", "Growth and where it came from") { tables in
    let columns = [
      "period_before", "period_after", "side", "area_code", "area_name", "component", "value",
      "lower", "upper",
    ]
    let rows =
      try tables.rows(of: "shift_share.csv", columns) { $0[3].isSpelt(as: tables.focusCode) } ?? []
    guard let first = rows.first else { return [] }
    return [
      .paragraph(
        "Growth of \(first[4]) from one period to the next, split in three (Dunn, 1960): what it would have been at the "
          + "growth of all areas, what its mix of sectors adds, and what is its own."),
      .table(
        SectionTable(
          caption: "\(first[4]): growth in counts", texts: ["From", "To", "Side", "Component"],
          numbers: ["Value", "Lower bound", "Upper bound"],
          rows: rows.map { row in
            [row[0], row[1], row[2], row[5]] + row[6...].map { SectionNumber.count(Double($0)) }
          }, file: "shift_share.csv")),
    ]
  }
}
