import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Arrow streams, written by pyarrow (`Tests/Arrow/make.py`), in the place of text.
struct ArrowTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Arrow").standardizedFileURL.path

  private func path(_ name: String) -> String { "\(Self.folder)/\(name)" }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  // MARK: Text

  /// The fields of the columns that are read, of all rows.
  private static let types = [
    [
      "A", "x", "1", "18446744073709551615", "-9223372036854775808", "1", "1", "1.50",
      "2022-12-01", "2022-12-01", "2022-12-01", "l0", "short", "10", "1",
    ],
    [
      "", "y, z", "-2", "1", "1", "0.1", "0.1", "-0.05", "1969-12-31", "1969-12-31",
      "2022-12-01T13:45:00", "l1", "a text longer than twelve bytes", "20", "2",
    ],
    [
      "B", "x", "3", "2", "2", "1000000000000000", "10000000000", "12345678901234567890.12",
      "2000-02-29", "2000-02-29", "1969-12-31T23:59:59.999999", "l2", "", "10", "3",
    ],
    [
      "B", "say \"y\"", "", "3", "3", "", "3.5", "", "0001-01-01", "1900-03-01", "", "l3", "", "",
      "4",
    ],
    [
      "C", "line\nbreak", "5", "4", "4", "NaN", "Inf", "0.00", "9999-12-31", "9999-12-31",
      "2000-01-01T00:00:00.000005", "l4", "exactly12byt", "20", "5",
    ],
    [
      "", "\u{feff}é", "6", "5", "5", "2.5e-07", "0", "7.00", "", "", "1600-01-01", "l5",
      "thirteenbytes", "30", "6",
    ],
  ]

  private static let unread: Set = [
    "zoned", "flag", "struct", "null", "list", "fixed", "binary view", "runs", "union",
  ]

  @Test(
    "Streams and files, compressed or not, give the same text of every type",
    arguments: ["types.arrows", "types-zstd.arrows", "types-lz4.arrows", "types.arrow"])
  func types(name: String) throws {
    let found = try records(inFile: path(name))
    let header = try #require(found.first).fields
    let read = header.indices.filter { !Self.unread.contains(header[$0]) }
    #expect(found.dropFirst().map { row in read.map { row.fields[$0] } } == Self.types)
    let unread = header.indices.filter { Self.unread.contains(header[$0]) }
    #expect(found.dropFirst().allSatisfy { row in unread.allSatisfy { row.fields[$0].isEmpty } })
    // The header is no row, and a line break in a text begins none.
    #expect(found.map(\.line) == Array(0...6))
  }

  @Test func gzipAroundAStreamIsTakenOff() throws {
    let folder = try TestFolder()
    let packed = try output(of: "gzip", ["-n", "-c", path("types.arrows")])
    let file = try folder.write("types.gz", bytes: packed)
    #expect(try records(inFile: file) == (try records(inFile: path("types.arrows"))))
  }

  @Test func dictionariesGrowAndAreReplaced() throws {
    func keys(_ name: String) throws -> String {
      try records(inFile: path(name)).dropFirst().map { $0.fields[0] }.joined()
    }
    #expect(try keys("delta.arrows") == "ababcabcd")
    #expect(try keys("replaced.arrows") == "abqrstuvw")
  }

  // MARK: Damage

  /// What reading a stream ends in; nil where all of it is read.
  private func failure(_ bytes: [UInt8], in folder: TestFolder) throws -> Failure? {
    let file = try folder.write("stream", bytes: bytes)
    do {
      _ = try records(inFile: file)
      return nil
    } catch let failure as Failure { return failure }
  }

  @Test(
    "A stream or file that ends early is refused wherever it ends",
    arguments: ["counts.arrows", "delta.arrows", "types.arrow"])
  func cut(name: String) throws {
    let folder = try TestFolder()
    let whole = try bytes(name)
    #expect(try failure(whole, in: folder) == nil)
    for count in stride(from: 8, to: whole.count, by: whole.count / 300 + 1) {
      let failure = try #require(try failure(Array(whole[..<count]), in: folder), "\(count) bytes")
      #expect(failure.kind == .badData)
      #expect(failure.found.hasSuffix("so it was cut"))
    }
    let unended = try failure(Array(whole.dropLast(8)), in: folder)
    #expect(unended?.found.hasSuffix("so it was cut") == true)
  }

  @Test func whatFollowsTheEndIsNotDropped() throws {
    let stream = try bytes("counts.arrows")
    let failure = try failure(stream + stream, in: TestFolder())
    #expect(failure?.found == "bytes follow the end of the Arrow stream")
  }

  @Test(
    "Damage is an error or other text, and never a crash",
    arguments: [
      "types.arrows", "types-zstd.arrows", "types-lz4.arrows", "delta.arrows", "types.arrow",
    ])
  func damage(name: String) throws {
    let folder = try TestFolder()
    let whole = try bytes(name)
    var draws = Draws(seed: 17)
    var failureCount = 0
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0...draws.below(3) {
        bytes[draws.below(bytes.count)] = draws.pick([
          0, 1, 0x7f, 0x80, 0xff, UInt8(draws.below(256)),
        ])
      }
      if let failure = try failure(bytes, in: folder) {
        failureCount += 1
        #expect(failure.kind == .badData)
      }
    }
    #expect(failureCount > 100)
  }

  // MARK: Jobs

  private func example(_ stream: String, _ keys: [String: String] = [:]) -> Example {
    Example(provision: keys.merging(["file": path(stream)]) { $1 })
  }

  private func failure(_ stream: String, _ keys: [String: String] = [:]) throws -> Failure {
    var failure = try #require(try example(stream, keys).failure())
    failure.place?.file.replace(Self.folder + "/", with: "")
    return failure
  }

  @Test func runIsThatOfTheSameText() throws {
    let text = try Example().run()
    for keys in [[:], ["reader": "arrow"], ["reader": "table"]] {
      let stream = try example("counts.arrows", keys).run()
      for area in ["A", "B"] {
        for sector in ["x", "y"] {
          #expect(
            stream.figure(.provision, area, sector) == text.figure(.provision, area, sector))
        }
      }
    }
  }

  @Test func nullsAreEmptyFields() throws {
    let null = try failure("null-count.arrows")
    let empty = try #require(
      try Example(files: ["provision.csv": "area,sector,count\nA,x,10\nA,y,\n"]).failure())
    #expect(null.found == empty.found)
    #expect(null.advice == empty.advice)
    // The second row, which is the third line of the text.
    #expect(null.place == Place(file: "null-count.arrows", line: 2, column: 3))
    let marked = try example("null-count.arrows", ["markers": "{ \"\": 0..4 }"]).run()
    #expect(marked.figure(.provision, "A", "y")?.upper == 4)
    let key = try failure("null-area.arrows")
    #expect(key.place == Place(file: "null-area.arrows", line: 3, column: 1))
    #expect(key.found.contains("empty"))
  }

  @Test func columnsOfOtherTypesAreRefusedWhereTheyAreUsed() throws {
    _ = try example("flag.arrows").run()
    for keys in [["where": "{ flag: true }"], ["category": "flag"], ["value": "flag"]] {
      let failure = try failure("flag.arrows", keys)
      #expect(failure.found == "the column \"flag\" is of the type bool")
      #expect(failure.advice?.contains("case when") == true)
    }
  }

  @Test func keysOfTextAreRefused() throws {
    for (key, value) in [
      ("delimiter", "semicolon"), ("decimal", "comma"), ("reader", "titled-table"), ("sheet", "x"),
    ] {
      let failure = try failure("counts.arrows", [key: value])
      #expect(failure.advice == "Leave `\(key)` out")
    }
    let text = try #require(try Example(provision: ["reader": "arrow"]).failure())
    #expect(text.found == "is no Arrow stream")
    #expect(try failure("empty.arrows").found.hasPrefix("an empty result"))
  }

  @Test("Rows are counted from 1, whatever line breaks texts hold", arguments: [1, 64, 1 << 19])
  func rows(blockSize: Int) throws {
    #expect(try failure("breaks.arrows").place == Place(file: "breaks.arrows", line: 40, column: 3))
    let file = InputFile(name: "breaks.arrows", path: path("breaks.arrows"))
    var table = try TableJob(files: [file]).open(file)
    guard let (blocks, delimiter, first) = table.blocks(size: blockSize) else {
      return #expect(Bool(false), "an Arrow stream is a plain table")
    }
    let block = RecordBlock(capacity: 128)
    var index = FieldIndex(delimiter: delimiter, columnCount: 3, trimsFields: false)
    var line = first
    while try blocks.next(into: block) {
      _ = index.look(through: block)
      line += index.breakCount
    }
    #expect(first == 1)
    #expect(line == 41)
  }
}

