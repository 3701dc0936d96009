import Foundation
import Mismatch
import Support
import Testing

@testable import Jobs
@testable import Runs

/// `Datasets/unlocking-our-wealth-2015` against what its README says.
struct EconomicCaseTests {
  /// The figures as printed, with the bounds of their digits.
  private static func figures() throws -> [String: Figure] {
    let text = try String(
      contentsOf: WorkedExample.datasets.appendingPathComponent(
        "unlocking-our-wealth-2015/figures.csv"),
      encoding: .utf8)
    let rows = Reference.fields(of: text).dropFirst()
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        let numbers = row[3...5].map { Double($0) ?? .nan }
        return (row[1], Figure(numbers[0], lower: numbers[1], upper: numbers[2]))
      })
  }

  /// The product of two ranges at or above 0.
  private static func product(_ left: Figure, _ right: Figure) -> Figure {
    Figure(
      left.value * right.value, lower: left.lower * right.lower, upper: left.upper * right.upper)
  }

  @Test("The ratios of the case are those of the run")
  func ratiosOf2015() throws {
    let outcome = try WorkedExample.outcome("unlocking-our-wealth-2015")
    #expect(outcome.checks.filter { $0.stops(strictly: true) }.map(\.message) == [])
    let readme = try WorkedExample.readme("unlocking-our-wealth-2015")
    for name in [
      "Jobs", "JSA claimants of over a year", "Claimants in three of the 22 councils",
    ] {
      let all = try WorkedExample.last(name, outcome).indicator.all
      let cells = [all.value, all.lower, all.upper].map { WorkedExample.fixed($0, 1) }
      #expect(readme.contains("| \(cells[0]) | \(cells[1]) to \(cells[2]) |"), "\(name) \(cells)")
    }
    let three = outcome.reconciliation(.indicator("Claimants in three of the 22 councils"))
    #expect(three.mapped == 10_625 && readme.contains("10,625 together"))
  }

  @Test("The products of the case are those of its printed figures")
  func productsOf2015() throws {
    let (figures, readme) = (
      try Self.figures(), try WorkedExample.readme("unlocking-our-wealth-2015")
    )
    let cost = try #require(figures["cost of programmes"])
    let share = try #require(figures["lower cost per outcome"])
    let saving = Self.product(cost, share).scaled(by: 1e-6)
    let printed = [share.lower, share.upper].map { WorkedExample.fixed(cost.value * $0 / 1e6, 0) }
    #expect(
      readme.contains(
        "| \(printed[0]) to \(printed[1]) | \(WorkedExample.fixed(saving.lower, 2)) to \(WorkedExample.fixed(saving.upper, 2)) |"
      ))
    let developers = Self.product(
      try #require(figures["contributions of developers"]),
      try #require(figures["factor of contributions"])
    ).scaled(by: 1e-6)
    #expect(
      readme.contains(
        "| \(WorkedExample.fixed(developers.value, 0)) | \(WorkedExample.fixed(developers.lower, 2)) to \(WorkedExample.fixed(developers.upper, 2)) |"
      ))
    let social = try #require(figures["social return"])
    for spent in [0.0, 1] {
      let ends = [social.lower, social.upper].map { WorkedExample.fixed($0 - spent, 3) }
      #expect(
        readme.contains(
          "| \(WorkedExample.fixed(social.value - spent, 2)) | \(ends[0]) to \(ends[1]) |"))
    }
  }

  /// Exact to the last digit that c12 prints.
  @Test("The arithmetic is that of case c12", .enabled(if: Reference.mayRun))
  func reference() throws {
    let figures = try Self.figures()
    let expected = try Reference.rows("c12-hidden-talents-economics/expected_economics.csv")
    let cost = try #require(figures["cost of programmes"])
    let share = try #require(figures["lower cost per outcome"])
    let social = try #require(figures["social return"]).scaled(by: 1e6)
    let factor = try #require(figures["factor of contributions"])
    let jobs = try WorkedExample.last(
      "Jobs", try WorkedExample.outcome("unlocking-our-wealth-2015"))
    let found = [
      "saving_low_25pct_gbp": cost.value * share.lower,
      "saving_high_40pct_gbp": cost.value * share.upper,
      "jobs_per_district_hub": jobs.indicator.all.value,
      "social_value_per_gbp1m_at_3.12": social.value,
      "net_social_value_per_gbp1m": social.value - 1e6,
      "developer_leverage_gbp1m_at_15x": factor.value * 1e6,
    ]
    #expect(expected.count == found.count)
    for row in expected { #expect(found[try row.text("item")] == (try row.number("value"))) }
  }
}
