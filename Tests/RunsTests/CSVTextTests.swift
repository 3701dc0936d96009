import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

struct CSVTextTests {
  private func written(_ write: (inout CSVText) -> Void) -> String {
    var text = CSVText()
    write(&text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  @Test func quotesStandOnlyWhereTheyAreNeeded() {
    let fields = ["plain", "two words", "a,b", "say \"so\"", "two\nlines", "cr\r", "", "é;\t'"]
    let text = String(decoding: CSVText(fields).bytes, as: UTF8.self)
    #expect(text == "plain,two words,\"a,b\",\"say \"\"so\"\"\",\"two\nlines\",\"cr\r\",,é;\t'\n")
  }

  @Test func numbersAreShortAndWhatIsNotFiniteIsEmpty() {
    let text = written { text in
      for value in [0.1, 12, -0.0, .nan, .infinity, -.infinity, 1e-7, 1e-7, 1_234_567, 0.1] {
        text.number(value)
      }
      text.endRow()
    }
    #expect(text == "0.1,12,0,,,,1e-07,1e-07,1234567,0.1\n")
  }

  @Test func figureIsFourFields() {
    let columns = Column<Figure>.list {
      Column.text("k", "Key.") { _ in "k" }
      Column.figure("n", unit: "count", "Count.") { $0 }
    }
    let figures = [
      Figure(2.5, lower: 1, upper: 4, status: [.low, .confidential]), .undefined(.noDemand),
      Figure(3, lower: 3, upper: .infinity),
    ]
    let table = RunTable("t.csv", "A row.", columns: columns) { figures }
    #expect(columns.map(\.record.name) == ["k"] + figureHeadings("n"))
    #expect(
      String(decoding: table.bytes, as: UTF8.self)
        == "k,2.5,1,4,c low\nk,,,,no-demand\nk,3,3,,unbounded\n")
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var draws = Draws(seed: seed, cell: 2)
    let pieces = ["", "a", ",", "\"", "\n", "\r\n", " ", "é", "0.5", "\t"]
    let table = (0..<30).map { _ in
      (0..<3).map { _ in (0..<draws.below(5)).map { _ in draws.pick(pieces) }.joined() }
    }
    let text = table.map { String(decoding: CSVText($0).bytes, as: UTF8.self) }.joined()
    #expect(try rows(text) == table)
  }

  @Test("Blocks follow one another in the file for any number of threads", arguments: [1, 2, 5])
  func longTables(workerCount: Int) throws {
    let folder = try TestFolder()
    let line = String(repeating: "x", count: 99)
    let columns = Column<Int>.list {
      Column.text("text", "A text.") { _ in line }
      Column.integer("number", unit: "count", "A number.") { $0 }
    }
    let table = RunTable("t.csv", "A row.", columns: columns, blockCount: 300) { block in
      (0..<block).map { $0 }
    }
    let file = try OutputFile("t.csv", in: folder.path)
    try file.write(table, isCompressed: false, workerCount: workerCount)
    let expected = "text,number\n" + (0..<300).flatMap { 0..<$0 }.map { "\(line),\($0)\n" }.joined()
    #expect(try folder.text("t.csv") == expected)
    #expect(file.record().bytes == expected.utf8.count)
  }

  @Test func folderThatIsMissingIsAnErrorOfWriting() throws {
    let failure = try #require(throws: Failure.self) {
      try OutputFile("all.csv", in: "/nowhere/at")
    }
    #expect(failure.kind == .inputOutput)
    #expect(failure.found.hasPrefix("cannot be created"))
  }
}

extension RunTable {
  /// All rows as CSV.
  var bytes: [UInt8] {
    var text = CSVText()
    for block in 0..<blockCount { write(block: block, to: &text) }
    return text.bytes
  }
}
