import Charts
import Mismatch

extension ReportSection {
  /// How far the gaps of the area that the report begins with hold under other crosswalks.
  static let sensitivity = ReportSection("sensitivity", "Under other crosswalks") { tables in
    let columns = [
      "period", "area_code", "area_name", "sector_name", "share_gap_pp", "lowest_gap_pp",
      "lowest_in", "highest_gap_pp", "highest_in", "call", "call_share", "call_survives",
    ]
    let rows = try tables.rowsOfFocus(of: "sensitivity.csv", columns) ?? []
    guard let first = rows.first else { return [] }
    let called = rows.filter { ["over", "under"].contains($0[9]) }
    let surviving = called.count { $0[11] == "true" }
    return [
      .paragraph(
        "\(first[2]): \(surviving) of \(SectionNumber.counted(called.count, "call")) of over and under "
          + "\(surviving == 1 ? "is" : "are") the same under every other crosswalk and every draw of weights that the run "
          + "tried. A call that changes rests on how occupations were assigned to sectors, not on the figures alone."
      ),
      .chart(
        "sensitivity",
        IntervalDots(
          title: "\(first[2]): gaps under other crosswalks",
          description: "The gap of each sector, from the lowest to the highest of all crosswalks.",
          rows: rows.map { row in
            IntervalDots.Row(
              label: row[3], value: Double(row[4]), lower: Double(row[5]), upper: Double(row[7]),
              role: Role(rawValue: row[9]) ?? .unclear)
          }, axisTitle: "Gap, percentage points")),
      .table(
        SectionTable(
          caption: "\(first[2]): lowest and highest gap of all crosswalks, percentage points",
          texts: ["Sector"],
          numbers: ["Gap", "Lowest", "in", "Highest", "in", "Call", "Same call, %"],
          rows: rows.map { row in
            [
              row[3], SectionNumber.signed(Double(row[4])), SectionNumber.signed(Double(row[5])),
              row[6],
              SectionNumber.signed(Double(row[7])), row[8], row[9],
              SectionNumber.percent(Double(row[10])),
            ]
          }, file: "sensitivity.csv")),
    ]
  }
}
