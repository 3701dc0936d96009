import Dense
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Published = mapped + unmapped + filtered, in every period, and the grids hold what was mapped.
struct ReconciliationTests {
  /// Three periods of which two are compared, codes without a match, weights, marks and a filter.
  private func outcome() throws -> Outcome {
    let draws = Philox(seed: 5)
    var rows = "area,period,sector,kind,count\n"
    var number: UInt64 = 0
    for area in ["A", "B", "lost"] {
      for period in ["2020", "2021", "2022"] {
        for sector in ["x", "y", "stray"] {
          for kind in ["all", "other"] {
            number += 1
            let count = Int(draws.uniform(cell: number, draw: 0) * 90)
            rows += "\(area),\(period),\(sector),\(kind),\(count % 3 == 0 ? "c" : String(count))\n"
          }
        }
      }
    }
    let side = [
      "period": "period", "where": "{ kind: all }", "markers": "{ c: 0..6 }",
      "area-lookup": "{ file: areas.csv, from: from, to: to, weight: share }",
      "crosswalk": "{ file: sectors.csv, from: from, to: to }",
    ]
    return try Example(
      provision: side, demand: side, keys: ["periods: { pair: [ '2020', '2022' ] }"],
      files: [
        "provision.csv": rows, "demand.csv": rows,
        "areas.csv": "from,to,share\nA,N,0.25\nA,S,0.75\nB,S,1\n",
        "sectors.csv": "from,to\nx,one\ny,two\n",
      ]
    ).run()
  }

  @Test func everyPeriodAddsUpAndIsWhatItsGridHolds() throws {
    let outcome = try outcome()
    #expect(outcome.grids.map(\.period) == ["2020", "2022"])
    #expect(
      outcome.reconciliations.map(\.period) == ["2020", "2021", "2022", "2020", "2021", "2022"])
    for row in outcome.reconciliations {
      let reconciliation = row.reconciliation
      #expect(
        reconciliation.published == reconciliation.mapped + reconciliation.unmapped
          + reconciliation.filtered)
      #expect(reconciliation.published > 0 && reconciliation.filtered > 0)
      guard row.period != "2021" else {
        #expect(reconciliation.mapped == 0)
        continue
      }
      #expect(reconciliation.unmapped > 0)
      #expect(reconciliation.markedCounts.values.reduce(0, +) > 0)
      let grid = try #require(outcome.grids.first { $0.period == row.period })
      let side: Side = row.subject == .provision ? .provision : .demand
      let held = ExactSum(grid[side].value.elements).value
      #expect(
        abs(held - (reconciliation.mapped + reconciliation.imputed.mapped.value)) < 1e-9 * held)
    }
  }
}
