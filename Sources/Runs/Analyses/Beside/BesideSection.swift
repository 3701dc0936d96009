import Charts
import Extracts
import Mismatch

extension ReportSection {
  /// Each indicator's latest period: the focus area beside all areas, and the areas where it is highest.
  static let beside = ReportSection("beside", "Beside the matrix") { tables in
    let columns = [
      "indicator", "per", "per_period", "period", "area_code", "area_name", "multiplier", "value",
      "all_areas", "value_lower", "value_upper", "kind",
    ]
    let rows = try tables.rows(of: "beside.csv", columns) { _ in true } ?? []
    let indicators = latest(rows)
    guard !indicators.isEmpty else { return [] }
    let focus = indicators.flatMap { $0 }.filter { $0[4].isSpelt(as: tables.focusCode) }
    return [
      .paragraph(
        "Other extracts on the same areas, each of its own period. They say what surrounds the mismatch, not what causes it."
      ),
      .table(
        SectionTable(
          caption: "\(focus.first?[5] ?? "The area") beside all areas, latest period of each",
          texts: ["Indicator", "Per", "Period"], numbers: ["Value", "From", "To", "All areas"],
          rows: focus.map { row in
            [row[0], per(row), row[3]]
              + [row[7], row[9], row[10], row[8]].map { number(Double($0)) }
          }, file: "beside.csv")),
    ] + indicators.enumerated().compactMap(chart)
  }

  /// Of each indicator the rows of its last period.
  private static func latest(_ rows: [[String]]) -> [[[String]]] {
    var indicators: [[[String]]] = []
    for row in rows {
      guard let last = indicators.last?.first, last[0].isSpelt(as: row[0]) else {
        indicators.append([row])
        continue
      }
      let isSame = last[2].isSpelt(as: row[2]) && last[3].isSpelt(as: row[3])
      if !isSame { indicators[indicators.count - 1] = [] }
      indicators[indicators.count - 1].append(row)
    }
    return indicators
  }

  /// A number with some three digits: counts whole, small ratios to two decimal places.
  private static func number(_ value: Double?) -> String {
    guard let value else { return SectionNumber.undefined }
    if value >= 1000 { return SectionNumber.count(value) }
    if value >= 10 { return SectionNumber.fixed(value) }
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }

  /// "1,000 enterprises"; empty where an indicator is not divided.
  private static func per(_ row: [String]) -> String {
    guard !row[1].isEmpty, let multiplier = Double(row[6]) else { return row[1] }
    return multiplier == 1 ? row[1] : "\(NumberText.grouped(multiplier)) \(row[1])"
  }

  /// The areas where an indicator is highest, with bounds; counts as they are show how large areas are, and have no
  /// chart.
  private static func chart(_ number: Int, _ rows: [[String]]) -> SectionPart? {
    let found = rows.compactMap { row in Double(row[7]).map { (row: row, value: $0) } }
      .sorted { $0.value > $1.value }.prefix(20)
    guard let first = found.first?.row, !first[1].isEmpty || first[11] == Kind.rate.name else {
      return nil
    }
    let per = per(first)
    return .chart(
      "beside-\(number + 1)",
      IntervalDots(
        title: first[0] + (per.isEmpty ? "" : ", per \(per)") + ", \(first[3])",
        description:
          "The \(SectionNumber.counted(found.count, "area")) with the highest values, and their bounds.",
        rows: found.map { row, value in
          IntervalDots.Row(
            label: row[5], value: value, lower: Double(row[9]), upper: Double(row[10]),
            role: .balanced)
        }, axisTitle: per.isEmpty ? first[0] : "Per \(per)", isSigned: false,
        roleLabels: [.balanced: "Value"]))
  }
}
