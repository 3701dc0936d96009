import Charts
import Mismatch
import Runs

extension ReportData {
  /// A cell in one sentence.
  func sentence(_ cell: ReportCell) -> String {
    CellSentence(
      area: cells.areas.names[cell.area], sector: cells.sectors.names[cell.sector],
      provision: .init(kind: provision, share: cell.provisionShare, count: cell.provision),
      demand: .init(kind: demand, share: cell.demandShare, count: cell.demand), gap: cell.gap,
      interval: cell.interval, call: cell.call, survives: cell.survives
    ).text
  }

  /// The gaps of some cells with their intervals, a row for each sector.
  func dots(_ cells: [ReportCell], title: String) -> IntervalDots {
    let tolerance = summary.tolerancePercentagePoints
    return IntervalDots(
      title: "\(title): gap of each sector",
      description:
        "Share of \(provision) less share of \(demand) in percentage points, with intervals, \(period). "
        + "The table below has the numbers.",
      rows: cells.map { cell in
        IntervalDots.Row(
          label: self.cells.sectors.names[cell.sector], value: cell.gap.value,
          lower: cell.interval?.lower, upper: cell.interval?.upper, role: cell.role)
      }, axisTitle: "Gap, percentage points", tolerance: -tolerance...tolerance)
  }

  /// The gaps of all areas and sectors.
  func heatMap(_ groups: [AreaGroup]) -> HeatMap {
    HeatMap(
      title: "Gap of each sector in each area",
      description: "Share of \(provision) less share of \(demand) in percentage points, \(period). "
        + "The table below has the numbers.",
      columns: cells.sectors.names,
      groups: groups.map { group in
        HeatMap.Group(
          heading: group.name ?? "",
          rows: group.areas.map { area in
            HeatMap.Row(
              label: cells.areas.names[area],
              cells: cells.cells(ofArea: area, period: cells.period).map { shaded($0) })
          })
      })
  }

  /// The gaps of every sector as a map.
  func maps(_ shapes: GeoShapes) -> AreaMaps {
    AreaMaps(
      title: "Gap of each sector by area",
      description:
        "A map for each sector: share of \(provision) less share of \(demand) in percentage points, \(period).",
      shapes: shapes,
      panels: cells.sectors.names.indices.map { sector in
        let areas = cells.areas.codes.indices.map { area in
          let cell = cells.cells(ofArea: area, period: cells.period)[
            area * cells.sectors.count + sector]
          return (cells.areas.codes[area], shaded(cell, of: cells.areas.names[area]))
        }
        return AreaMaps.Panel(
          title: cells.sectors.names[sector], values: Dictionary(areas) { first, _ in first })
      })
  }

  /// A cell as a field of the heat map.
  ///
  /// - Parameter area: what the tooltip names; nil where the field stands in its row.
  private func shaded(_ cell: ReportCell, of area: String? = nil) -> ShadedValue {
    let isCalled = cell.gap.value != nil && cell.call != .unclear
    let mark: ShadedValue.Mark =
      if isCalled {
        .clear
      } else if let symbol = cell.symbol {
        .suppressed(symbol)
      } else {
        cell.gap.value == nil ? .missing : .unclear
      }
    let numbers = cell.interval.map { "\(SectionNumber.signed(cell.gap.value)) (\($0.text))" }
    // Maps of many areas have none, so that the page stays small.
    let parts = area == nil || drawsAreas ? [area, numbers] : []
    return ShadedValue(
      cell.gap.value, mark: mark, tooltip: parts.compactMap { $0 }.joined(separator: ": "))
  }

  /// The gaps of some sectors over the periods.
  func lines(_ byPeriod: [[ReportCell]], sectors: [Int], title: String) -> LineChart {
    LineChart(
      title: title,
      description:
        "Gap of the sectors with the largest gaps, period by period, with intervals as bands. "
        + "The table below has the numbers.",
      periods: cells.periods,
      series: sectors.map { sector in
        LineChart.Series(
          name: cells.sectors.names[sector],
          points: byPeriod.map { row in
            row[sector].gap.value.map {
              LineChart.Point(
                $0, lower: row[sector].interval?.lower, upper: row[sector].interval?.upper)
            }
          })
      }, axisTitle: "Gap, percentage points")
  }
}

extension ReportCell {
  /// How the cell's mark is drawn.
  var role: Role { call.flatMap { Role(rawValue: $0.rawValue) } ?? .unclear }

  /// The publisher's mark of a side that is mostly suppressed; nil where neither is.
  fileprivate var symbol: String? { provision.symbol ?? demand.symbol }
}

extension WrittenFigure {
  /// The publisher's mark, where the source withholds most of the figure; nil otherwise.
  var symbol: String? {
    guard isMostlySuppressed else { return nil }
    let marks = [Status.confidential, .low, .unavailable].map(\.text)
    return status.split(separator: " ").map(String.init).first(where: marks.contains)
  }
}
