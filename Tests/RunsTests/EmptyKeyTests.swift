import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Keys that are no codes: empty ones, errors of spreadsheets, headings that are repeated.
struct EmptyKeyTests {
  private static let levels =
    "level,area,sector,count\nNational,,x,60\nNational,,y,40\nRegional,,x,30\nDistrict,A,x,10\n"
    + "District,A,y,20\nDistrict,B,x,30\nDistrict,B,y,40\n"

  @Test func rowsOfAnotherLevelAreNamed() throws {
    var example = Example(files: ["provision.csv": Self.levels])
    let failure = try #require(try example.failure())
    #expect(failure.place == Place(file: "provision.csv", line: 2, column: 2))
    #expect(failure.found == "the area code in `area` is empty")
    #expect(
      failure.advice
        == "Rows without it have `level` \"National\", \"Regional\": keep one level, "
        + "`where: { level: District }`")
    example.provision["where"] = "{ level: District }"
    let outcome = try example.run()
    #expect(outcome.areas.codes == ["A", "B"])
    #expect(outcome.grids[0].provision.value.elements == [10, 20, 30, 40])
  }

  /// What stands in the place of a key that is empty, in rows of either side, marked or not.
  @Test(arguments: ["", " ", "\u{a0}", "\u{200b}", "\u{2007}\u{feff}", "\" \""])
  func blankIsNoCode(blank: String) throws {
    let text = Example.counts + "\(blank),x,5\n"
    for side in ["provision.csv", "demand.csv"] {
      let failure = try #require(try Example(files: [side: text]).failure())
      #expect(failure.place == Place(file: side, line: 6, column: 1))
    }
    let marked = Example(
      provision: ["markers": "{ \"\": 0.. }"],
      files: ["provision.csv": Example.counts + "\(blank),x,\n"])
    #expect(try marked.failure()?.found.contains("the area code in `area` is empty") == true)
  }

  @Test func adviceThatLeavesRowsOutLeadsToTheRightResult() throws {
    var example = Example(files: ["provision.csv": Example.counts + "\u{a0},x,5\n"])
    let advice = try #require(try example.failure()?.advice)
    #expect(advice.contains("`where: { area: { not: \"\\u00A0\" } }`"))
    example.provision["where"] = "{ area: { not: \"\\u00A0\" } }"
    #expect(try example.run().grids[0].provision.value.elements == [10, 20, 30, 40])
  }

  @Test func noMarkerIsAdvisedWhereKeysAreEmptyToo() throws {
    let failure = try #require(
      try Example(files: ["provision.csv": Example.counts + "Total,,\n"]).failure())
    #expect(failure.place == Place(file: "provision.csv", line: 6, column: 2))
    #expect(failure.advice?.contains("markers") == false)
  }

  @Test(arguments: ["period: { column: when }", "period: { column: when, match: '^(\\d*)' }"])
  func emptyPeriodIsRefusedOnlyInRowsThatAreKept(key: String) throws {
    let rows =
      "kind,when,area,sector,count\nrate,,A,x,5\nn,2021,A,x,10\nn,2021,A,y,20\nrate,,A,y,6\n"
    let period = String(key.dropFirst("period: ".count))
    let both = ["period": period, "where": "{ kind: n }"]
    let demand = rows.replacing("10", with: "30")
    var example = Example(
      provision: both, demand: both, files: ["provision.csv": rows, "demand.csv": demand])
    #expect(try example.run().grids.map(\.period) == ["2021"])
    example.files["provision.csv"] = rows + "n,,B,x,7\n"
    #expect(
      try example.failure()?.place == Place(file: "provision.csv", line: 6, column: 2))
    example.keys = ["periods: { pair: \"2021 = 2021\" }"]
    #expect(
      try example.failure()?.place == Place(file: "provision.csv", line: 6, column: 2))
  }

  /// Registers, maps, totals, targets and tables of pairs.
  @Test(arguments: [
    ("areas: { lookup: list.csv, code: code }", "code,n\nA,1\nB,1\n,1\n", 4),
    ("sectors: { file: list.csv, code: code }", "code,n\nx,1\ny,1\n\u{a0},1\n", 4),
  ])
  func emptyCodeOfARegisterIsRefused(key: String, list: String, line: Int) throws {
    let failure = try #require(try Example(keys: [key], files: ["list.csv": list]).failure())
    #expect(failure.place == Place(file: "list.csv", line: line, column: 1))
  }

  @Test(arguments: ["from", "to"])
  func emptyCodeOfAMapIsRefused(end: String) throws {
    let map = "from,to\nx,1\ny,2\n" + (end == "from" ? ",3\n" : "z,\n")
    for side in ["provision", "demand"] {
      let crosswalk = ["crosswalk": "{ file: map.csv, from: from, to: to }"]
      let failure = try #require(
        try Example(
          provision: side == "provision" ? crosswalk : [:],
          demand: side == "demand" ? crosswalk : [:], files: ["map.csv": map]
        ).failure())
      #expect(failure.place == Place(file: "map.csv", line: 4, column: end == "from" ? 1 : 2))
      #expect(failure.found.contains("`\(end)` is empty"))
    }
  }

  @Test func emptyCodeOfTotalsIsRefused() throws {
    let failure = try #require(
      try Example(
        provision: [
          "totals": "{ file: totals.csv, area: area, period: { constant: all }, value: n }",
          "period": "{ constant: all }",
        ], files: ["totals.csv": "area,n\nA,30\n,70\n"]
      ).failure())
    #expect(failure.place == Place(file: "totals.csv", line: 3, column: 1))
  }

  @Test(arguments: [
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "Err:502", "err:508", "#n/a", " #N/A ",
  ])
  func errorOfASpreadsheetIsNoCode(error: String) throws {
    var example = Example(files: ["provision.csv": Example.counts + "\(error),x,5\n"])
    let failure = try #require(try example.failure())
    #expect(failure.place == Place(file: "provision.csv", line: 6, column: 1))
    let filter = "{ area: { not: \"\(error)\" } }"
    #expect(failure.advice?.contains(filter) == true || error.hasPrefix("err"))
    example.provision["where"] = filter
    #expect(try example.run().areas.codes == ["A", "B"])
  }

  @Test(arguments: ["#", "#1", "Error: none", "E502", "#hash tag!"])
  func otherTextsMayBeCodes(text: String) {
    #expect(!KeyText.isSpreadsheetError(text))
  }

  @Test(arguments: ["\u{feff}", ""])
  func repeatedHeadingsAreReportedAsSuch(mark: String) throws {
    let joined = Example.counts + mark + "area,sector,count\nC,x,5\n"
    let failure = try #require(try Example(files: ["demand.csv": joined]).failure())
    #expect(failure.place == Place(file: "demand.csv", line: 6, column: 1))
    #expect(failure.found == "the headings are repeated: files were joined here")
  }

  /// Quoted or not, alone or several, wherever blocks begin.
  @Test(arguments: ["C", "\"C\"", "\u{feff}C", "\"\u{43}\""])
  func byteOrderMarkBeforeARecordIsDropped(field: String) throws {
    let rows = Example.counts + "\u{feff}\(field),x,5\nC,y,6\n"
    var example = Example(files: ["provision.csv": rows, "demand.csv": rows])
    for workerCount in [1, 2] {
      example.workerCount = workerCount
      let outcome = try example.run()
      #expect(outcome.areas.codes == ["A", "B", "C"])
      #expect(outcome.value(.provision, "C", "x") == 5)
    }
  }

  @Test(arguments: [
    "{ columns: [\"*\"], name: category, match: '^n ?(.*)' }",
    "{ columns: [\"n*\"], name: category, match: '^n ?(.*)' }",
  ])
  func headingWithoutACodeIsRefused(value: String) throws {
    let failure = try #require(
      try Example(
        provision: ["value": value, "category": "-"],
        files: ["provision.csv": "n,n x,n y\n1,10,20\n"]
      ).failure())
    #expect(failure.place == Place(file: "provision.csv", line: 1, column: 1))
  }
}
