import Dense
import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Sums of some dozens of numbers in another order.
private let closeness = Closeness.either(1e-9)

/// Jobs that ask for the trend of a side over all of its periods.
struct TrendJobTests {
  /// Counts of two areas and two sectors from January 2023 on, with a season and some noise.
  private static func counts(_ months: Range<Int>, without gaps: Set<Int> = []) -> String {
    var source = RandomSource(seed: 5, stream: 40)
    var text = "area,sector,month,count\n"
    for month in 0..<months.upperBound {
      for (place, key) in ["A,x", "A,y", "B,x", "B,y"].enumerated() {
        let season = [0, 2, 5, 9, 4, 1, 0, -3, -6, -8, -3, -1][month % 12]
        let count = 200 + 40 * place + month + 5 * season + source.whole(-12...12)
        guard months.contains(month), !gaps.contains(month) else { continue }
        text += "\(key),\(label(month)),\(count)\n"
      }
    }
    return text
  }

  private static func label(_ month: Int) -> String {
    let number = month % 12 + 1
    return "\(2023 + month / 12)-\(number < 10 ? "0" : "")\(number)"
  }

  private func example(
    _ block: String, pair: String = "2023 = 2023-01", demand: String = counts(0..<36),
    keys: [String] = []
  ) -> Example {
    Example(
      provision: ["period": "{ constant: 2023 }"], demand: ["period": "month"],
      keys: ["trend: \(block)", "periods: { pair: \"\(pair)\" }"] + keys,
      files: ["demand.csv": demand])
  }

  private func trend(of outcome: Outcome) throws -> SideTrend {
    try #require(outcome.results[[SideTrend].self]?.first)
  }

  @Test func allPeriodsOfTheSideAreReadAndAccountedFor() throws {
    let outcome = try example("{ method: trailing-mean }").run()
    let found = try trend(of: outcome)
    #expect(found.series.periods.count == 36 && outcome.grids.count == 1)
    #expect(found.series.periods.season == 12)
    let rows = outcome.reconciliations.filter { $0.subject == Subject(.demand) }
    #expect(rows.count == 36)
    #expect(rows.allSatisfy { $0.reconciliation.mapped > 0 && $0.reconciliation.filtered == 0 })
    let values = found.cells[3].figures.map(\.value)
    #expect(closeness.holds(found.cells[3].trend.trend, MovingMean.trailing(values, window: 3)))
  }

  @Test func gapsInTimeAreMissingAndNeverZero() throws {
    let demand = Self.counts(0..<36, without: [7, 20])
    let found = try trend(of: try example("{ horizon: 3 }", demand: demand).run())
    let (periods, cell) = (found.series.periods, found.cells[0])
    #expect(periods.labels[7] == "Aug 2023" && !periods.isKnown[7] && periods.isKnown[6])
    #expect(cell.figures[7].value.isNaN && cell.figures[7].status == .absent)
    #expect(cell.trend.remainder[7].isNaN && cell.trend.trend[7] > 100)
    #expect(cell.trend.intervals[7].upper - cell.trend.intervals[7].lower > 0)
    #expect(periods.label(38) == "Mar 2026" && cell.trend.forecast.count == 3)
  }

  @Test func suppressedCountsWithoutAValueAreMissing() throws {
    let demand = Self.counts(0..<36) + "C,x,2023-01,c\nC,x,2023-02,7\nC,x,2023-03,8\n"
    let found = try trend(of: try example("{}", demand: demand).run())
    let cell = found.cells[4]
    #expect(found.series.areas.codes[2] == "C" && cell.figures[0].value.isNaN)
    #expect(cell.figures[0].status == .confidential && cell.figures[1].value == 7)
    #expect(cell.trend.lack == .tooFew && cell.trend.forecast.isEmpty)
  }

  @Test func shortSeriesSayWhy() throws {
    let outcome = try example("{ horizon: 2 }", demand: Self.counts(0..<24)).run()
    let found = try trend(of: outcome)
    #expect(found.cells.allSatisfy { $0.trend.lack == .tooShort })
    #expect(outcome.warnings.contains { $0.contains("4 of 4 cells have none") })
    let without = try example("{ horizon: 2, season: none }", demand: Self.counts(0..<24)).run()
    #expect(try trend(of: without).cells.allSatisfy { $0.trend.forecast.count == 2 })
  }

