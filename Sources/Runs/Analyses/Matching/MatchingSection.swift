import Mismatch

extension ReportSection {
  /// Matches that are lost because seekers and openings are in other markets.
  static let matching = ReportSection("mismatch-unemployment", "Matches lost to mismatch") {
    tables in
    let columns = ["period", "area_code", "markets", "measure", "value", "status"]
    let rows = (try tables.rows(of: "mismatch_unemployment.csv", columns) ?? []).filter {
      $0[1].isEmpty && Double($0[4]) != nil
    }
    guard !rows.isEmpty else { return [] }
    return [
      .paragraph(
        "Mismatch unemployment compares the matches that form with those of a planner who could move people freely "
          + "between markets (Şahin and others, 2014). All areas together:"),
      .table(
        SectionTable(
          caption: "Mismatch unemployment, all areas together", texts: ["Markets", "Measure"],
          numbers: ["Value"],
          rows: rows.map { row in
            [row[2], row[3].replacing("_"), Double(row[4]).map { "\(digits($0))" } ?? ""]
          }, file: "mismatch_unemployment.csv")),
    ]
  }

  /// A number of any size with four decimal places, or in whole units where it is a count.
  private static func digits(_ value: Double) -> String {
    abs(value) >= 100 ? SectionNumber.count(value) : "\((value * 10_000).rounded() / 10_000)"
  }
}

extension String {
  /// The text with spaces in the place of a character.
  fileprivate func replacing(_ character: Character) -> String {
    String(map { $0 == character ? " " : $0 })
  }
}
