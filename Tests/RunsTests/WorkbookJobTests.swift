import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Sheets as tables of a job.
@Suite struct WorkbookJobTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func rows(
    _ fixture: WorkbookFixture, sheets: [String] = []
  ) throws -> (header: [String], rows: [[String]]) {
    let path = try scratch.file("book.xlsx", fixture.zip.bytes)
    var job = TableJob(files: [], trimsFields: false, filters: [])
    job.sheets = sheets
    var table = try job.open(InputFile(name: "book.xlsx", path: path))
    let header = table.header
    var rows: [[String]] = []
    while try table.next() {
      var row: [String] = []
      for column in header.indices { row.append(try table.text(column)) }
      rows.append(row)
    }
    return (header, rows)
  }

  private func failure(_ fixture: WorkbookFixture, sheets: [String] = []) -> String {
    do {
      return "read: \(try rows(fixture, sheets: sheets))"
    } catch {
      return "\(error)".replacing(scratch.path + "/", with: "")
    }
  }

  private static func sheet(_ records: [[String]]) -> String {
    records.map { record in
      "<row>"
        + record.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }.joined()
  }

  private static func book(_ sheets: (String, String, [[String]])...) -> WorkbookFixture {
    var fixture = WorkbookFixture("")
    fixture.sheets = sheets.map { ($0.0, $0.1, sheet($0.2)) }
    return fixture
  }

  @Test func theOnlyVisibleSheetIsThePlainTable() throws {
    let fixture = WorkbookJobTests.book(
      ("Notes", "hidden", [["x"]]),
      ("Data", "visible", [[" "], ["code", "name"], ["E1", "A"], ["", " "], ["E2"]]))
    let read = try rows(fixture)
    #expect(read.header == ["code", "name", "[sheet]"])
    #expect(read.rows == [["E1", "A", "Data"], ["E2", "", "Data"]])
  }

  @Test func sheetsOfOneHeaderAreOneTable() throws {
    let fixture = WorkbookJobTests.book(
      ("1. North", "visible", [["a", "b"], ["1", "2"]]), ("Notes", "visible", [["x"]]),
      ("2. South", "visible", [["a", "b"], ["3", "4"]]),
      ("3. Old", "hidden", [["a", "b"], ["5", "6"]]))
    let south = [["3", "4", "2. South"]]
    let north = [["1", "2", "1. North"]]
    #expect(try rows(fixture, sheets: ["*. *"]).rows == north + south)
    #expect(try rows(fixture, sheets: ["2. South", "1. North"]).rows == north + south)
    #expect(try rows(fixture, sheets: ["3. Old"]).rows == [["5", "6", "3. Old"]])
    #expect(
      failure(fixture)
        == "book.xlsx: the workbook has 3 sheets: \"1. North\", \"Notes\", \"2. South\", "
        + "\"3. Old (hidden)\"; expected one. State which: `sheet: 1. North`")
    #expect(failure(fixture, sheets: ["4*"]).hasPrefix("book.xlsx: no sheet is named \"4*\""))
    #expect(
      failure(fixture, sheets: ["1. North", "Notes"]).hasPrefix(
        "book.xlsx[Notes]: column 1 is \"x\"; expected \"a\", as in the first sheet"))
  }

  @Test func aLongRowNamesItsSheetAndPlace() {
    let fixture = WorkbookJobTests.book(("Data", "visible", [["a"], ["1"], ["1", "2"]]))
    #expect(failure(fixture).hasPrefix("book.xlsx[Data]:3:2: the row has 2 cells; expected 1"))
  }

  @Test func aRepeatedFigureNamesTheSheetsOfBoth() throws {
    let fixture = WorkbookJobTests.book(
      ("North", "visible", [["area", "sector", "count"], ["A", "x", "1"], ["A", "y", "2"]]),
      ("South", "visible", [["area", "sector", "count"], ["B", "x", "3"], ["A", "y", "4"]]))
    let path = try scratch.file("book.xlsx", fixture.zip.bytes)
    let side =
      "file: \"\(path)\", sheet: [North, South], area: area, category: sector, value: count"
    let job = try Job(
      text: "provision: { kind: people, \(side) }\ndemand: { kind: jobs, \(side) }\n",
      file: "job.yaml")
    let failure = #expect(throws: Failure.self) { try Session(job, workerCount: 1).run() }
    let text = failure?.description.replacing(scratch.path + "/", with: "") ?? ""
    #expect(text.hasPrefix("book.xlsx[South]:3: a second figure for the same area"))
    #expect(text.contains("first at book.xlsx[North]:3"))
  }

  @Test func anEmptySheetIsTold() {
    #expect(failure(WorkbookFixture("")).hasPrefix("book.xlsx[Data]: the sheet is empty"))
  }

  @Test func textHasNoSheets() throws {
    let path = try scratch.file("data.csv", Array("a\n1\n".utf8))
    var job = TableJob(files: [], trimsFields: false, filters: [])
    job.sheets = ["Data"]
    let file = InputFile(name: "data.csv", path: path)
    do {
      _ = try job.open(file).header
      Issue.record("a sheet of a text was read")
    } catch let failure as Failure {
      #expect(failure.found == "is text and has no sheet \"Data\"")
    }
  }
}
