import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Costs, budgets, floors and caps that make no sense are refused with file, line and column, and what to do.
struct CommissioningRefusalTests {
  private static let costs = "{ unit-costs: { file: c.csv, sector: s, cost: c } }"
  private static let ends =
    "{ unit-costs: { file: c.csv, sector: s, cost: c, lower: l, upper: u } }"
  private static let budget = "{ unit-costs: 1, budget: { file: b.csv, area: a, budget: m }"
  private static let limits = "file: f.csv, area: a, sector: s, places: n"

  @Test(
    "In a file, with the place of the number",
    arguments: [
      (costs, "c.csv", "s,c\nx,-5\ny,5\n", "the unit cost is \"-5\"", 2, 2),
      (costs, "c.csv", "s,c\nx,5\ny,0\n", "the unit cost is \"0\"", 3, 2),
      (costs, "c.csv", "s,c\nx,5\ny,NaN\n", "the unit cost is \"NaN\"", 3, 2),
      (costs, "c.csv", "s,c\nx,5\ny,inf\n", "the unit cost is \"inf\"", 3, 2),
      (costs, "c.csv", "s,c\nx,5\ny,\n", "the unit cost is \"\"", 3, 2),
      (
        ends, "c.csv", "s,c,l,u\nx,5,4,6\ny,5,6,7\n",
        "the unit cost is 5.0, its ends are 6.0 and 7.0", 3, 2
      ),
      (ends, "c.csv", "s,c,l,u\nx,5,0,6\ny,5,4,7\n", "the lower end of unit cost is \"0\"", 2, 3),
      (budget + " }", "b.csv", "a,m\nA,5\nB,-1\n", "the budget is \"-1\"", 3, 2),
      (
        budget + " }", "b.csv", "a,m\nA,5\nB,5\nC,5\n",
        "budget of area \"C\", which the grid does not have", 4, nil
      ),
      (
        budget + ", change: 10 % }", "b.csv", "a,m\nA,500\nB,20\n",
        "area \"B\", all: its floors cost 63.0, its budget is 20.0", 3, 2
      ),
      (
        "{ unit-costs: 1, floors: { \(limits) } }", "f.csv", "a,s,n\nB,y,75\n",
        "area \"B\", all: its floors cost 75.0, its budget is 70.0", 2, 3
      ),
      (
        "{ unit-costs: 1, floors: { \(limits) }, change: 10 % }", "f.csv",
        "a,s,n\nA,y,20\nA,x,12\n",
        "area \"A\", sector \"x\", all: the floor of 12.0 places is above the cap of 11.0", 3, 3
      ),
      (
        "{ unit-costs: 1, caps: { \(limits) }, change: 10 % }", "f.csv", "a,s,n\nA,x,8\n",
        "area \"A\", sector \"x\", all: the floor of 9.0 places is above the cap of 8.0", 2, 3
      ),
    ] as [(String, String, String, String, Int, Int?)])
  func inFiles(
    block: String, file: String, text: String, found: String, line: Int, column: Int?
  ) throws {
    let example = Example(keys: ["commissioning: \(block)"], files: [file: text])
    let failure = try #require(try example.failure())
    #expect(failure.found == found)
    #expect(failure.kind == .badData && failure.expected != nil)
    #expect(failure.place?.file == file && failure.place?.line == line)
    #expect(failure.place?.column == column)
  }

  @Test(
    "Rows that are missing name the file and what is missing",
    arguments: [
      (costs, "c.csv", "s,c\nx,5\n", "no unit cost of \"y\""),
      (budget + " }", "b.csv", "a,m\nA,5\n", "no budget of \"B\""),
      (
        "{ unit-costs: 1, demand-scale: { file: d.csv, area: a, scale: k } }", "d.csv",
        "a,k\nB,0.1\n", "no demand scale of \"A\""
      ),
    ])
  func missing(block: String, file: String, text: String, found: String) throws {
    let example = Example(keys: ["commissioning: \(block)"], files: [file: text])
    let failure = try #require(try example.failure())
    #expect(failure.found == found && failure.place?.file == file)
    #expect(failure.advice?.contains("never taken as 0") == true)
  }

  @Test(
    "In the job, with the place of the key",
    arguments: [
      ("{ unit-costs: .nan }", "`commissioning.unit-costs` is \".nan\""),
      ("{ unit-costs: .inf }", "`commissioning.unit-costs` is \".inf\""),
      ("{ unit-costs: 1, budget: -1 }", "`commissioning.budget` is \"-1\""),
      ("{ unit-costs: 1, unit-cost-range: 100 % }", "`commissioning.unit-cost-range` is \"100 %\""),
      ("{ unit-costs: 1, unit-cost-range: 0.1 }", "`commissioning.unit-cost-range` is \"0.1\""),
      ("{ unit-costs: 1, maximise: profit }", "`commissioning.maximise` is \"profit\""),
      (
        "{ unit-costs: 1, maximise: { vacancy-share: 1 } }",
        "`commissioning.maximise.vacancy-share` is \"1\""
      ),
    ])
  func inTheJob(block: String, found: String) throws {
    let failure = try #require(
      try Example(keys: ["commissioning: \(block)"]).failure())
    #expect(failure.found == found && failure.place?.line == 1 && failure.expected != nil)
  }

  @Test("Areas without a budget buy nothing, and no money is no error")
  func noMoney() throws {
    let outcome = try Example(
      keys: ["commissioning: { unit-costs: 1, budget: 0, draws: 0 }"]
    ).run()
    let found = try #require(outcome.each(CommissionedGrid.self).first)
    for plan in found.plans.dropFirst() { #expect(plan.places.allSatisfy { $0 == 0 }) }
  }
}
