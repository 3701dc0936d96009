import Foundation
import Testing

@testable import Jobs
@testable import Runs

/// `Datasets/trend` against what its README says.
struct TrendExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Datasets/trend").standardizedFileURL

  private let readme: String

  init() throws {
    readme = try String(
      contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
  }

  private func trend(_ text: String) throws -> SideTrend {
    let job = try Job(text: text, file: Self.folder.appendingPathComponent("job.yaml").path)
    return try #require(
      try Session(job, workerCount: 2).run().results[[SideTrend].self]?.first)
  }

  @Test("Forecasts and their back-test, with and without a season")
  func adverts() throws {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent("job.yaml"), encoding: .utf8)
    let plain = try trend(text)
    let seasonal = try trend(text.replacing("season: none, ", with: ""))
    func error(_ trend: SideTrend, _ number: KeyPath<SideTrend.BackTest, Double>) -> String {
      let tests = trend.cells.compactMap(\.backTest)
      let mean = tests.reduce(0) { $0 + $1[keyPath: number] } / Double(tests.count)
      return SectionNumber.count(mean) + " adverts"
    }
    for (name, trend) in [
      ("Local level, with a season found in the first 37 months", seasonal),
      ("Local level, no season (the job)", plain),
    ] {
      #expect(trend.backTested.count == 456)
      let inside = SectionNumber.percent(trend.backTested.shareInside)
      let row = "| \(name) | \(error(trend, \.meanAbsoluteError)) | \(inside) % |"
      #expect(readme.contains(row), "\(row)")
    }
    let last = error(plain, \.meanAbsoluteErrorOfLast)
    #expect(readme.contains("| The last count, carried forward | \(last) | – |"))
    let area = try #require(plain.areas.position(of: "E69000013"))
    let forecast = try #require(plain.cells[area].trend.forecast.last)
    #expect(readme.contains("fewer than \(SectionNumber.count(forecast.value)) adverts in July"))
    let (lower, upper) = (forecast.interval.lower, forecast.interval.upper)
    #expect(
      readme.contains(
        "between \(SectionNumber.count(lower)) and \(SectionNumber.count(upper))"))
    let latest = plain.cells.compactMap(\.figures.last).reduce(0) { $0 + $1.value }
    #expect(readme.contains("latest count, \(SectionNumber.count(latest)) adverts in July 2025"))
  }

  @Test("Projections beside the survey, year by year")
  func projections() throws {
    let job = try Job(file: Self.folder.appendingPathComponent("projections.yaml").path)
    let outcome = try Session(job, workerCount: 2).run()
    let found = try #require(outcome.results[ProjectedSeries.self])
    let cells = outcome.areas.codes.indices.flatMap { area in
      outcome.sectors.codes.indices.map { sector in
        (
          projected: found.projected.figures(area: area, sector: sector).map(\.value),
          observed: found.observed.figures(area: area, sector: sector).map(\.value)
        )
      }
    }
    func errors(_ pairs: [(Double, Double)]) -> (bias: Double, size: Double) {
      let known = pairs.filter { !$0.0.isNaN && !$0.1.isNaN }
      let whole = known.reduce(0) { $0 + $1.1 }
      return (
        known.reduce(0) { $0 + $1.0 - $1.1 } / whole,
        known.reduce(0) { $0 + abs($1.0 - $1.1) } / whole
      )
    }
    for year in 0..<4 {
      #expect(found.numbers[year] == year)
      let (bias, size) = errors(cells.map { ($0.projected[year], $0.observed[year]) })
      let row =
        "| \(2021 + year) | \(SectionNumber.signed(100 * bias)) % | \(SectionNumber.percent(size)) % |"
      #expect(readme.contains(row), "\(row)")
    }
    let before = errors(cells.map { ($0.observed[2], $0.observed[3]) }).size
    #expect(readme.contains("misses that of 2024 by \(SectionNumber.percent(before)) %"))
  }
}
