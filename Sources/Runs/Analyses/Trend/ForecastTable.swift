import Dense
import Mismatch

extension SideTrend {
  /// The side in the last period that is foreseen, as the grid has it.
  ///
  /// Counts have no bounds but themselves and the status `f`; how far they may be off is a variance, from the width of
  /// their intervals. A cell without a forecast has no number.
  ///
  /// - Parameter level: of the intervals.
  func lastForecast(level: Double) -> Table {
    let (rows, columns) = (areas.count, sectors.count)
    let reach = 2 * StandardNormal.upperQuantile((1 - level) / 2)
    let forecasts = cells.map(\.trend.forecast.last)
    let absent = series.absentAreas
    func matrix(_ number: (SeriesTrend.Forecast?) -> Double) -> Matrix {
      Matrix(rowCount: rows, columnCount: columns, elements: forecasts.map(number))
    }
    let value = matrix { $0?.value ?? .nan }
    let (lower, upper) = (matrix { $0?.value ?? 0 }, matrix { $0?.value ?? .infinity })
    var table = Table(
      value: value, lower: lower, upper: upper,
      status: forecasts.indices.map { cell in
        if absent.contains(cell / columns) { return .absent }
        return forecasts[cell] == nil ? [.forecast, .unknown] : .forecast
      }, totalLower: (0..<rows).map { ExactSum(lower.row($0)).value },
      totalUpper: (0..<rows).map { ExactSum(upper.row($0)).value })
    table.forecastVariance = ForecastVariance(
      value,
      variance: matrix { forecast in
        guard let interval = forecast?.interval, reach > 0 else { return 0 }
        let deviation = (interval.upper - interval.lower) / reach
        return deviation * deviation
      })
    return table
  }
}
