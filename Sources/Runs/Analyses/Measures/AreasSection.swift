import Charts
import Mismatch

extension ReportSection {
  /// Areas whose mixes of provision and demand differ most, and least.
  static let areaIndices = ReportSection("area-indices", "Where the mismatch is largest") {
    tables in
    let name = Measure.dissimilarity.name
    let columns = ["period", "area_code", "area_name", name, "\(name)_lower", "\(name)_upper"]
    let rows = try tables.rows(of: "areas.csv", columns) ?? []
    let areas = rows.compactMap { row in
      Double(row[3]).map { (row: row, value: $0) }
    }.sorted { ($1.value, $0.row[1]) < ($0.value, $1.row[1]) }
    guard areas.count > 1, let first = areas.first, let last = areas.last else { return [] }
    let shown =
      areas.count <= shownCount
      ? areas : Array(areas.prefix(shownCount / 2) + areas.suffix(shownCount / 2))
    return [
      .paragraph(
        "The index of dissimilarity is the share of an area's provision that would have to be in other sectors for its "
          + "mix to be that of demand. It is largest in \(first.row[2]) (\(SectionNumber.percent(first.value)) %) and "
          + "smallest in \(last.row[2]) (\(SectionNumber.percent(last.value)) %)."),
      .chart(
        "area-indices",
        IntervalDots(
          title: "Dissimilarity of provision and demand",
          description: "The index of dissimilarity of each area with its bounds, largest first.",
          rows: shown.map { area in
            IntervalDots.Row(
              label: area.row[2], value: 100 * area.value,
              lower: Double(area.row[4]).map { 100 * $0 },
              upper: Double(area.row[5]).map { 100 * $0 }, role: .balanced)
          }, axisTitle: "Provision that would have to be in other sectors, %",
          roleLabels: [.balanced: "Index and its bounds"])),
      .table(
        SectionTable(
          caption: shown.count < areas.count
            ? "Index of dissimilarity, %: the \(shownCount / 2) largest and the \(shownCount / 2) smallest"
            : "Index of dissimilarity, %",
          texts: ["Area"], numbers: ["Index", "Lower bound", "Upper bound"],
          rows: shown.map { area in
            [area.row[2]]
              + [3, 4, 5].map { SectionNumber.percent(Double(area.row[$0])) }
          }, file: "areas.csv")),
    ]
  }

  /// Areas are shown up to this number.
  private static let shownCount = 60
}
