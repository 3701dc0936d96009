import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// From files to grids: filters, keys, value columns, several files.
struct SessionTests {
  @Test func countsReachTheirCells() throws {
    let outcome = try Example(files: ["demand.csv": "area,sector,count\nB,y,7\nA,x,\"1,250\"\n"])
      .run()
    #expect(outcome.areas.codes == ["A", "B"])
    #expect(outcome.sectors.codes == ["x", "y"])
    #expect(outcome.value(.provision, "B", "y") == 40)
    #expect(outcome.value(.demand, "A", "x") == 1250)
    #expect(outcome.value(.demand, "A", "y") == 0)
    #expect(outcome.grids.map(\.period) == ["all"])
  }

  @Test func whereKeepsAndExcludesRows() throws {
    let text = """
      area,sector,sex,level,count
      A,x,Total,1,10
      A,x,Female,1,4
      A,x,Total,2,100
      A,y,Total,1,20

      """
    let example = Example(
      provision: ["where": "{ sex: Total, level: { not: [2, '3'] } }"],
      files: ["provision.csv": text])
    let outcome = try example.run()
    #expect(outcome.value(.provision, "A", "x") == 10)
    #expect(outcome.value(.provision, "A", "y") == 20)
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.published == 134)
    #expect(reconciliation.filteredByWhere.sum.value == 104)
    #expect(reconciliation.filteredByWhere.rowCount == 2)
  }

  @Test func listInWhereAddsItsPartsUp() throws {
    let text = "area,sector,level,count\nA,x,E,1\nA,x,1,10\nA,x,2,100\nA,x,9,1000\n"
    let outcome = try Example(
      provision: ["where": "{ level: [E, '1', 2] }"], files: ["provision.csv": text]
    ).run()
    #expect(outcome.value(.provision, "A", "x") == 111)
  }

  @Test func sumOverAddsPartsUpAndStillRefusesRepeats() throws {
    let text = "area,sector,level,age,count\nA,x,E,16,1\nA,x,E,19,10\nA,x,1,16,100\n"
    var example = Example(
      provision: ["sum-over": "[ level, age ]"], files: ["provision.csv": text])
    #expect(try example.run().value(.provision, "A", "x") == 111)
    example.files["provision.csv"] = text + "A,x,E,19,5\n"
    let failure = try #require(try example.failure())
    #expect(failure.place == Place(file: "provision.csv", line: 5))
    #expect(failure.found.hasSuffix("first at provision.csv:3"))
  }

  @Test func partOfALabelIsTheCode() throws {
    let text = """
      area,sector,count
      lep:Black Country,Acme (10046498),5
      lep:London,Other (10000028),7
      lep:London,no number,9

      """
    let outcome = try Example(
      provision: [
        "area": "{ column: area, match: '^lep:(.*)$' }",
        "category": "{ column: sector, match: '\\((\\d{8})\\)$' }",
      ], files: ["provision.csv": text]
    ).run()
    #expect(outcome.value(.provision, "Black Country", "10046498") == 5)
    #expect(outcome.value(.provision, "London", "10000028") == 7)
    #expect(outcome.value(.provision, "London", "no number") == 9)
  }

  @Test func constantKeysHoldForEveryRow() throws {
    let outcome = try Example(
      provision: ["area": "{ constant: England }", "period": "{ constant: '2012' }"],
      demand: ["area": "{ constant: England }", "period": "{ constant: '2012' }"],
      files: ["provision.csv": "sector,count\nx,3\n", "demand.csv": "sector,count\nx,4\n"]
    ).run()
    #expect(outcome.areas.codes == ["England"])
    #expect(outcome.grids.map(\.period) == ["2012"])
    #expect(outcome.value(.demand, "England", "x") == 4)
  }

  @Test func wideByCategory() throws {
    let outcome = try Example(
      provision: [
        "category": "-",
        "value": "{ columns: ['n_*'], name: category, match: '^n_(.)' }",
      ], files: ["provision.csv": "area,n_x,note,n_y\nA,1,-,2\nB,3,-,4\n"]
    ).run()
    #expect(outcome.value(.provision, "A", "y") == 2)
    #expect(outcome.value(.provision, "B", "x") == 3)
    #expect(outcome.reconciliation(.provision).published == 10)
  }

  @Test func wideByPeriod() throws {
    let wide = "area,sector,2022,2023\nA,x,1,2\nB,x,3,4\n"
    let value = "{ columns: ['2022', '2023'], name: period }"
    let outcome = try Example(
      provision: ["value": value], demand: ["value": value],
      files: ["provision.csv": wide, "demand.csv": wide]
    ).run()
    #expect(outcome.grids.map(\.period) == ["2022", "2023"])
    #expect(outcome.value(.provision, "B", "x", grid: 0) == 3)
    #expect(outcome.value(.demand, "A", "x", grid: 1) == 2)
  }

  @Test func wideByArea() throws {
    let outcome = try Example(
      provision: ["area": "-", "value": "{ columns: [A, B], name: area }"],
      files: ["provision.csv": "sector,B,A\nx,1,2\ny,3,4\n"]
    ).run()
    #expect(outcome.value(.provision, "A", "x") == 2)
    #expect(outcome.value(.provision, "B", "y") == 3)
  }

  @Test func severalFilesAreOneTable() throws {
    let outcome = try Example(
      provision: ["file": "[ a.csv, b.tsv ]"],
      files: ["a.csv": "area,sector,count\nA,x,1\n", "b.tsv": "count\tsector\tarea\n2\ty\tB\n"]
    ).run()
    #expect(outcome.value(.provision, "A", "x") == 1)
    #expect(outcome.value(.provision, "B", "y") == 2)
    let rows = outcome.reconciliations.filter { $0.subject == .provision }
    #expect(rows.map(\.reconciliation.published) == [3])
    #expect(rows[0].inputs.map(\.name) == ["a.csv", "b.tsv"])
    #expect(rows[0].inputs.map(\.account.published.sum.value) == [1, 2])
  }

  @Test func trimTakesSpacesOffFieldsAndHeadings() throws {
    let text = "area , sector,count\nA ,  x, 5 \n"
    var example = Example(provision: ["trim": "true"], files: ["provision.csv": text])
    #expect(try example.run().value(.provision, "A", "x") == 5)
    example.provision = [:]
    let failure = try #require(try example.failure())
    #expect(failure.found == "no column \"area\"")
    #expect(
      failure.advice
        == "\"area \" differs from \"area\" only in spaces; `trim: true` takes those at the ends away"
    )
  }

  @Test func registersNameAndOrderTheGrid() throws {
    let outcome = try Example(
      keys: [
        "areas: { level: town, lookup: areas.csv, code: code, name: name }",
        "sectors: { scheme: own, file: sectors.csv, code: code, name: name }",
      ],
      files: [
        "areas.csv": "code,name\nC,Third\nA,First\nB,Second\n",
        "sectors.csv": "code,name\ny,Why\nx,Ex\n",
      ]
    ).run()
    #expect(outcome.areas.codes == ["A", "B", "C"])
    #expect(outcome.areas.names == ["First", "Second", "Third"])
    #expect(outcome.sectors.names == ["Ex", "Why"])
    #expect(outcome.value(.provision, "C", "x")?.isNaN == true)
  }

  @Test func exclusionsLeaveTheGridAndStayInTheAccount() throws {
    let outcome = try Example(keys: ["exclude-areas: [B]", "exclude-sectors: [y]"]).run()
    #expect(outcome.areas.codes == ["A"])
    #expect(outcome.sectors.codes == ["x"])
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.mapped == 10)
    #expect(reconciliation.filtered == 90)
    #expect(reconciliation.unmapped == 0)
  }

  @Test func codesThatNoRegisterKnowsAreUnmappedAndListed() throws {
    let outcome = try Example(
      keys: [
        "areas: { level: town, lookup: areas.csv, code: code }",
        "sectors: { scheme: own, file: sectors.csv, code: code }",
      ], files: ["areas.csv": "code\nA\n", "sectors.csv": "code\nx\n"]
    ).run()
    #expect(outcome.value(.provision, "A", "x") == 10)
    let reconciliation = outcome.reconciliation(.provision)
    #expect(reconciliation.published == 100)
    #expect(reconciliation.mapped == 10)
    #expect(reconciliation.unmapped == 90)
    let rows = outcome.unmapped.filter { $0.subject == .provision }
    #expect(rows.map(\.code) == ["B", "y"])
    #expect(rows.map(\.dimension) == [.area, .category])
    #expect(rows.map(\.published) == [70, 20])
  }

  @Test func outcomeDoesNotDependOnTheNumberOfThreads() throws {
    var example = Example()
    let one = try example.run()
    example.workerCount = 4
    let four = try example.run()
    #expect(one.grids[0].pair(area: 1) == four.grids[0].pair(area: 1))
    #expect(one.inputs.map(\.name) == four.inputs.map(\.name))
  }

  @Test(
    "A focus is an area of the grid, with a register or without one",
    arguments: [
      [String](), ["areas: { file: areas.csv, code: code, focus: Z }"],
    ])
  func focus(areas: [String]) throws {
    let example = Example(
      keys: areas.isEmpty ? ["areas: { focus: Z }"] : areas,
      files: ["areas.csv": "code\nA\nB\n"])
    let failure = try #require(try example.failure())
    #expect(failure.found == "unknown code \"Z\" in `focus`")
    #expect(failure.expected == "one of: A, B")
  }

  @Test func memoryLimitIsHeld() throws {
    let folder = try TestFolder()
    let job = try Example(
      keys: [
        "areas: { lookup: a.csv, code: code }", "sectors: { file: a.csv, code: code }",
      ],
      files: ["a.csv": "code\nA\nB\n"]
    ).job(in: folder)
    let failure = try #require(throws: Failure.self) {
      try Session(job, workerCount: 1, memoryLimit: 100).run()
    }
    #expect(failure.kind == .failed)
    #expect(failure.found.contains("more than --memory allows (100)"))
  }
}
