import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Files of every shape, cut, repeated, spliced and written in other ways: the same answer or a failure
/// with its place, never another answer.
struct RobustnessTests {
  /// A made-up file and how a side reads it.
  struct Shape: Sendable, CustomTestStringConvertible {
    let name: String
    let keys: [String: String]
    let text: String
    var testDescription: String { name }

    func example(_ text: String) -> Example {
      Example(provision: keys, files: ["provision.csv": text])
    }
  }

  // What follows the last count of a row, or is its only digit, may be cut without being noticed.
  static let shapes = [
    Shape(
      name: "table", keys: [:],
      text:
        "area,sector,count,unit\nAlton,x,10,people\nAlton,y,25,people\n\"Bo, Co\",x,1250,people\n"
    ),
    Shape(
      name: "nomis-download",
      keys: ["category": "category", "value": "value", "where": "{ measure: number }"],
      text: """
        "annual survey"
        "ONS Crown Copyright Reserved [from Nomis on 1 May 2024]"

        "date      :","2019"

        Area,Clerks,,Cooks,
        ,number,conf,number,conf
        lep:Alton,10,3,25,!
        Barry,35,*,40,-

        "","Some counts, where small,"

        """),
    Shape(
      name: "origin-destination",
      keys: ["area": "origin", "category": "destination", "value": "value"],
      text: """
        "journeys"
        "ONS Crown Copyright Reserved [from Nomis on 1 May 2024]"

        ,place of work,place of work
        place of residence,Alton,Barry
        Alton,52,1
        Barry,38,9

        """),
    Shape(
      name: "titled-table", keys: ["area": "Area", "category": "Trade", "value": "Count"],
      text: """
        Table 1: people [note 1],,,
        Thousands,,,
        Area,Trade [note 2],Count,Unit
        Alton,x,10,people
        Alton,y,25,people
        Barry,x,30,people

        Notes,,,
        """),
    Shape(
      name: "nomis-pages",
      keys: ["area": "GEOGRAPHY_CODE", "category": "CELL", "value": "OBS_VALUE"],
      text: "GEOGRAPHY_CODE,CELL,OBS_VALUE,OBS_STATUS,RECORD_OFFSET,RECORD_COUNT\n"
        + "E1,a,10,A,0,3\nE1,b,25,A,1,3\nE2,a,30,A,2,3\n"),
  ]

  /// The counts of provision by area and sector, those at 0 left out.
  private func counts(_ outcome: Outcome) -> [String: Double] {
    var counts: [String: Double] = [:]
    for (row, area) in outcome.areas.codes.enumerated() {
      for (cell, sector) in zip(
        outcome.grids[0].pair(area: row).provision.cells, outcome.sectors.codes)
      where cell.value > 0 { counts["\(area)|\(sector)"] = cell.value }
    }
    return counts
  }

  /// What a file's text leads to: counts, or nothing and a failure that was told with its place.
  private func counts(_ shape: Shape, _ text: String) throws -> [String: Double]? {
    do {
      return counts(try shape.example(text).run())
    } catch let failure as Failure {
      #expect(failure.place != nil && failure.kind == .badData, "\(failure)")
      return nil
    }
  }

