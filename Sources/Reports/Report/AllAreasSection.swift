import Charts
import Extracts
import Mismatch
import Runs

extension PageSection {
  /// All areas together, and how many areas have each call of a sector.
  static func allAreas(_ data: ReportData) throws -> PageSection? {
    guard let cells = try data.pooledCells(), !cells.isEmpty else { return nil }
    let sectors = data.cells.sectors
    let chart = data.dots(cells, title: "All areas together")
    var html = paragraph(
      "All \(SectionNumber.counted(data.grid.areas, "area")) of the run taken together, \(data.period). A gap here is a "
        + "surplus or a shortfall of the whole; where areas differ, it hides both.")
    html += figure(chart, id: "all-areas-chart")
    html +=
      HTMLTable(
        caption: "All areas together, and how many areas are called over and under",
        columns: [.init(heading: "Sector")] + AreaPage.numbers
          + [
            .init(heading: "Areas over", isNumber: true),
            .init(heading: "Areas under", isNumber: true), .init(heading: "Call of all together"),
          ],
        rows: cells.map { cell in
          let calls = data.cells.calls[cell.sector]
          return [sectors.names[cell.sector]] + AreaPage.fields(cell)
            + [Call.over, .under].map { SectionNumber.count(Double(calls[$0] ?? 0)) } + [
              cell.callText
            ]
        }, classes: cells.map { $0.call?.rawValue ?? "" }
      ).html
    return PageSection(
      "all-areas", "All areas together", html: html,
      figures: [("all-areas", chart)])
  }
}

extension ReportData {
  /// The sectors of all areas together in the latest period; nil where the run did not write them.
  fileprivate func pooledCells() throws -> [ReportCell]? {
    let columns = ReportCell.columns.filter {
      !["area_code", "area_name", "call_survives"].contains($0)
    }
    let headings = WrittenCell.Headings(columns)
    let rows = try rows(of: "sectors.csv", columns) { $0[0].isSpelt(as: period) }
    return rows?.compactMap { texts -> ReportCell? in
      guard let sector = cells.sectors.number(of: texts[1]) else { return nil }
      return ReportCell(
        period: cells.period, area: -1, sector: sector, WrittenCell(headings, texts))
    }
  }
}
