import Charts
import Mismatch
import Runs

extension PageSection {
  /// Sectors of the focus that are followed over the periods.
  private static let followedCount = 6

  /// How the gaps of the focus changed over the periods; nil where there is only one.
  static func change(_ data: ReportData) -> PageSection? {
    let cells = data.cells
    guard cells.periods.count > 1 else { return nil }
    let byPeriod = cells.periods.indices.map {
      Array(cells.cells(ofArea: data.focus, period: $0))
    }
    guard byPeriod.allSatisfy({ $0.count == cells.sectors.count }) else { return nil }
    let order = cells.sectors.codes.indices.sorted { left, right in
      largest(byPeriod, left) > largest(byPeriod, right)
    }
    let followed = Array(order.prefix(followedCount))
    let name = cells.areas.names[data.focus]
    let chart = data.lines(byPeriod, sectors: followed, title: "\(name): gap by period")
    var html = paragraph(
      "\(name), \(SectionNumber.counted(cells.periods.count, "pair")) of periods: the \(followed.count) sectors with the "
        + "largest gaps. A change is only certain where the intervals of two periods do not overlap."
    )
    html += figure(chart, id: "change-chart")
    html +=
      HTMLTable(
        caption: "\(name): gap in percentage points, with its interval",
        columns: [.init(heading: "Sector")]
          + cells.periods.map { .init(heading: $0, isNumber: true) },
        rows: order.map { sector in
          [cells.sectors.names[sector]]
            + byPeriod.map { row in
              let cell = row[sector]
              return cell.gap.value == nil
                ? SectionNumber.undefined
                : "\(SectionNumber.signed(cell.gap.value)) (\(SectionNumber.interval(cell.interval?.lower, cell.interval?.upper)))"
            }
        }
      ).html
    return PageSection(
      "change", "Change over the periods", html: html, figures: [("change", chart)])
  }

  private static func largest(_ byPeriod: [[ReportCell]], _ sector: Int) -> Double {
    byPeriod.map { $0[sector].size }.max() ?? 0
  }
}