/// How many rows the producer of a table says that it wrote.
struct AnnouncedRowTests {
  private func failure(_ rows: String, _ text: String = Example.counts) throws -> Failure? {
    try Example(provision: ["rows": rows], files: ["provision.csv": text]).failure()
  }

  @Test func otherNumbersAreRefused() throws {
    #expect(try failure("4") == nil)
    let less = try #require(try failure("100"))
    #expect(less.kind == .badData)
    #expect(less.found == "has 4 rows")
    #expect(less.expected == "100, as announced")
    #expect(less.advice?.contains("ended early") == true)
    #expect(try failure("3")?.advice?.contains("twice") == true)
    #expect(try failure("4", "area,sector,count\n")?.found == "has 0 rows")
  }

  /// A blank record is no row to a run, but is one to whoever wrote it.
  @Test func blankRecordsCount() throws {
    #expect(try failure("5", Example.counts + ",,\n") == nil)
    #expect(try failure("4", Example.counts + ",,\n")?.found == "has 5 rows")
  }

  @Test func rowsAreOfOneFile() throws {
    let failure = try #require(
      try Example(provision: ["file": "[provision.csv, demand.csv]", "rows": "8"]).failure())
    #expect(failure.expected?.hasPrefix("one file") == true)
    #expect(try self.failure("-1")?.expected == "the number of rows that the program wrote")
  }
}