  /// The text with every field quoted, blank lines kept.
  private func quoted(_ text: String) throws -> String {
    var lines = Array(repeating: "", count: text.split(separator: "\n").count * 2)
    for record in try records(text) {
      lines[record.line - 1] = record.fields.map { "\"\($0.replacing("\"", with: "\"\""))\"" }
        .joined(separator: ",")
    }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: shapes)
  func otherWaysToWriteTheSameGiveTheSame(shape: Shape) throws {
    let expected = try #require(try counts(shape, shape.text))
    #expect(expected.count > 2)
    let quoted = try quoted(shape.text)
    for text in [shape.text, quoted] {
      let returns = text.replacing("\n", with: "\r\n")
      for other in [text, "\u{feff}" + text, returns, "\u{feff}" + returns, text + "\n\n"] {
        #expect(try counts(shape, other) == expected)
      }
    }
    let folder = try TestFolder()
    let job = try shape.example(shape.text).job(in: folder)
    let returns = "\u{feff}" + quoted.replacing("\n", with: "\r\n")
    let packed = try output(of: "gzip", ["-n", "-c", try folder.write("plain", returns)])
    try folder.write("provision.csv", bytes: packed)
    #expect(counts(try Session(job, workerCount: 1).run()) == expected)
  }

  @Test(arguments: shapes)
  func aCutFileHasNoOtherCounts(shape: Shape) throws {
    let expected = try #require(try counts(shape, shape.text))
    let text = Array(shape.text.utf8)
    var toldCount = 0
    for length in text.indices {
      guard let found = try counts(shape, String(decoding: text[..<length], as: UTF8.self)) else {
        toldCount += 1
        continue
      }
      #expect(found.allSatisfy { expected[$0] == $1 }, "cut to \(length) bytes: \(found)")
    }
    #expect(toldCount > 40)
  }

  @Test(arguments: shapes)
  func repeatedLinesAreNotCountedTwice(shape: Shape) throws {
    let expected = try #require(try counts(shape, shape.text))
    let lines = shape.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for line in lines.indices {
      var repeated = lines
      repeated.insert(lines[line], at: line)
      let found = try counts(shape, repeated.joined(separator: "\n"))
      #expect(found == nil || found == expected, "line \(line + 1)")
    }
    let twice = try counts(shape, shape.text + "\n" + shape.text)
    #expect(twice == nil || twice == expected)
  }

  @Test(arguments: 0..<80 as Range<UInt64>)
  func splicedFilesLeadToCountsOrAFailure(seed: UInt64) throws {
    var draws = Draws(seed: seed, cell: 3)
    let shape = draws.pick(Self.shapes)
    var bytes = Array(shape.text.utf8)
    for _ in 0...draws.below(3) {
      let other = Array(draws.pick(Self.shapes).text.utf8)
      let first = draws.below(other.count)
      let piece = other[first..<first + draws.below(other.count - first + 1)]
      let start = draws.below(bytes.count + 1)
      bytes.replaceSubrange(start..<start + draws.below(bytes.count - start + 1), with: piece)
    }
    _ = try counts(shape, String(decoding: bytes, as: UTF8.self))
  }

  /// A letter above 0x7f in every place of a word, as Windows-1252 has it.
  @Test(arguments: shapes)
  func windows1252IsRecognisedAndTold(shape: Shape) throws {
    let folder = try TestFolder()
    let job = try shape.example(shape.text).job(in: folder)
    let text = Array(shape.text.utf8)
    let expected = try #require(try counts(shape, shape.text))
    var toldCount = 0
    for index in text.indices where (97...122).contains(text[index]) {
      var bytes = text
      bytes[index] = 0xe9
      try folder.write("provision.csv", bytes: bytes)
      do {
        // A column that the job does not read may hold anything.
        #expect(counts(try Session(job, workerCount: 1).run()) == expected)
      } catch let failure as Failure {
        toldCount += 1
        let line = text[..<index].count { $0 == 10 } + 1
        #expect(failure.place?.line == line, "\(failure)")
        #expect(failure.found.hasSuffix("not UTF-8"), "\(failure)")
        #expect(failure.advice?.contains("iconv -f WINDOWS-1252") == true)
      }
    }
    #expect(toldCount > 0)
  }

  @Test func aHundredThousandColumnsAreReadOrTold() throws {
    let wide = (0..<100_000).map { "c\($0)" }.joined(separator: ",")
    let ones = String(repeating: ",1", count: 100_000)
    let keys = [
      "category": "-", "value": "{ columns: [ \"c9999*\" ], name: category }", "area": "area",
    ]
    let shape = Shape(name: "wide", keys: keys, text: "area,\(wide)\nA\(ones)\n")
    #expect(try counts(shape, shape.text)?.count == 11)
    #expect(try counts(shape, String(shape.text.dropLast(3))) == nil)
  }

  @Test func aNulByteIsNoNumber() throws {
    #expect(try counts(Self.shapes[0], Self.shapes[0].text.replacing("25", with: "2\u{0}5")) == nil)
  }

  @Test func aGzipBombIsRefused() throws {
    let folder = try TestFolder()
    let packed = try output(
      of: "sh", ["-c", "yes A,x,1 | head -c 100000000 | gzip -n -9"])
    let source = try ByteSource(path: try folder.write("bomb.csv.gz", bytes: packed))
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    let failure = #expect(throws: Failure.self) { while try source.read(into: block) > 0 {} }
    #expect(failure?.found.contains("256 times its packed size") == true)
  }

  /// The inner row sets the column back to none, where the cell's text then has no place.
  @Test func aRowInsideACellIsRefused() throws {
    let folder = try TestFolder()
    let fixture = WorkbookFixture("<row><c><v>1</v><row r=\"2\"></row></c></row>")
    let path = try folder.write("book.xlsx", bytes: fixture.zip.bytes)
    let workbook = try Workbook(ByteSource(path: path))
    let records = try workbook.records(sheet: "Data")
    let failure = #expect(throws: Failure.self) { while try records.next() != nil {} }
    #expect(failure?.found == "a row begins inside a cell")
  }

  @Test func pagesOfManyQueriesTakeNoLongerThanTheirRows() throws {
    let header = "GEOGRAPHY_CODE,CELL,OBS_VALUE,RECORD_OFFSET,RECORD_COUNT\n"
    let rows = (1...20_000).map { "E\($0),a,1,0,\($0)\n" }.joined()
    let failure = try Self.shapes[4].example(header + rows).failure()
    #expect(failure?.found.hasPrefix("records 1 to 1 of 2 are missing") == true)
  }

  @Test func aLongWrongKeyIsComparedWithNothing() {
    let key = String(repeating: "k", count: 1 << 20)
    let failure = #expect(throws: Failure.self) {
      try Job(text: "? \(key)\n: 1\n", file: "job.yaml")
    }
    #expect(failure?.advice == nil)
  }
}
