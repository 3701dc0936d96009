import Charts
import Mismatch

extension ReportSection {
  /// What scenarios make of the area that the report begins with, or of all areas where they leave it as it is.
  static let scenarios = ReportSection("scenarios", "What if") { tables in
    let columns =
      [
        "period", "area_code", "scenario", "area_name", "sector_name", "measure", "base", "changed",
        "difference", "difference_lower", "difference_upper", "call_base", "call_changed",
      ]
    let rows = try tables.rows(of: "scenarios.csv", columns) {
      $0[0].isSpelt(as: tables.period) && ($0[1].isEmpty || $0[1].isSpelt(as: tables.focusCode))
    }
    var names: [String] = []
    for row in rows ?? [] where names.last?.isSpelt(as: row[2]) != true { names.append(row[2]) }
    return names.enumerated().flatMap { number, name in
      let own = (rows ?? []).filter { $0[2].isSpelt(as: name) }
      let local = own.filter { !$0[1].isEmpty }
      return parts(local.isEmpty ? own : local, name: name, number: number + 1)
    }
  }

  /// A sentence, and share gaps side by side where the run has them.
  private static func parts(_ rows: [[String]], name: String, number: Int) -> [SectionPart] {
    let area = rows.first.map { $0[3].isEmpty ? "All areas" : $0[3] } ?? ""
    var parts: [SectionPart] = []
    if let whole = rows.first(where: { $0[5] == Measure.dissimilarity.name }) {
      parts.append(.paragraph(sentence(whole, name: name, area: area)))
    }
    let gaps = rows.filter { $0[5] == Measure.shareGap.name }
    guard !gaps.isEmpty else { return parts }
    let title = "\(name): share gaps, \(area)"
    parts.append(
      .chart(
        "scenario-\(number)",
        PairBars(
          title: title,
          description: "Share gaps as they are and in the scenario, of sectors where they differ.",
          firstName: "Base", secondName: "Scenario",
          rows: gaps.map {
            PairBars.Row(label: $0[4], first: Double($0[6]), second: Double($0[7]))
          }, axisTitle: "Share of provision less share of demand, percentage points")))
    parts.append(
      .table(
        SectionTable(
          caption: title, texts: ["Sector", "Call", "Call in the scenario"],
          numbers: ["Base, pp", "Scenario, pp", "Difference, pp", "Interval"],
          rows: gaps.map { row in
            [row[4], row[11], row[12]] + row[6...8].map { SectionNumber.signed(Double($0)) }
              + [SectionNumber.interval(Double(row[9]), Double(row[10]))]
          }, file: "scenarios.csv")))
    return parts
  }

  private static func sentence(_ row: [String], name: String, area: String) -> String {
    let numbers = row[6...10].map { Double($0).map { 100 * $0 } }
    return
      "\(name). \(area): the share of provision that would have to be in other sectors goes from "
      + "\(SectionNumber.fixed(numbers[0])) % to \(SectionNumber.fixed(numbers[1])) %, a difference of "
      + "\(SectionNumber.signed(numbers[2])) percentage points (interval "
      + "\(SectionNumber.interval(numbers[3], numbers[4])))."
  }
}
