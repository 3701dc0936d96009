import Mismatch
import Testing

@testable import MismatchFormats

struct CSVFileTests {
  private func written(_ write: (CSVFile) throws -> Void) throws -> String {
    let folder = try TestFolder()
    let file = try CSVFile("\(folder.path)/t.csv")
    try write(file)
    try file.flush()
    return try folder.text("t.csv")
  }

  @Test func quotesStandOnlyWhereTheyAreNeeded() throws {
    let text = try written { file in
      try file.row(["plain", "two words", "a,b", "say \"so\"", "two\nlines", "cr\r", "", "é;\t'"])
    }
    #expect(text == "plain,two words,\"a,b\",\"say \"\"so\"\"\",\"two\nlines\",\"cr\r\",,é;\t'\n")
  }

  @Test func numbersAreShortAndNaNIsEmpty() throws {
    let text = try written { file in
      for value in [0.1, 12, -0.0, .nan, .infinity, 1e-7, 1_234_567] { file.number(value) }
      try file.endRow()
    }
    #expect(text == "0.1,12,0,,Inf,1e-07,1234567\n")
  }

  @Test func figureIsFourFields() throws {
    let text = try written { file in
      file.text("k")
      file.figure(Figure(2.5, lower: 1, upper: 4, status: [.low, .confidential]))
      file.figure(.undefined(.noDemand))
      try file.endRow()
    }
    #expect(text == "k,2.5,1,4,c low,,,,no-demand\n")
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var draws = Draws(seed: seed, cell: 2)
    let pieces = ["", "a", ",", "\"", "\n", "\r\n", " ", "é", "0.5", "\t"]
    let table = (0..<30).map { _ in
      (0..<3).map { _ in (0..<draws.below(5)).map { _ in draws.pick(pieces) }.joined() }
    }
    let text = try written { file in for row in table { try file.row(row) } }
    #expect(try rows(text) == table)
  }

  @Test func longFilesAreWrittenWhole() throws {
    let line = String(repeating: "x", count: 999)
    let text = try written { file in for _ in 0..<3000 { try file.row([line]) } }
    #expect(text == String(repeating: line + "\n", count: 3000))
  }

  @Test func folderThatIsMissingIsAnErrorOfWriting() throws {
    let failure = try #require(throws: Failure.self) { try CSVFile("/nowhere/at/all.csv") }
    #expect(failure.kind == .inputOutput)
    #expect(failure.found.hasPrefix("cannot be created"))
  }
}
