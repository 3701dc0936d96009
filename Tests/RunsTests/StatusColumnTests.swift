import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

@Suite("Statuses in a column beside the figures")
struct StatusColumnTests {
  private func outcome(_ statuses: [String], values: [String], name: String = "note") throws
    -> Outcome
  {
    let rows = ["A,x", "A,y", "B,x", "B,y"].enumerated().map { index, keys in
      "\(keys),\(values[index]),\(statuses[index])\n"
    }
    return try Example(
      provision: ["status": name],
      files: ["provision.csv": "area,sector,count,note\n" + rows.joined()]
    ).run()
  }

  private func provision(_ outcome: Outcome, _ area: Int, _ sector: Int) -> Figure {
    outcome.grids[0].pair(area: area).provision.cells[sector]
  }

  @Test("codes of SDMX and marks, bare and in brackets, go with the number into its cell")
  func noted() throws {
    let outcome = try outcome(["E", "[p][r]", "A", "u"], values: ["10", "20", "30", "40"])
    #expect(provision(outcome, 0, 0) == Figure(10, lower: 10, upper: 10, status: .estimated))
    #expect(
      provision(outcome, 0, 1)
        == Figure(20, lower: 20, upper: 20, status: [.provisional, .revised]))
    #expect(provision(outcome, 1, 0) == Figure(exact: 30))
    #expect(provision(outcome, 1, 1).status == .unreliable)
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.published == 100 && reconciliation.mapped == 100)
    #expect(
      reconciliation.notedCounts == [.estimated: 1, [.provisional, .revised]: 1, .unreliable: 1])
    #expect(reconciliation.markedCounts.isEmpty)
  }

  @Test("a status that says the figure is missing gives it that mark's bounds")
  func missing() throws {
    let outcome = try outcome(["Q", "[c]", "z", ""], values: ["", "", "", "40"])
    #expect(provision(outcome, 0, 0).status == .confidential)
    #expect(provision(outcome, 0, 1).upper == .infinity)
    #expect(provision(outcome, 1, 0) == Figure(0, lower: 0, upper: 0, status: .notApplicable))
    #expect(
      outcome.reconciliation(.provision).markedCounts == [.confidential: 2, .notApplicable: 1])
  }

  @Test("a figure beside a status of a missing one, and a text that is no status, are errors")
  func refused() throws {
    let figure = #expect(throws: Failure.self) {
      _ = try outcome(["Q", "", "", ""], values: ["10", "20", "30", "40"])
    }
    #expect(figure?.description.contains("but its status is Q") == true)
    let text = #expect(throws: Failure.self) {
      _ = try outcome(["", "high", "", ""], values: ["10", "20", "30", "40"])
    }
    #expect(text?.description.contains(":3:4") == true)
    #expect(text?.description.contains("the status is \"high\"") == true)
  }

  @Test("OBS_STATUS of the Nomis API goes with its number")
  func nomis() throws {
    let text = """
      GEOGRAPHY_CODE,CELL,OBS_VALUE,OBS_STATUS
      A,x,10,A
      A,y,20,E
      B,x,30,P
      B,y,,Q

      """
    let outcome = try Example(
      provision: ["area": "GEOGRAPHY_CODE", "category": "CELL", "value": "OBS_VALUE"],
      files: ["provision.csv": text]
    ).run()
    #expect(provision(outcome, 0, 1).status == .estimated)
    #expect(provision(outcome, 1, 0).status == .provisional)
    #expect(provision(outcome, 1, 1).status == .confidential)
  }

  @Test("a column without a heading is named by its place")
  func unheaded() throws {
    let outcome = try Example(
      provision: ["area": "\"[column 1]\""],
      files: ["provision.csv": ",sector,count\nA,x,1\nB,y,2\n"]
    ).run()
    #expect(outcome.areas.codes == ["A", "B"])
  }
}
