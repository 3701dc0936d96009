import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Names and parts in the history of a cell.
struct ExplainTrailTests {
  /// The history of a cell of a small job.
  private static func history(
    _ example: Example, area: String, sector: String
  ) throws -> CellHistory {
    let folder = try TestFolder()
    let job = try example.job(in: folder)
    let outcome = try Session(job, workerCount: 1).run()
    try OutputFolder("\(folder.path)/out", force: false).write(
      outcome, options: Manifest.Options(seed: 0))
    let run = try FinishedRun(folder: "\(folder.path)/out")
    let cell = try run.cell(area: area, sector: sector, period: nil)
    return try Session(run.job(file: nil), workerCount: 1).history(of: cell, in: run)
  }

  /// The parts of a side's lines, as `column=text`, by line.
  private static func parts(_ side: SideHistory) -> [Int: [String]] {
    Dictionary(
      uniqueKeysWithValues: side.lines.map { line in
        (line.line ?? 0, line.parts.map { "\($0.column)=\($0.text)" })
      })
  }

  @Test("Lines say which part of a count they are, by sum-over and by filters of several texts")
  func parts() throws {
    let counts = """
      area,sector,sex,age,count
      A,x,F,16,1
      A,x,M,16,2
      A,x,F,19,4
      A,y,F,16,8
      A,x,T,16,9
      B,x,F,16,3

      """
    let history = try Self.history(
      Example(
        provision: ["sum-over": "[ age ]", "where": "{ sex: [ F, M ] }"],
        files: ["provision.csv": counts]), area: "A", sector: "x")
    #expect(history.sides[0].cell.value == 7)
    #expect(
      Self.parts(history.sides[0]) == [
        2: ["age=16", "sex=F"], 3: ["age=16", "sex=M"], 4: ["age=19", "sex=F"],
      ])
    #expect(history.sides[1].lines.allSatisfy { $0.parts.isEmpty })
  }

  @Test("Parts of a wide table have the texts of their row")
  func wideParts() throws {
    let wide = "area,level,x,y\nA,2,1,2\nA,3,4,8\nB,2,5,5\n"
    let history = try Self.history(
      Example(
        provision: [
          "category": "-", "value": "{ columns: [ x, y ], name: category }",
          "sum-over": "[ level ]",
        ], files: ["provision.csv": wide]), area: "A", sector: "y")
    #expect(history.sides[0].cell.value == 10)
    #expect(Self.parts(history.sides[0]) == [2: ["level=2"], 3: ["level=3"]])
  }

  @Test(
    "Codes have the names of their source, then of the register, and none that repeats the code")
  func names() throws {
    let history = try Self.history(
      Example(
        provision: [
          "area": "lad_code", "category": "subject",
          "crosswalk": "{ file: map.csv, from: subject, to: sector }",
        ],
        keys: [
          "areas: { level: own, lookup: areas.csv, code: code, name: name }",
          "sectors: { scheme: own, file: sectors.csv, code: code, name: name }",
        ],
        files: [
          "areas.csv": "code,name\nA,Ayton\nB,Beeton\n",
          "sectors.csv": "code,name\nx,Xylography\ny,y\n",
          "map.csv": "subject,sector\nart,x\nmaths,y\n",
          "provision.csv":
            "lad_code,lad_name,subject,count\nA,Great Ayton,art,10\nA,Great Ayton,maths,5\n"
            + "B,Beeton,art,1\nB,Beeton,maths,1\n",
        ]), area: "ayton", sector: "xylography")
    let (provision, demand) = (history.sides[0], history.sides[1])
    #expect(provision.lines.map(\.areaName) == ["Great Ayton"])
    #expect(provision.lines.map(\.categoryName) == [nil])
    #expect(provision.steps.map(\.toName) == ["Xylography"])
    #expect(demand.lines.map(\.areaName) == ["Ayton"])
    #expect(demand.products.map(\.categoryName) == ["Xylography"])
    #expect(history.sentence.text.hasPrefix("In Ayton, 66.7 % of people trained and 33.3 % of "))
    #expect(history.differences.isEmpty)
  }
}
