import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// What a server sends in the place of a table.
@Suite struct MessageTests {
  /// Contents that are no table, with a part of what is reported.
  static let contents: [(text: String, found: String)] = [
    ("No data\n", "is a message: \"No data\""),
    ("Error: the query returns 1,234,567 cells, more than 25,000. Please register.\n", "a message"),
    ("Too many requests\r\nRetry after 30 seconds, or register.\r\n", "is a message: \"Too many"),
    ("Error\nInternal Server Error\n", "is a message: \"Error\""),
    ("\"No data, sorry\"\n", "is a message"),
    ("\n\n  Access denied for this resource\n", "is a message: \"Access denied"),
    ("{\"error\":\"Rate limit exceeded\",\"status\":429}\n", "is JSON: \"{\"error\""),
    ("[ {\"area\": \"E1\"} ]", "is JSON"),
    ("<?xml version=\"1.0\"?>\n<Error><Message>limit</Message></Error>\n", "is XML"),
    ("\u{feff}<!DOCTYPE html>\n<html><head></head></html>\n", "is a web page"),
    ("<?xml version=\"1.0\"?>\n<html><body>Sign in</body></html>\n", "is a web page"),
    ("version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n", "a pointer of git"),
    ("", "the file is empty"), (" \r\n\n", "the file is empty"),
    ("area,sector,count\n", "an empty result: there are column names and no rows"),
  ]

  @Test(arguments: contents)
  func isReportedByInspect(text: String, found: String) throws {
    let folder = try TestFolder()
    let accounts = try Inspection.accounts(of: try folder.write("data.csv", text))
    #expect(accounts.count == 1)
    #expect(accounts[0].problem?.contains(found) == true, "\(accounts[0].problem ?? "none")")
    #expect(accounts[0].proposal == nil)
  }

  /// Sides, registers, lookups, crosswalks and totals alike.
  @Test(
    arguments: contents,
    [
      "provision.csv", "areas.csv", "lookup.csv", "totals.csv",
    ])
  func isRefusedByARun(_ content: (text: String, found: String), file: String) throws {
    var example = Example(files: [
      "areas.csv": "code\nA\nB\n", "lookup.csv": "from,to\nx,x\ny,y\n",
      "totals.csv": "area,count\nA,30\nB,70\n",
    ])
    example.keys = ["areas: { file: areas.csv, code: code }"]
    example.provision["crosswalk"] = "{ file: lookup.csv, from: from, to: to }"
    example.provision["totals"] = "{ file: totals.csv, area: area, value: count }"
    #expect(try example.failure() == nil)
    example.files[file] = content.text
    let failure = try #require(try example.failure())
    #expect(failure.place?.file == file)
    // A table of other columns is refused for them first.
    let isOther = content.text.hasPrefix("area,") && file != "provision.csv"
    #expect(failure.found.contains(content.found) || isOther, "\(failure)")
  }

  @Test func membersOfArchivesAreLookedAtToo() throws {
    var zip = ZipFixture()
    zip.add("page.csv", "<!DOCTYPE html><html></html>")
    let folder = try TestFolder()
    let path = try folder.write("data.zip", bytes: zip.bytes)
    let failure = #expect(throws: Failure.self) {
      _ = try TableJob(files: []).open(InputFile(name: "data.zip", path: path)).header
    }
    #expect(failure?.found.hasPrefix("is a web page") == true)
    #expect(failure?.place?.file.hasSuffix("data.zip[page.csv]") == true)
    #expect(try Inspection.accounts(of: path).first?.problem?.contains("a web page") == true)
  }

  /// Small tables that have something of a message.
  @Test(arguments: [
    "code\nE06000001\nE06000002\n",
    "name\nRedcar and Cleveland\nKingston upon Hull, City of\n",
    "[1] sector,count\nx,1\n",
    "area, sector, count\nCity of London, x, 10\nCity of Leeds, y, 20\n",
    "<5,area\n1,2\n",
  ])
  func tablesAreNoMessages(text: String) throws {
    #expect(TextKind(Array(text.utf8)[...], isWhole: true) == nil)
  }

  @Test func aPageOfAQueryIsReportedByInspect() throws {
    let header = "GEOGRAPHY_CODE,CELL_NAME,OBS_VALUE,RECORD_OFFSET,RECORD_COUNT\n"
    let rows = (0..<3).map { "E0600000\($0 + 1),a,5,\($0),7\n" }.joined()
    let folder = try TestFolder()
    let account = try #require(
      try Inspection.accounts(of: try folder.write("page.csv", header + rows)).first)
    #expect(account.warnings.contains { $0.hasPrefix("the file holds 3 of 7 records") })
    let whole = try folder.write("whole.csv", (header + rows).replacing(",7\n", with: ",3\n"))
    #expect(try Inspection.accounts(of: whole).first?.warnings == [])
  }

  @Test func aSheetWithOneTextIsAMessage() throws {
    let folder = try TestFolder()
    let fixture = WorkbookFixture(
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>No data available</t></is></c></row>")
    let path = try folder.write("book.xlsx", bytes: fixture.zip.bytes)
    #expect(
      try Inspection.accounts(of: path).first?.problem?.contains(
        "is a message: \"No data available\"") == true)
    #expect(throws: Failure.self) {
      _ = try TableJob(files: []).open(InputFile(name: "book.xlsx", path: path)).header
    }
  }

  @Test(arguments: [25_000, 65_535, 100_000])
  func rowsUpToALimitAreWarnedOf(count: Int) throws {
    func checks(_ count: Int, quoted: Bool) throws -> [CheckRow] {
      let rows = (0..<count).map {
        "A\($0 / 50),\"s\($0 % 50)\(quoted && $0 == 0 ? "\n" : "")\",1\n"
      }
      let example = Example(files: ["provision.csv": "area,sector,count\n" + rows.joined()])
      return try example.run().checks.filter { $0.check == "cut-extracts" }
    }
    let found = try checks(count, quoted: true)
    #expect(found.map(\.result) == [.warn])
    #expect(found[0].place == "provision.csv")
    #expect(found[0].message.contains("exactly \(NumberText.grouped(Double(count))) rows"))
    #expect(try checks(count - 1, quoted: true).map(\.result) == [.pass])
  }
}
