import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Tables as spreadsheets leave them.
@Suite struct LayoutVariantTests {
  static let notes =
    "Source: made up,,\n1. Rounded to the nearest 10,,\n,,\n\"Note, for all areas\",,\n"

  @Test func paddedNotesBelowATableAreNoRows() throws {
    var example = Example(files: ["provision.csv": Example.counts + Self.notes])
    example.provision["markers"] = "{ \"\": 0.. }"
    let outcome = try example.run()
    #expect(outcome.areas.codes == ["A", "B"])
    #expect(outcome.inputs.first { $0.name == "provision.csv" }?.notes.count == 3)
    let found = outcome.checks.filter { $0.check == "notes" && $0.place == "provision.csv" }
    #expect(found.first?.message.contains("3 notes") == true)
    let folder = try TestFolder()
    let account = try #require(
      try Inspection.accounts(
        of: try folder.write("data.csv", Example.counts + Self.notes)
      ).first)
    #expect(account.rowCount == 4)
    #expect(account.blocks.first?.footnotes.count == 3)
  }

  /// An area whose figures are all missing is no note.
  @Test func aRowWithoutFiguresStaysARow() throws {
    let example = Example(
      provision: ["markers": "{ \"\": 0.. }", "value": "{ columns: [x, y], name: category }"],
      demand: ["markers": "{ \"\": 0.. }"],
      files: ["provision.csv": "area,x,y\nA,1,2\nBournemouth,,\n"])
    #expect(try example.run().areas.codes == ["A", "B", "Bournemouth"])
  }

  @Test func notesBelowTheTableOfASheet() throws {
    func row(_ line: Int, _ texts: [String]) -> String {
      "<row r=\"\(line)\">"
        + zip(["A", "B", "C"], texts).map {
          "<c r=\"\($0)\(line)\" t=\"inlineStr\"><is><t>\($1)</t></is></c>"
        }.joined() + "</row>"
    }
    let data = [["area", "sector", "count"], ["A", "x", "1"], ["B", "x", "2"], ["Source: ONS"]]
    let rows = data.enumerated().map { row($0 + 1, $1) }.joined()
    let folder = try TestFolder()
    let path = try folder.write("book.xlsx", bytes: WorkbookFixture(rows).zip.bytes)
    var table = try TableJob(files: []).open(InputFile(name: "book.xlsx", path: path))
    var count = 0
    while try table.next() { count += 1 }
    #expect(count == 2)
  }

  @Test func aMatrixWithAnEmptyCorner() throws {
    let text = ",E06000001,E06000002,E06000003\nE06000001,5,1,2\nE06000002,3,6,0\nE06000003,1,1,9\n"
    let folder = try TestFolder()
    let path = try folder.write("flows.csv", text)
    #expect(try Inspection.accounts(of: path).first?.reader == "origin-destination")
    var table = try TableJob(files: []).open(InputFile(name: "flows.csv", path: path))
    #expect(table.header == ["origin", "destination", "value"])
    var rows: [[String]] = []
    while try table.next() { rows.append(try (0..<3).map { try table.text($0) }) }
    #expect(rows.count == 9)
    #expect(rows[3] == ["E06000002", "E06000001", "3"])
  }

  @Test(arguments: [
    "area,2021,2022\nA,1,2\nB,3,4\n", "Counts by area\n\narea,2021,2022\nA,1,2\nB,3,4\n",
  ])
  func yearsAreHeadings(text: String) throws {
    let example = Example(
      provision: [
        "category": "{ constant: x }", "value": "{ columns: [\"20*\"], name: period }",
      ],
      demand: ["period": "{ constant: \"2022\" }"], files: ["provision.csv": text])
    #expect(try example.run().value(.provision, "B", "x") == 4)
  }

  @Test func yearsAreHeadingsOfASheet() throws {
    let rows = """
      <row r="1"><c r="A1" t="inlineStr"><is><t>area</t></is></c><c r="B1"><v>2021</v></c><c r="C1"><v>2022</v></c></row>
      <row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c></row>
      <row r="3"><c r="A3" t="inlineStr"><is><t>B</t></is></c><c r="B3"><v>3</v></c><c r="C3"><v>4</v></c></row>
      """
    let folder = try TestFolder()
    let path = try folder.write("book.xlsx", bytes: WorkbookFixture(rows).zip.bytes)
    let table = try TableJob(files: []).open(InputFile(name: "book.xlsx", path: path))
    #expect(table.header == ["area", "2021", "2022", "[sheet]"])
    let account = try #require(try Inspection.accounts(of: path).first)
    #expect(account.headings?.role == .period)
  }

  /// Other programs name the parts of a workbook as they like.
  @Test(arguments: [("/xl/workbook2.xml", "xl"), ("book/main.xml", "book")])
  func workbooksAreFoundByTheirRelations(target: String, folder name: String) throws {
    let rows = """
      <row r="1"><c r="A1" t="inlineStr"><is><t>area</t></is></c><c r="B1" t="inlineStr"><is><t>count</t></is></c></row>
      <row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2"><v>1</v></c></row>
      """
    let usual = WorkbookFixture(rows).zip
    let part = target.split(separator: "/").last ?? ""
    var zip = ZipFixture()
    zip.add(
      "_rels/.rels",
      "<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"\(target)\"/></Relationships>"
    )
    for member in usual.members where member.name != "_rels/.rels" {
      var moved = member
      moved.name = member.name.replacing("workbook.xml", with: part)
        .replacing("xl/", with: "\(name)/")
      moved.bytes = Array(
        String(decoding: member.bytes, as: UTF8.self).replacing("/xl/", with: "/\(name)/").utf8)
      zip.members.append(moved)
    }
    let folder = try TestFolder()
    let path = try folder.write("book.xlsx", bytes: zip.bytes)
    var table = try TableJob(files: []).open(InputFile(name: "book.xlsx", path: path))
    #expect(table.header == ["area", "count", "[sheet]"])
    #expect(try table.next())
    #expect(try Inspection.accounts(of: path).first?.format == "workbook")
  }
}
