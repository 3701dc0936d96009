import Foundation
import Mismatch
import Support
import Testing

@testable import Jobs
@testable import Runs

/// `Datasets/beside` against what its README says.
struct BesideExampleTests {
  @Test(
    "The README has the figures of the run",
    arguments: [
      ("Unemployed people", 2), ("Unemployment rate", 2), ("Enterprise births", 1),
      ("Enterprise deaths", 1), ("Construction enterprises", 1),
      ("Information and communication enterprises", 1), ("People without qualifications", 2),
      ("Sustained destinations after 16 to 18 study", 2),
    ])
  func table(name: String, decimals: Int) throws {
    let (readme, outcome) = (
      try WorkedExample.readme("beside"), try WorkedExample.outcome("beside")
    )
    let period = try WorkedExample.last(name, outcome)
    let areas = period.indicator.areas.map(\.value)
    let manchester = try #require(outcome.areas.position(of: "E69000014"))
    let lowest = try #require(areas.indices.min { areas[$0] < areas[$1] })
    let highest = try #require(areas.indices.max { areas[$0] < areas[$1] })
    let cells =
      [period.label]
      + [period.indicator.all.value, areas[manchester]].map { WorkedExample.fixed($0, decimals) }
      + [lowest, highest].map {
        "\(outcome.areas.names[$0]) \(WorkedExample.fixed(areas[$0], decimals))"
      }
    #expect(readme.contains("| " + cells.joined(separator: " | ") + " |"), "\(cells)")
  }

  @Test("What the README says in words holds, and districts sum to England")
  func words() throws {
    let outcome = try WorkedExample.outcome("beside")
    #expect(outcome.checks.filter { $0.stops(strictly: true) }.map(\.message) == [])
    let growth = try ["Construction enterprises", "Information and communication enterprises"].map {
      try WorkedExample.last($0, outcome).indicator
    }
    #expect(growth[0].areas.allSatisfy { $0.lower > 100 })
    #expect(growth[1].areas.allSatisfy { $0.value < 100 && $0.upper <= 100 })
    for (name, total) in [("births", 282_680.0), ("deaths", 249_730)] {
      #expect(outcome.reconciliation(.indicator(Spelling("Enterprise \(name)"))).mapped == total)
    }
    #expect(outcome.reconciliation(.indicator("Active enterprises")).mapped == 2_521_340)
  }
}
