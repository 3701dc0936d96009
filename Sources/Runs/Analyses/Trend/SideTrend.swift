import Dense
import Mismatch

/// The trends of a side's cells, and how well the method would have foreseen the last periods.
struct SideTrend: Sendable {
  /// What the method foresaw of a cell's held-out periods, beside what came.
  struct BackTest: Sendable {
    /// Held-out periods that have a number.
    var compared = 0
    var meanAbsoluteError = Double.nan
    /// Of the last number before them, carried forward.
    var meanAbsoluteErrorOfLast = Double.nan
    /// The share of numbers inside the forecast's interval.
    var shareInside = Double.nan
  }

  struct Cell: Sendable {
    let figures: [Figure]
    let trend: SeriesTrend
    /// Nil where the job asks for none.
    let backTest: BackTest?
  }

  let series: SideSeries
  /// Areas × sectors.
  let cells: [Cell]

  var areas: Codebook { series.areas }
  var sectors: Codebook { series.sectors }

  /// The trends of all cells of a side.
  init(
    _ series: SideSeries, by method: TrendMethod, horizon: Int, backTest: Int, workerCount: Int
  ) {
    let width = series.sectors.count
    let loop = BlockLoop(of: series.areas.count * width, size: 1) { block in
      let (area, sector) = block.lowerBound.quotientAndRemainder(dividingBy: width)
      let figures = series.figures(area: area, sector: sector)
      let values = figures.map(\.value)
      return Cell(
        figures: figures, trend: method.trend(of: values, horizon: horizon),
        backTest: backTest > 0 ? Self.backTest(values, method, last: backTest) : nil)
    }
    runTogether([loop], workerCount: workerCount)
    (self.series, cells) = (series, loop.results)
  }

  /// Foresees the last numbers of a series from those before them.
  private static func backTest(_ values: [Double], _ method: TrendMethod, last: Int) -> BackTest {
    let before = Array(values.dropLast(last))
    let forecast = method.trend(of: before, horizon: last).forecast
    var test = BackTest()
    guard values.count > last, !forecast.isEmpty, let latest = before.last(where: { !$0.isNaN })
    else { return test }
    let pairs = zip(values.suffix(last), forecast).filter { !$0.0.isNaN }
    let count = Double(pairs.count)
    test.compared = pairs.count
    test.meanAbsoluteError = pairs.reduce(0) { $0 + abs($1.0 - $1.1.value) } / count
    test.meanAbsoluteErrorOfLast = pairs.reduce(0) { $0 + abs($1.0 - latest) } / count
    test.shareInside =
      Double(pairs.count { $1.interval.lower <= $0 && $0 <= $1.interval.upper }) / count
    return test
  }

  /// The trend of a cell in a period by its number from the first on: beyond the last its forecast, which may not be
  /// there.
  func level(area: Int, sector: Int, number: Int) -> (value: Double, interval: ConfidenceInterval) {
    let trend = cells[area * sectors.count + sector].trend
    let step = number - series.periods.count
    if step < 0 { return (trend.trend[number], trend.intervals[number]) }
    guard trend.forecast.indices.contains(step) else { return (.nan, .undefined) }
    return (trend.forecast[step].value, trend.forecast[step].interval)
  }

  /// The held-out numbers of all cells together: how many, and the share inside their intervals.
  var backTested: (count: Int, shareInside: Double) {
    let tests = cells.compactMap(\.backTest).filter { $0.compared > 0 }
    let count = tests.reduce(0) { $0 + $1.compared }
    let inside = tests.reduce(0) { $0 + Double($1.compared) * $1.shareInside }
    return (count, inside / Double(count))
  }
}
