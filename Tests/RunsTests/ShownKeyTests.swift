import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Keys of workbooks: as the sheet shows them; figures as it stores them.
struct ShownKeyTests {
  @Test(arguments: [
    ("00", "1", "01"), ("0000", "110", "0110"), ("000000", "10203", "010203"),
    ("0.00", "4.1", "4.10"),
    ("0.0", "4", "4.0"), ("\"E\"00000000", "92000001", "E92000001"),
    ("\\E00000000", "6000001", "E06000001"),
    ("00-00", "4110", "41-10"), ("0.0#", "4.1", "4.1"), ("[Red]00", "5", "05"),
    ("00;-00", "5", "05"),
    ("00_)", "5", "05"), ("#,##0", "45", "45"), ("[$-809]00", "5", "05"), ("0", "41", "41"),
  ])
  func digitsAreShown(code: String, stored: String, expected: String) throws {
    let format = try #require(NumberFormat(code))
    #expect(format.shown(stored) == (stored == expected ? .stored : .text(expected)))
  }

  @Test(arguments: [
    ("0", "4.1"), ("0.0", "4.15"), ("#,##0", "1234"), ("0%", "0.41"), ("£0", "41"),
    ("\"£\"0", "41"),
    ("[$£-809]0", "41"), ("0.00E+00", "11"), ("# ?/?", "0.5"), ("0,", "4100"), ("[h]:mm", "1.5"),
    ("#", "0"), ("0", "-4"), ("[>5]0", "4"),
  ])
  func whatIsNotItsDigitsIsNoKey(code: String, stored: String) throws {
    #expect(try #require(NumberFormat(code)).shown(stored) == .otherwise)
  }

  @Test func plainFormatsShowNumbersAsTheyAre() {
    #expect(NumberFormat("General") == nil && NumberFormat("@") == nil)
  }

  @Test func noiseOfBinaryFractionsIsNotShown() {
    #expect(CellText.withoutNoise("4.1000000000000005") == "4.1")
    #expect(CellText.withoutNoise("0.1234567890123456") == "0.1234567890123456")
  }

  /// A job whose provision is a sheet with the columns area, sector, count.
  private func run(
    _ cells: String, formats: [String], merged: [String] = [], demand: String = Example.counts,
    keys: [String: String] = [:]
  ) throws -> Result<Outcome, Failure> {
    let folder = try TestFolder()
    let heading = ["area", "sector", "count"].map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }
    var fixture = WorkbookFixture("<row r=\"1\">\(heading.joined())</row>\(cells)")
    fixture.cellFormats =
      "<numFmts>"
      + formats.enumerated().map { number, code in
        "<numFmt numFmtId=\"\(170 + number)\" formatCode=\"\(code.replacing("\"", with: "&quot;"))\"/>"
      }.joined() + "</numFmts><cellXfs><xf numFmtId=\"0\"/>"
      + formats.indices.map { "<xf numFmtId=\"\(170 + $0)\"/>" }.joined() + "</cellXfs>"
    if !merged.isEmpty {
      let cells = merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
      fixture.trailer = "<mergeCells>\(cells)</mergeCells>"
    }
    _ = try folder.write("provision.xlsx", bytes: fixture.zip.bytes)
    let example = Example(
      provision: keys.merging(["file": "provision.xlsx"]) { $1 }, files: ["demand.csv": demand])
    do {
      return .success(try Session(try example.job(in: folder), workerCount: 1).run())
    } catch let failure as Failure {
      return .failure(failure)
    }
  }

  private static func text(_ text: String, _ cell: String) -> String {
    "<c r=\"\(cell)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
  }

  private static func number(_ number: String, _ cell: String, style: Int = 0) -> String {
    "<c r=\"\(cell)\" s=\"\(style)\"><v>\(number)</v></c>"
  }

  private static func row(_ row: Int, _ cells: String...) -> String {
    "<row r=\"\(row)\">\(cells.joined())</row>"
  }

  private static let demand =
    "area,sector,count\nE06000001,01,1\nE06000001,4.10,2\nE06000001,4.1,3\n"

  @Test func keysAreShownAndFiguresStored() throws {
    let cells =
      Self.row(
        2, Self.number("6000001", "A2", style: 1), Self.number("1", "B2", style: 2),
        Self.number("12.345", "C2", style: 4))
      + Self.row(
        3, Self.number("6000001", "A3", style: 1), Self.number("4.1", "B3", style: 3),
        Self.number("7", "C3", style: 4))
      + Self.row(
        4, Self.number("6000001", "A4", style: 1), Self.number("4.1000000000000005", "B4"),
        Self.number("1234", "C4", style: 5))
    let formats = ["\"E\"00000000", "00", "0.00", "0.0", "#,##0"]
    let outcome = try run(cells, formats: formats, demand: Self.demand).get()
    #expect(outcome.areas.codes == ["E06000001"])
    #expect(outcome.sectors.codes == ["01", "4.1", "4.10"])
    #expect(outcome.grids[0].provision.value.elements == [12.345, 1234, 7])
    let kept = try run(
      cells, formats: formats, demand: Self.demand,
      keys: ["where": "{ sector: [\"01\", \"4.10\"] }"]
    ).get()
    #expect(kept.grids[0].provision.value.elements == [12.345, 0, 7])
  }

  @Test(arguments: ["0", "0%", "£0.00"])
  func keyThatIsShownOtherwiseIsRefused(code: String) throws {
    let cells =
      Self.row(2, Self.text("A", "A2"), Self.text("4.1", "B2"), Self.number("10", "C2"))
      + Self.row(
        3, Self.text("B", "A3"), Self.number("4.1", "B3", style: 1), Self.number("10", "C3"))
    guard case .failure(let failure) = try run(cells, formats: [code]) else {
      Issue.record("it was read")
      return
    }
    #expect(failure.place?.line == 3 && failure.place?.column == 2)
    #expect(
      failure.found.contains("the number 4.1, which the sheet shows in the format \"\(code)\""))
  }

  @Test func mergedKeysAreFilledAndMergedFiguresAreNot() throws {
    let cells =
      Self.row(2, Self.text("A", "A2"), Self.text("x", "B2"), Self.number("10", "C2"))
      + Self.row(3, Self.text("y", "B3"), Self.number("20", "C3"))
      + Self.row(4, Self.text("B", "A4"), Self.text("x", "B4"), Self.number("30", "C4"))
      + Self.row(5, Self.text("y", "B5"), Self.number("40", "C5"))
    let outcome = try run(cells, formats: [], merged: ["A2:A3", "A4:A5"]).get()
    #expect(outcome.areas.codes == ["A", "B"])
    #expect(outcome.grids[0].provision.value.elements == [10, 20, 30, 40])
    for merged in [[], ["A2:A3"], ["B4:C5"]] {
      guard case .failure(let failure) = try run(cells, formats: [], merged: merged) else {
        Issue.record("it was read")
        continue
      }
      #expect(failure.place?.line == (merged == ["A2:A3"] ? 5 : 3) && failure.place?.column == 1)
    }
    let figures = cells.replacing(Self.number("20", "C3"), with: "")
    guard case .failure(let failure) = try run(figures, formats: [], merged: ["A2:A3", "C2:C3"])
    else {
      Issue.record("a merged figure was read twice")
      return
    }
    #expect(failure.place?.line == 3 && failure.place?.column == 3)
  }
}
