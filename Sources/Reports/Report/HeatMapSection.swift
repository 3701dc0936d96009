import Charts
import Mismatch
import Runs

extension PageSection {
  /// All areas by all sectors, as colours and as numbers.
  static func heatMap(_ data: ReportData) throws -> PageSection? {
    guard data.cells.isFull, data.cells.areas.count > 1 else { return try callsBySector(data) }
    let groups = try data.areaGroups()
    let chart = data.heatMap(groups)
    var html = paragraph(
      "Each field is the gap of a sector in an area, \(data.period): its share of the area's \(data.provision) less "
        + "its share of the \(data.demand) there. Orange fields are over-provided, purple ones under-provided; hatched "
        + "ones are unclear, since their interval reaches across the tolerance.")
    if groups.count > 1 {
      html += paragraph("Areas stand by their kind (typology), within it by name.", note: true)
    }
    html +=
      data.drawsAreas
      ? figure(chart, id: "heat-map-chart") : wide(chart, id: "heat-map-chart")
    html += folded("The same as a table", matrix(data, groups.flatMap(\.areas)))
    return PageSection(
      "heat-map", "All areas and sectors", html: html,
      figures: [("heat-map", chart)])
  }

  private static func matrix(_ data: ReportData, _ areas: [Int]) -> String {
    let cells = data.cells
    return HTMLTable(
      caption: "Gap in percentage points, \(data.period); * is over or under",
      columns: [.init(heading: "Area")]
        + cells.sectors.names.map { .init(heading: $0, isNumber: true) },
      rows: areas.map { area in
        [cells.areas.names[area]]
          + cells.cells(ofArea: area, period: cells.period).map { cell in
            let isCalled = cell.call == .over || cell.call == .under
            return SectionNumber.signed(cell.gap.value) + (isCalled ? "*" : "")
          }
      }
    ).html
  }

  /// How many areas have each call of a sector, where there are too many cells for a heat map.
  private static func callsBySector(_ data: ReportData) throws -> PageSection? {
    guard data.cells.areas.count > 1 else { return nil }
    let calls = Call.allCases
    let html = HTMLTable(
      caption: "Number of areas with each call, by sector",
      columns: [.init(heading: "Sector")]
        + calls.map { .init(heading: $0.rawValue, isNumber: true) }
        + [.init(heading: "no gap", isNumber: true)],
      rows: zip(data.cells.sectors.names, data.cells.calls).map { name, counts in
        [name] + calls.map { SectionNumber.count(Double(counts[$0] ?? 0)) }
          + [SectionNumber.count(Double(counts[nil] ?? 0))]
      }
    ).html
    return PageSection("heat-map", "All areas and sectors", html: html)
  }
}

/// Areas that a heat map shows together.
struct AreaGroup {
  /// Nil where all areas are together.
  let name: String?
  /// By name.
  let areas: [Int]
}

extension ReportData {
  /// The areas by their kind in the latest period, as the typology has it; all together where there is none.
  func areaGroups() throws -> [AreaGroup] {
    let names = cells.areas.names
    let all = names.indices.sorted { (names[$0], $0) < (names[$1], $1) }
    let columns = ["period", "area_code", "cluster"]
    let rows = try rows(of: "typology_areas.csv", columns) { $0[0].isSpelt(as: period) } ?? []
    var clusters: [Int: Int] = [:]
    for row in rows {
      if let area = cells.areas.number(of: row[1]) { clusters[area] = Int(row[2]) }
    }
    guard !clusters.isEmpty else { return [AreaGroup(name: nil, areas: all)] }
    let kinds = Set(clusters.values).sorted()
    let groups = kinds.map { kind in
      AreaGroup(name: "Kind \(kind)", areas: all.filter { clusters[$0] == kind })
    }
    let others = all.filter { clusters[$0] == nil }
    return groups + (others.isEmpty ? [] : [AreaGroup(name: "Without a kind", areas: others)])
  }
}
