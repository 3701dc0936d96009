import Charts
import Mismatch

extension ReportSection {
  /// The largest sectors of the area that the report begins with, over time and beyond.
  static let trend = ReportSection("trend", "Over time") { tables in
    let columns = [
      "side", "period", "area_code", "area_name", "sector_code", "sector_name", "value", "trend",
    ]
    let rows =
      try tables.rows(of: "trend.csv", columns) { $0[2].isSpelt(as: tables.focusCode) } ?? []
    let ahead =
      try tables.rows(
        of: "forecasts.csv",
        [
          "side", "period", "area_code", "sector_code", "forecast", "forecast_lower",
          "forecast_upper",
        ]
      ) { $0[2].isSpelt(as: tables.focusCode) } ?? []
    let lines = ["provision", "demand"].flatMap { side in
      parts(side, rows.filter { $0[0] == side }, ahead.filter { $0[0] == side })
    }
    return try lines + backTest(tables) + projections(tables)
  }

  /// How the last periods of the area's sectors would have been foreseen.
  private static func backTest(_ tables: any SectionTables) throws -> [SectionPart] {
    let columns = [
      "area_code", "side", "sector_name", "periods", "mean_absolute_error",
      "mean_absolute_error_of_last", "share_inside",
    ]
    let rows = try tables.rows(of: "back_test.csv", columns) { $0[0].isSpelt(as: tables.focusCode) }
    guard let rows, !rows.isEmpty else { return [] }
    return [
      .table(
        SectionTable(
          caption: "The last periods, foreseen from those before", texts: ["Side", "Sector"],
          numbers: [
            "Periods", "Mean error of forecasts", "Mean error of the last count",
            "% inside the interval",
          ],
          rows: rows.map { row in
            [row[1], row[2]] + row[3...5].map { SectionNumber.count(Double($0)) }
              + [SectionNumber.percent(Double(row[6]))]
          }, file: "back_test.csv"))
    ]
  }

  /// The area's projections of the latest period that was counted.
  private static func projections(_ tables: any SectionTables) throws -> [SectionPart] {
    let columns = [
      "area_code", "observed_period", "period", "sector_name", "projection", "observed",
      "relative_error",
    ]
    let rows =
      try tables.rows(of: "projections.csv", columns) {
        $0[0].isSpelt(as: tables.focusCode) && !$0[1].isEmpty
      } ?? []
    guard let latest = rows.last?[2] else { return [] }
    return [
      .table(
        SectionTable(
          caption: "Projected for \(latest), and counted", texts: ["Sector"],
          numbers: ["Projected", "Counted", "Projection less count, %"],
          rows: rows.filter { $0[2] == latest }.map { row in
            [row[3], SectionNumber.count(Double(row[4])), SectionNumber.count(Double(row[5]))]
              + [SectionNumber.signed(Double(row[6]).map { 100 * $0 })]
          }, file: "projections.csv"))
    ]
  }

  private static func parts(_ side: String, _ rows: [[String]], _ ahead: [[String]])
    -> [SectionPart]
  {
    guard let first = rows.first else { return [] }
    let periods = distinct((rows + ahead).map { $0[1] })
    let sectors = distinct(rows.map { $0[4] }).map { code in
      (rows: rows.filter { $0[4] == code }, ahead: ahead.filter { $0[3] == code })
    }
    let largest = sectors.enumerated().sorted {
      let (left, right) = (last($0.element.rows), last($1.element.rows))
      return left == right ? $0.offset < $1.offset : left > right
    }.prefix(3).map(\.element)
    let series = largest.flatMap { sector -> [LineChart.Series] in
      let name = sector.rows[0][5]
      let none = [LineChart.Point?](repeating: nil, count: sector.rows.count)
      let trend = sector.rows.map { Double($0[7]).map { LineChart.Point($0) } }
      let forecast = sector.ahead.map { row in
        Double(row[4]).map { LineChart.Point($0, lower: Double(row[5]), upper: Double(row[6])) }
      }
      let own = LineChart.Series(name: name, points: trend + forecast.map { _ in nil })
      guard forecast.contains(where: { $0 != nil }) else { return [own] }
      return [own, LineChart.Series(name: "\(name), forecast", points: none + forecast)]
    }
    let ofLargest =
      largest.count > 1 ? ", the \(largest.count) sectors with the largest counts at the end" : ""
    let beyond =
      ahead.isEmpty
      ? ""
      : " Beyond the last count the forecast stands with its prediction interval."
    return [
      .paragraph(
        "The trend of \(side) in \(first[3])\(ofLargest)." + beyond),
      .chart(
        "trend-\(side)",
        LineChart(
          title: "\(first[3]): trend of \(side)",
          description: "The trend of the largest sectors, and forecasts with their intervals.",
          periods: periods, series: series, axisTitle: "Count")),
    ]
  }

  /// The last count of a sector; below all others where it has none.
  private static func last(_ rows: [[String]]) -> Double {
    rows.last { Double($0[6]) != nil }.flatMap { Double($0[6]) } ?? -1
  }

  /// Texts without repetitions, in the order in which they come.
  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<Spelling> = []
    return texts.filter { seen.insert(Spelling($0)).inserted }
  }
}
