import Extracts
import Jobs
import Mismatch

/// A cell of a side's trends in a period, by the period's number from the first on.
private struct TrendRow: Sendable {
  let trend: SideTrend
  let area: Int
  let sector: Int
  var number = 0

  var cell: SideTrend.Cell { trend.cells[area * trend.sectors.count + sector] }
  var figure: Figure { cell.figures[number] }
  var forecast: SeriesTrend.Forecast? {
    let step = number - trend.series.periods.count
    return cell.trend.forecast.indices.contains(step) ? cell.trend.forecast[step] : nil
  }
}

/// Rows of cells, area after area, sector after sector.
private func rows(
  _ trends: [SideTrend], numbers: @escaping @Sendable (SideTrend) -> Range<Int>
) -> (count: Int, rows: @Sendable (Int) -> [TrendRow]) {
  let blocks = trends.flatMap { trend in trend.areas.codes.indices.map { (trend, $0) } }
  return (
    blocks.count,
    { block in
      let (trend, area) = blocks[block]
      return trend.sectors.codes.indices.flatMap { sector in
        numbers(trend).map { TrendRow(trend: trend, area: area, sector: sector, number: $0) }
      }
    }
  )
}

/// The columns that say which cell a row is of.
private func keys(hasPeriod: Bool = true) -> [Column<TrendRow>] {
  let period: [Column<TrendRow>] = Column.text(
    "period", "The side's own label of the period; of one that it lacks, its date."
  ) { $0.trend.series.periods.label($0.number) }
  return Column.list {
    Column.text("side", "provision or demand.") { $0.trend.series.side.rawValue }
    hasPeriod ? period : []
    Column.text("area_code", "Code of the area.") { $0.trend.areas.codes[$0.area] }
    Column.text("area_name", "Name of the area.") { $0.trend.areas.names[$0.area] }
    Column.text("sector_code", "Code of the sector.") { $0.trend.sectors.codes[$0.sector] }
    Column.text("sector_name", "Name of the sector.") { $0.trend.sectors.names[$0.sector] }
  }
}

private let lack: [Column<TrendRow>] = Column.text(
  "reason", "Why the cell has no trend; empty where it has one."
) { $0.cell.trend.lack?.rawValue ?? "" }

extension OutputTable {
  /// `trend.csv`: every cell of a side in every period, with its trend, its season and what is left.
  static let trend = OutputTable("trend.csv") { outcome in
    let trends = outcome.results[[SideTrend].self] ?? []
    guard !trends.isEmpty else { return nil }
    let (count, rows) = rows(trends) { 0..<$0.series.periods.count }
    return RunTable(
      "trend.csv",
      "One row for each side, area, sector and period, those that are missing among them.",
      columns: Column.list {
        keys()
        Column.figure("value", unit: "count", "The count as it stands on the grid.") { $0.figure }
        Column.number("trend", unit: "count", "The trend by the job's method.") {
          $0.cell.trend.trend[$0.number]
        }
        Column.interval("trend", unit: "count", "interval of the level at the job's level.") {
          $0.cell.trend.intervals[$0.number]
        }
        Column.number(
          "seasonal", unit: "factor or count",
          "The season: a factor of the trend where logarithms are decomposed, otherwise a count beside it."
        ) { $0.cell.trend.seasonal[$0.number] }
        Column.number(
          "remainder", unit: "factor or count", "What trend and season leave, as `seasonal` is."
        ) { $0.cell.trend.remainder[$0.number] }
        lack
      }, blockCount: count, rows: rows)
  }

  /// `forecasts.csv`: every cell in the periods beyond the last.
  static let forecasts = OutputTable("forecasts.csv") { outcome in
    let trends = outcome.results[[SideTrend].self] ?? []
    let horizon = outcome.job.requests[TrendJob.self]?.horizon ?? 0
    guard !trends.isEmpty, horizon > 0 else { return nil }
    let (count, rows) = rows(trends) {
      $0.series.periods.count..<$0.series.periods.count + horizon
    }
    return RunTable(
      "forecasts.csv", "One row for each side, area, sector and period beyond the last.",
      columns: Column.list {
        keys()
        Column.integer("steps", unit: "periods", "Periods from the last one of the side on.") {
          $0.number + 1 - $0.trend.series.periods.count
        }
        Column.number("forecast", unit: "count", "As likely to be exceeded as not.") {
          $0.forecast?.value
        }
        Column.interval(
          "forecast", unit: "count", "prediction interval of the count at the job's level."
        ) { $0.forecast?.interval ?? .undefined }
        Column.status("status", "Always a forecast; `unknown` where the cell has none.") {
          $0.forecast == nil ? [.forecast, .unknown] : .forecast
        }
        lack
      }, blockCount: count, rows: rows)
  }

  /// `back_test.csv`: how the last periods of each cell would have been foreseen from those before.
  static let backTest = OutputTable("back_test.csv") { outcome in
    let trends = (outcome.results[[SideTrend].self] ?? []).filter {
      $0.cells.contains { $0.backTest != nil }
    }
    guard !trends.isEmpty else { return nil }
    let (count, rows) = rows(trends) { _ in 0..<1 }
    return RunTable(
      "back_test.csv", "One row for each side, area and sector.",
      columns: Column.list {
        keys(hasPeriod: false)
        Column.integer("periods", unit: "count", "Held-out periods that have a count.") {
          $0.cell.backTest?.compared
        }
        Column.number(
          "mean_absolute_error", unit: "count", "Mean distance of forecasts from counts."
        ) { $0.cell.backTest?.meanAbsoluteError }
        Column.number(
          "mean_absolute_error_of_last", unit: "count",
          "The same for the last count before, carried forward."
        ) { $0.cell.backTest?.meanAbsoluteErrorOfLast }
        Column.number(
          "share_inside", unit: "share", "Counts inside their forecast's interval, of all."
        ) { $0.cell.backTest?.shareInside }
        Column.status("status", "`unknown` where nothing could be foreseen or compared.") {
          ($0.cell.backTest?.compared ?? 0) == 0 ? .unknown : []
        }
      }, blockCount: count, rows: rows)
  }
}
