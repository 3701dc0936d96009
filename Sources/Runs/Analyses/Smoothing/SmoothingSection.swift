import Mismatch

extension ReportSection {
  /// Ratios of the area that the report begins with, as counted and drawn towards those of all areas.
  static let smoothing = ReportSection("smoothing", "Small counts, smoothed") { tables in
    let columns = [
      "period", "area_code", "area_name", "method", "sector_name", "provision_per_vacancy",
      "smoothed_provision_per_vacancy",
    ]
    let rows = try tables.rowsOfFocus(of: "smoothed.csv", columns) ?? []
    guard let first = rows.first else { return [] }
    return [
      .paragraph(
        "Small counts vary by chance. Empirical Bayes draws each ratio towards that of all areas, the more so the smaller "
          + "the counts behind it (Marshall, 1991)."),
      .table(
        SectionTable(
          caption: "\(first[2]): provision for each unit of demand", texts: ["Method", "Sector"],
          numbers: ["As counted", "Smoothed"],
          rows: rows.map {
            [$0[3], $0[4], hundredths(Double($0[5])), hundredths(Double($0[6]))]
          }, file: "smoothed.csv")),
    ]
  }

  private static func hundredths(_ value: Double?) -> String {
    value.map { "\(($0 * 100).rounded() / 100)" } ?? SectionNumber.undefined
  }
}
