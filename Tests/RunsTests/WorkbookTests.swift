import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// What a sheet's XML means, cell by cell, and what is refused.
@Suite struct WorkbookTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func open(_ fixture: WorkbookFixture) throws -> Workbook {
    try Workbook(ByteSource(path: scratch.file("book.xlsx", fixture.zip.bytes)))
  }

  private func records(_ fixture: WorkbookFixture) throws -> [RawRecord] {
    let stream = try open(fixture).records(sheet: fixture.sheets[0].name)
    var records: [RawRecord] = []
    while let record = try stream.next() { records.append(record) }
    return records
  }

  private func failure(_ fixture: WorkbookFixture) -> String {
    do {
      return "read: \(try records(fixture))"
    } catch {
      return "\(error)".replacing(scratch.path + "/", with: "")
    }
  }

  @Test func readsEveryTypeOfCell() throws {
    var fixture = WorkbookFixture(
      """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>\
      <c r="C1" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r>\
      <rPh sb="0" eb="1"><t>no</t></rPh></is></c></row>
      <row r="2"><c r="A2"><v>4.0</v></c><c r="B2" t="n"><v>1111</v></c><c r="C2"><v>0.1</v></c>\
      <c r="D2"><v>1E+16</v></c><c r="E2"><v>-0.30000000000000004</v></c></row>
      <row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="b"><v>0</v></c>\
      <c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="str"><f>A1&amp;"!"</f><v>a_x000D_!</v></c>\
      <c r="E3"><f>1+1</f><v>2</v></c><c r="F3" t="d"><v>2022-06-30</v></c></row>
      """)
    fixture.sharedStrings =
      "<si><t>plain &amp; simple</t></si>"
      + "<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r><rPh><t>x</t></rPh></si>"
    #expect(
      try records(fixture) == [
        RawRecord(line: 1, cells: ["plain & simple", "rich text", "in line"]),
        RawRecord(
          line: 2, cells: ["4", "1111", "0.1", "1e+16", "-0.30000000000000004"],
          shown: [ShownCell(cell: 4, key: .text("-0.3"))]),
        RawRecord(line: 3, cells: ["TRUE", "FALSE", "#N/A", "a\r!", "2", "2022-06-30"]),
      ])
  }

  @Test func placesCellsAndRowsByTheirReferences() throws {
    let fixture = WorkbookFixture(
      """
      <row><c><v>1</v></c><c/><c><v>3</v></c></row>
      <row r="3"/>
      <row r="5" spans="1:3"><c r="C5"><v>30</v></c><c r="A5"><v>10</v></c><c><v>20</v></c>\
      <c r="Z5" s="1"/></row>
      <row><c r="B7"><v>7</v></c></row>
      <row r="9"><c r="A9" t="inlineStr"><is><t></t></is></c></row>
      """)
    #expect(
      try records(fixture) == [
        RawRecord(line: 1, cells: ["1", "", "3"]),
        RawRecord(line: 5, cells: ["10", "20", "30"]),
        RawRecord(line: 7, cells: ["", "7"]),
      ])
  }

  @Test(arguments: [
    ("1", "1900-01-01"), ("59", "1900-02-28"), ("60", "1900-02-29"), ("61", "1900-03-01"),
    ("44742", "2022-06-30"), ("44742.604166666664", "2022-06-30T14:30:00"), ("0.5", "12:00:00"),
    ("2958465", "9999-12-31"), ("2958466", "2958466"), ("-1", "-1"),
    ("44742.99999999999", "2022-07-01"), ("1.0000001", "1900-01-01T00:00:00.009"),
  ])
  func showsDatesAsISO(serial: String, text: String) throws {
    var fixture = WorkbookFixture("<row><c s=\"1\"><v>\(serial)</v></c></row>")
    fixture.cellFormats = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
    #expect(try records(fixture).first?.cells == [text])
  }

  @Test func countsDatesFrom1904WhereTheWorkbookDoes() throws {
    var fixture = WorkbookFixture(
      "<row><c s=\"0\"><v>0</v></c><c s=\"0\"><v>43280</v></c><c s=\"0\"><v>0.25</v></c></row>")
    fixture.cellFormats =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>"
      + "<cellXfs><xf numFmtId=\"164\"/></cellXfs>"
    fixture.is1904 = true
    #expect(try records(fixture).first?.cells == ["1904-01-01", "2022-06-30", "06:00:00"])
  }

  @Test(arguments: [
    ("General", false), ("0.00", false), ("yyyy-mm-dd", true), ("[$-809]d mmm yy;@", true),
    ("\"days\" 0", false), ("[Red]0.0", false), ("[h]:mm:ss", false), ("mm:ss", true),
    ("0\\d", false), ("#,##0_m;[Red](#,##0)", false), ("h:mm AM/PM", true), ("@", false),
    ("_-* #,##0_-;\\-* #,##0_-;_-* \"-\"??_-;_-@_-", false), ("0;d", false),
  ])
  func tellsDatesByTheirFormat(code: String, isDate: Bool) {
    #expect(CellFormats.isDate(code) == isDate)
  }

  @Test func namesMergedRangesAndHiddenSheets() throws {
    var fixture = WorkbookFixture("<row><c><v>1</v></c></row>")
    fixture.sheets.append(("Hidden & more".replacing("&", with: "&amp;"), "veryHidden", ""))
    fixture.trailer =
      "<mergeCells count=\"2\"><mergeCell ref=\"A1:C2\"/><mergeCell ref=\"$D$4\"/></mergeCells>"
    let workbook = try open(fixture)
    #expect(
      workbook.sheets == [
        SheetName(name: "Data", isHidden: false), SheetName(name: "Hidden & more", isHidden: true),
      ])
    #expect(
      try workbook.mergedRanges(sheet: "Data")
        == ["A1:C2", "D4:D4"].compactMap { CellRange($0) })
  }

  @Test(arguments: [
    ("<row r=\"2\"/><row r=\"1\"/>", "book.xlsx[Data]:1: row 1 follows row 2"),
    ("<row r=\"2000000\"/>", "book.xlsx[Data]:2000000: the sheet goes beyond row 1048576"),
    ("<row><c r=\"AAAA1\"/></row>", "book.xlsx[Data]:1: a cell is named \"AAAA1\""),
    ("<row><c><v>x</v></c></row>", "book.xlsx[Data]:1:1: a number is \"x\""),
    ("<row><c><v>1e999</v></c></row>", "book.xlsx[Data]:1:1: a number is \"1e999\""),
    ("<row><c t=\"s\"><v>7</v></c></row>", "book.xlsx[Data]:1:1: shared text 7 of 0"),
    ("<row><c t=\"q\"><v>7</v></c></row>", "book.xlsx[Data]:1:1: a cell of type \"q\""),
    (
      "<row><c r=\"A1\"><v>7</v></c><c r=\"A1\"><v>8</v></c></row>",
      "book.xlsx[Data]:1:1: the cell is duplicated"
    ),
    ("<row><c></row>", "book.xlsx[xl/worksheets/sheet0.xml]:1:33: the XML is broken"),
    ("<row>\u{0}</row>", "book.xlsx[xl/worksheets/sheet0.xml]:1:28: the XML is broken"),
    ("<row>", "book.xlsx[xl/worksheets/sheet0.xml]:1:30: the XML is broken"),
    (
      "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
        + "<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>",
      "book.xlsx[xl/worksheets/sheet0.xml]:1:34: the XML declares a document type"
    ),
  ])
  func refusesWhatNoProgramWrites(data: String, message: String) {
    #expect(failure(WorkbookFixture(data)).hasPrefix(message))
  }

  @Test func refusesDeepNestingAndLongTags() {
    let part = "book.xlsx[xl/worksheets/sheet0.xml]:1"
    let deep = String(repeating: "<a>", count: 500)
    #expect(
      failure(WorkbookFixture(deep)).hasPrefix(
        "\(part):401: elements are nested more than 128 deep"))
    let long = "<row a=\"\(String(repeating: "a", count: 3 << 20))\"/>"
    #expect(
      failure(WorkbookFixture(long)).hasPrefix("\(part):23: a tag or comment is longer than 1 MiB")
    )
  }

  @Test func refusesARecordBeyondTheLimit() {
    var fixture = WorkbookFixture(
      "<row>" + String(repeating: "<c t=\"s\"><v>0</v></c>", count: 40) + "</row>")
    fixture.sharedStrings = "<si><t>\(String(repeating: "a", count: 1 << 19))</t></si>"
    #expect(
      failure(fixture).hasPrefix("book.xlsx[Data]:1:33: a record is longer than 16 MiB"))
  }

  @Test(arguments: [
    "xl/worksheets/sheet0.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
    "xl/styles.xml",
  ])
  func namesAMissingPart(part: String) {
    var fixture = WorkbookFixture("")
    fixture.sharedStrings = ""
    fixture.withoutParts = [part]
    #expect(failure(fixture).hasPrefix("book.xlsx: the workbook has no part \"\(part)\""))
  }

  @Test func listsTheSheetsWhereAnUnknownOneIsAsked() throws {
    let workbook = try open(WorkbookFixture(""))
    #expect(throws: Failure.self) { try workbook.records(sheet: "data") }
  }

  @Test func aCutWorkbookIsTold() throws {
    let bytes = WorkbookFixture("<row><c><v>1</v></c></row>").zip.bytes
    for count in stride(from: 4, to: bytes.count - 1, by: 37) {
      let path = try scratch.file("cut.xlsx", Array(bytes.prefix(count)))
      #expect(throws: Failure.self) { try Workbook(ByteSource(path: path)) }
    }
  }

  @Test func aSpoiltByteNeverCrashes() throws {
    var fixture = WorkbookFixture("<row><c><v>1</v></c><c t=\"s\"><v>0</v></c></row>")
    fixture.sharedStrings = "<si><t>a_x000A_b</t></si>"
    let bytes = fixture.zip.bytes
    for index in stride(from: 0, to: bytes.count, by: 3) {
      var spoilt = bytes
      spoilt[index] ^= UInt8(truncatingIfNeeded: 1 << (index % 8))
      let path = try scratch.file("spoilt.xlsx", spoilt)
      do {
        let source = try ByteSource(path: path)
        guard source.workbook != nil else { continue }
        let workbook = try Workbook(source)
        for sheet in workbook.sheets {
          let stream = try workbook.records(sheet: sheet.name)
          while try stream.next() != nil {}
        }
      } catch is Failure {
        continue
      }
    }
  }
}
