import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

struct DelimitedScannerTests {
  @Test(arguments: ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2", "a,b\r\n1,2", "a,b\n1,2\r"])
  func lineEndingsDoNotMatter(text: String) throws {
    #expect(try rows(text) == [["a", "b"], ["1", "2"]])
  }

  @Test func byteOrderMarkIsNoPartOfTheFirstField() throws {
    #expect(try rows("\u{feff}a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
    #expect(try rows("\u{feff}\"a\",b\n") == [["a", "b"]])
    #expect(try rows("\u{feff}") == [])
  }

  @Test func byteOrderMarkIsDroppedBeforeARecordOnly() throws {
    #expect(try rows("a\n\u{feff}b\n\u{feff}\u{feff}\"c\"\n\u{feff}") == [["a"], ["b"], ["c"]])
    #expect(try rows("a,b\nc,\u{feff}d\n") == [["a", "b"], ["c", "\u{feff}d"]])
  }

  @Test func quotesHoldDelimitersBreaksAndDoubledQuotes() throws {
    let text = "\"a,b\",\"two\nlines\",\"say \"\"so\"\"\",\"\"\"\"\n\"\",\"cr\r\nlf\",\" s \",x\n"
    #expect(
      try rows(text) == [["a,b", "two\nlines", "say \"so\"", "\""], ["", "cr\r\nlf", " s ", "x"]])
  }

  @Test func emptyFieldsAndTrailingDelimitersAreFields() throws {
    #expect(try rows(",\n,,a\nb,\n") == [["", ""], ["", "", "a"], ["b", ""]])
    #expect(try rows("a,") == [["a", ""]])
    #expect(try rows("a,\"\"") == [["a", ""]])
  }

  @Test func emptyLinesAreNoRecordsButCount() throws {
    #expect(
      try records("\n\na\n\r\n\nb\n\n") == [
        ScannedRecord(line: 3, fields: ["a"]), ScannedRecord(line: 6, fields: ["b"]),
      ])
  }

  @Test(arguments: ["", "\n", "\r\n\r\n", "\u{feff}\n"])
  func textWithoutRecordsHasNone(text: String) throws {
    #expect(try rows(text) == [])
  }

  @Test func tabsSeparateWhereTheyAreTheDelimiter() throws {
    #expect(try rows("a,b\tc\n\"1\t2\"\t3\n", delimiter: 9) == [["a,b", "c"], ["1\t2", "3"]])
    #expect(try rows("a\tb,c\n") == [["a\tb", "c"]])
  }

  @Test func spacesAndLoneReturnsStay() throws {
    #expect(try rows(" a , b\nx\ry,z\n") == [[" a ", " b"], ["x\ry", "z"]])
  }

  @Test func linesAreCountedThroughQuotedBreaks() throws {
    let text = "h,i\n\"1\n2\n3\",x\ny,\"\r\n\r\n\"\nlast,z\n"
    #expect(try records(text).map(\.line) == [1, 2, 5, 8])
  }

  @Test func recordsCrossTheWindow() throws {
    let long = String(repeating: "x", count: 300_000)
    let quoted = "\"" + String(repeating: "q\"\"\n,", count: 130_000) + "\""
    let text = "h,i\n\(long),1\n\(long),2\n\(quoted),3\nlast,4\n"
    let found = try records(text)
    #expect(found.map(\.line) == [1, 2, 3, 4, 130_005])
    #expect(found[2].fields == [long, "2"])
    #expect(found[3].fields == [String(repeating: "q\"\n,", count: 130_000), "3"])
    #expect(found[4].fields == ["last", "4"])
  }

  @Test(arguments: -3...3)
  func everyByteMayBeTheLastOfTheWindow(shift: Int) throws {
    let filler = String(repeating: "x", count: (1 << 19) - 12 + shift)
    let text = "\(filler),\"a\"\"b\"\r\n\"c\r\nd\",e\r\nf,g"
    #expect(try rows(text) == [[filler, "a\"b"], ["c\r\nd", "e"], ["f", "g"]])
  }

  @Test func quoteInsideAnUnquotedFieldIsRefusedWithItsPlace() throws {
    let failure = try #require(throws: Failure.self) { try rows("a,b\n1,2\" pipe\n") }
    #expect(failure.kind == .badData)
    #expect(failure.place?.line == 2)
    #expect(failure.place?.column == 2)
    #expect(failure.found == "a quote inside an unquoted field")
  }

  @Test func placesCountQuotedBreaks() throws {
    let failure = try #require(throws: Failure.self) { try rows("a,b\n\"1\n2\",3\nx,y\"z\n") }
    #expect(failure.place?.line == 4)
    #expect(failure.place?.column == 2)
  }

  @Test func unclosedQuoteIsRefusedWhereItsRecordBegins() throws {
    let failure = try #require(throws: Failure.self) { try rows("a,b\n1,2\n3,\"four\n5,6\n") }
    #expect(failure.place?.line == 3)
    #expect(failure.place?.column == 2)
    #expect(failure.found == "a quote is not closed")
  }

  @Test(arguments: ["\"a\"b,c\n", "\"a\" ,c\n", "\"a\"\rb\n"])
  func textBehindAClosingQuoteIsRefused(text: String) throws {
    let failure = try #require(throws: Failure.self) { try rows("h,i\n" + text) }
    #expect(failure.place?.line == 2)
    #expect(failure.place?.column == 1)
    #expect(failure.found == "text follows a closing quote")
  }

  @Test(arguments: [[0xff, 0xfe, 0x61, 0], [0xfe, 0xff, 0, 0x61]] as [[UInt8]])
  func utf16IsToldApart(bytes: [UInt8]) throws {
    let failure = try #require(throws: Failure.self) { try records(bytes: bytes) }
    #expect(failure.kind == .badData)
    #expect(failure.found == "the text is UTF-16")
  }

  @Test func recordLongerThanTheLimitIsRefused() throws {
    let opening = Array("h,i\n1,2\n\"".utf8)
    let failure = try #require(throws: Failure.self) {
      try records(bytes: opening + [UInt8](repeating: 10, count: 17 << 20))
    }
    #expect(failure.kind == .badData)
    #expect(failure.place?.line == 3)
    #expect(failure.found == "a record is longer than 16 MiB")
  }

  @Test func recordBelowTheLimitIsRead() throws {
    let field = String(repeating: "y", count: 3 << 20)
    let found = try rows("a,b\n\(field),2\n")
    #expect(found.count == 2)
    #expect(found[1][0].utf8.count == 3 << 20)
    #expect(found[1][1] == "2")
  }
}
