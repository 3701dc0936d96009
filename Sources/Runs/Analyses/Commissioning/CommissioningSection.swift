import Charts
import Mismatch

extension ReportSection {
  /// Plans side by side, and what local choice gains in each area: of the latest pair of periods
  /// whose plans later counts judge, or of the latest one.
  static let commissioning = ReportSection("commissioning", "The same money, spent otherwise") {
    tables in
    let columns = [
      "period", "scored_on", "plan", "matched", "share_of_openings", "gain_over_current",
      "gain_over_template", "gain_over_template_lower", "gain_over_template_upper", "maximised",
    ]
    let all = try tables.rows(of: "commissioning_summary.csv", columns) { _ in true } ?? []
    let judged = all.last { !$0[1].isSpelt(as: $0[0]) && $0[1] != "draws" }
    guard let period = (judged ?? all.last)?[0] else { return [] }
    let rows = all.filter { $0[0].isSpelt(as: period) }
    var parts: [SectionPart] = [.paragraph(introduction(period, rows))]
    if let local = rows.first(where: { $0[1] == "draws" && $0[2] == "local" }) {
      parts.append(.paragraph(sentence(local)))
    }
    parts.append(
      .table(
        SectionTable(
          caption: "Plans made on \(period) that cost no more than the budget, all areas together",
          texts: ["Judged on", "Plan"],
          numbers: ["Matched", "% of openings", "Gain over today", "Gain over one mix for all"],
          rows: rows.map { row in
            [row[1], row[2], SectionNumber.count(Double(row[3]))]
              + [SectionNumber.percent(Double(row[4]))]
              + row[5...6].map { SectionNumber.count(Double($0)) }
          }, file: "commissioning_summary.csv")))
    return try parts + gains(tables, period)
  }

  /// Which counts decide and which judge, and what a match is.
  private static func introduction(_ period: String, _ rows: [[String]]) -> String {
    let judges = rows.reduce(into: [String]()) { judges, row in
      if judges.last?.isSpelt(as: row[1]) != true { judges.append(row[1]) }
    }
    let later = judges.filter { !$0.isSpelt(as: period) && $0 != "draws" }
    let judged =
      later.isEmpty
      ? "No later counts judge them."
      : "They are judged on the counts that made them, which flatters them, and on "
        + later.joined(separator: ", ") + ", which they had not seen."
    let share = rows[0][9].split(separator: " ").last.map(String.init) ?? ""
    let matching =
      rows[0][9] == "matched"
      ? "" : " Matches are those of a matching function with a share of vacancies of \(share)."
    return "Plans are made on \(period). \(judged)\(matching)"
  }

  private static func sentence(_ local: [String]) -> String {
    let (gain, lower, upper) = (Double(local[6]), Double(local[7]), Double(local[8]))
    let found =
      "Each area's own plan matches \(SectionNumber.moreOrFewer(gain)) than one mix for all areas "
      + "(interval \(SectionNumber.moreOrFewer(lower)) to \(SectionNumber.moreOrFewer(upper))), where plans are made on draws of the "
      + "counts and judged on others."
    guard let lower, let upper, let verdict = CommissionedGrid.verdict(lower, upper) else {
      return found
    }
    return found + " Here " + verdict + "."
  }

  /// The areas that gain most by their own plan.
  private static func gains(_ tables: any SectionTables, _ period: String) throws -> [SectionPart] {
    let columns = ["period", "scored_on", "plan", "area_name", "gain_over_template"]
    let rows = try tables.rows(of: "commissioning.csv", columns) {
      $0[0].isSpelt(as: period) && $0[1] == "draws" && $0[2] == "local"
    }
    let gains = (rows ?? []).compactMap { row in Double(row[4]).map { (row[3], $0) } }
      .sorted { $0.1 > $1.1 }.prefix(20)
    guard !gains.isEmpty else { return [] }
    return [
      .chart(
        "commissioning-gains",
        IntervalDots(
          title: "Matches that each area's own plan adds to one mix for all",
          description:
            "The \(gains.count) areas that gain most, judged on other draws of the counts.",
          rows: gains.map { name, gain in
            IntervalDots.Row(label: name, value: gain, role: gain > 0 ? .balanced : .unclear)
          }, axisTitle: "Matches", roleLabels: [.balanced: "Gains", .unclear: "Does not gain"]))
    ]
  }
}