  @Test func aBackTestForeseesWhatARunOnTheEarlierPeriodsWould() throws {
    let tested = try trend(of: try example("{ back-test: 6 }").run())
    let before = try trend(of: try example("{ horizon: 6 }", demand: Self.counts(0..<30)).run())
    for (tested, before) in zip(tested.cells, before.cells) {
      let later = tested.figures.suffix(6).map(\.value)
      let errors = zip(later, before.trend.forecast).map { abs($0 - $1.value) }
      let last = try #require(before.figures.last).value
      let test = try #require(tested.backTest)
      #expect(test.compared == 6)
      #expect(closeness.holds(test.meanAbsoluteError, errors.reduce(0, +) / 6))
      #expect(
        closeness.holds(
          test.meanAbsoluteErrorOfLast, later.reduce(0) { $0 + abs($1 - last) } / 6))
      let inside = zip(later, before.trend.forecast).count {
        $1.interval.lower <= $0 && $0 <= $1.interval.upper
      }
      #expect(closeness.holds(test.shareInside, Double(inside) / 6))
    }
  }

  @Test func aForecastIsTheDemandOfAGrid() throws {
    let outcome = try example("{ horizon: 8 }", pair: "2023 = forecast Aug 26").run()
    let found = try trend(of: outcome)
    #expect(outcome.grids[0].period == "2023 = forecast Aug 26")
    for (place, key) in [("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")].enumerated() {
      let figure = try #require(outcome.figure(.demand, key.0, key.1))
      let forecast = try #require(found.cells[place].trend.forecast.last)
      #expect(
        figure
          == Figure(forecast.value, lower: forecast.value, upper: forecast.value, status: .forecast)
      )
    }
    #expect(outcome.reconciliations.filter { $0.subject == Subject(.demand) }.count == 36)
    #expect(outcome.caveats.contains { $0.hasPrefix("Counts of demand of Aug 26 are forecasts") })
  }

  @Test("The width of a forecast widens sampling, and makes calls rarer")
  func uncertainForecasts() throws {
    let (rows, sharp) = (
      Matrix(rows: [[4000, 6000], [5000, 5000]]), Matrix(rows: [[1, 1], [1, 1]])
    )
    let wide = Matrix(rows: [[250_000, 250_000], [250_000, 250_000]])
    let provision = Table(exact: Matrix(rows: [[5000, 5000], [5000, 5000]]))
    func inference(_ variance: Matrix?) -> Inference {
      var demand = Table(exact: rows)
      demand.forecastVariance = variance.map { ForecastVariance(rows, variance: $0) }
      let grid = Grid(
        period: "f", areas: Codebook(codes: ["A", "B"]), sectors: Codebook(codes: ["x", "y"]),
        provision: provision, demand: demand)
      let work = InferenceWork(
        grid, measures: [.shareGap], rule: InferenceRule(), includesCells: true,
        includesIntervals: true, includesRanks: false)
      runTogether([work.loop], workerCount: 1)
      return work.inference
    }
    let (plain, known, unsure) = (inference(nil), inference(sharp), inference(wide))
    // A forecast whose variance is below that of a count adds nothing to it.
    #expect(plain.findings[0].pValue == known.findings[0].pValue)
    #expect(plain.findings[0].call == .over)
    let (before, after) = (plain.findings[0].interval, unsure.findings[0].interval)
    #expect(after.upper - after.lower > 2 * (before.upper - before.lower))
    #expect(try #require(unsure.findings[0].pValue) > 100 * #require(plain.findings[0].pValue))
    // Var(p) = (0.6² + 0.4²) (250,000 - count) / 10,000², in quadrature with the count's own interval.
    let own = 0.6 * 0.6 * 246_000 + 0.4 * 0.4 * 244_000
    let reach = 1.959963984540054 * 100 * (own / 1e8).squareRoot()
    let expected = ((before.upper - 10) * (before.upper - 10) + reach * reach).squareRoot()
    #expect(closeness.holds(after.upper, 10 + expected))
  }

  @Test func projectionsStandBesideWhatWasCountedLater() throws {
    let years =
      "area,sector,year,count\n" + (2020...2026).map { "A,x,\($0),\($0 - 1000)\n" }.joined()
    let outcome = try Example(
      provision: ["period": "year"], demand: ["period": "year", "kind": "employment"],
      keys: [
        "trend: { side: provision, season: none, horizon: 1, projections: demand }",
        "periods: { pair: \"Apr 2022-Mar 2023 = 2022\" }",
      ],
      files: [
        "provision.csv":
          "area,sector,year,count\nA,x,Apr 2020-Mar 2021,980\nA,x,Apr 2021-Mar 2022,990\nA,x,Apr 2022-Mar 2023,1000\n"
          + "A,x,Apr 2024-Mar 2025,1100\n",
        "demand.csv": years,
      ]
    ).run()
    let found = try #require(outcome.results[ProjectedSeries.self])
    #expect(found.numbers == [0, 1, 2, 3, 4, 5, nil])
    #expect(found.observed.periods.labels[3] == "Apr 2023-Mar 2024")
    let folder = try TestFolder()
    try OutputFolder("\(folder.path)/out", force: false)
      .write(outcome, options: Manifest.Options(seed: 1))
    let rows = try folder.text("out/projections.csv").split(separator: "\n")
    #expect(rows.count == 8)
    #expect(
      rows[3].hasPrefix("2022,A,A,x,x,1022,1022,1022,,Apr 2022-Mar 2023,1000,1000,1000,,22,0.022,"))
    // No count, but the forecast of the counted side.
    let forecast = try #require(try trend(of: outcome).cells[0].trend.forecast.first)
    #expect(rows[6].hasPrefix("2025,A,A,x,x,1025,1025,1025,,,,,,absent,,,\(forecast.value),"))
    #expect(rows[7].hasSuffix(",absent,,,,,"))
  }

  @Test(
    "What makes no sense is refused with its place and what to do",
    arguments: [
      (
        "{ method: arima }", "2023 = 2023-01", "unknown method of trend \"arima\" in `trend.method`"
      ),
      ("{ method: stl, horizon: 3 }", "2023 = 2023-01", "`trend.horizon` is \"3\""),
      ("{ window: 3 }", "2023 = 2023-01", "`trend.window` is \"3\""),
      ("{ method: stl, window: 4 }", "2023 = 2023-01", "`trend.window` is \"4\""),
      ("{ method: trailing-mean, window: 0 }", "2023 = 2023-01", "`trend.window` is \"0\""),
      (
        "{ method: stl, season: none }", "2023 = 2023-01",
        "the method stl needs a season, and periods start every 1 months"
      ),
      (
        "{}", "2023 = forecast Jun 24",
        "the period \"Jun 24\" of demand cannot be foreseen"
      ),
      (
        "{ method: stl }", "2023 = forecast Jan 26",
        "demand of \"Jan 26\" is to be a forecast"
      ),
      (
        "{ side: provision }", "2023 = forecast Jan 26",
        "demand of \"Jan 26\" is to be a forecast"
      ),
    ])
  func refusals(block: String, pair: String, found: String) throws {
    let failure = try #require(try example(block, pair: pair).failure())
    #expect(failure.found == found && failure.kind == .badData)
  }

  @Test func aForecastNeedsATrend() throws {
    var example = example("{}", pair: "2023 = forecast Jan 26")
    example.keys.removeFirst()
    let failure = try #require(try example.failure())
    #expect(failure.found.contains("no analysis of the job foresees it"))
  }

  @Test(
    "Periods that are in no sequence are refused",
    arguments: [
      ("A,x,wave 1,5\n", "the period \"wave 1\" is not a date of whole months"),
      ("A,x,2024,5\n", "the period \"2024\" is not in step with the others"),
      ("A,x,Jan 2023,5\n", "\"2023-01\", \"Jan 2023\" are one period"),
    ])
  func sequences(row: String, found: String) throws {
    let demand = Self.counts(0..<14) + row
    let failure = try #require(try example("{}", demand: demand).failure())
    #expect(failure.found.contains(found), "\(failure.found)")
    #expect(failure.place?.file == "demand.csv")
  }

  @Test func filesAreTheSameForAnyNumberOfThreadsAndOrderOfRows() throws {
    let folder = try TestFolder()
    var texts: [[String]] = []
    for workerCount in [1, 3] {
      var lines = Self.counts(0..<36, without: [4]).split(separator: "\n").map(String.init)
      if workerCount == 3 { lines = [lines[0]] + lines.dropFirst().reversed() }
      let job = try example(
        "{ horizon: 4, back-test: 3 }", demand: lines.joined(separator: "\n") + "\n"
      ).job(in: folder)
      let outcome = try Session(job, workerCount: workerCount).run()
      let name = "out\(workerCount)"
      try OutputFolder("\(folder.path)/\(name)", force: false)
        .write(outcome, options: Manifest.Options(seed: 1))
      texts.append(
        try ["trend", "forecasts", "back_test"].map { try folder.text("\(name)/\($0).csv") })
    }
    #expect(texts[0] == texts[1])
    #expect(texts[0].map { $0.split(separator: "\n").count } == [1 + 4 * 36, 1 + 4 * 4, 1 + 4])
  }
}
