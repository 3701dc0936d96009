import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Codes with characters that nobody sees, and codes that programs changed or lost.
struct SpoiltKeyTests {
  private func rows(_ check: String, _ example: Example) throws -> [CheckRow] {
    var example = example
    example.keys.append("accept: { \(check): test }")
    return try example.run().checks.filter { $0.check == check && $0.result == .fail }
  }

  private static let counts = "area,sector,count\nE06000001,x,10\nE06000001,y,20\nE06000002,x,30\n"

  /// The second area of demand in another form.
  @Test(arguments: [
    "E06000002 ", " E06000002", "E06000002\u{a0}", "E06000002\u{200b}", "E060\u{ad}00002",
    "E06000002\u{2060}", "E06000002\t",
  ])
  func codesThatDifferInBlanksAloneFail(other: String) throws {
    let demand = Self.counts.replacing("E06000002", with: other)
    var example = Example(files: ["provision.csv": Self.counts, "demand.csv": demand])
    let row = try #require(try rows("invisible-characters", example).first)
    #expect(row.count == 1 && row.place?.contains("demand.csv:4") == true)
    #expect(row.message.contains("E06000002"))
    guard !other.contains("\u{ad}") else { return }
    example.demand["trim"] = "true"
    #expect(try rows("invisible-characters", example).isEmpty)
    #expect(try example.run().areas.codes == ["E06000001", "E06000002"])
  }

  @Test func namesThatDifferInInnerSpacesFail() throws {
    for (one, other) in [("St Helens", "St\u{a0}Helens"), ("St Helens", "St  Helens")] {
      let example = Example(files: [
        "provision.csv": "area,sector,count\n\(one),x,1\nB,x,2\n",
        "demand.csv": "area,sector,count\n\(other),x,1\nB,x,2\n",
      ])
      let row = try #require(try rows("invisible-characters", example).first)
      #expect(row.place?.contains("provision.csv:2") == true)
      #expect(row.place?.contains("demand.csv:2") == true)
    }
  }

  @Test func registerIsComparedToo() throws {
    let example = Example(
      keys: ["areas: { lookup: list.csv, code: code }"],
      files: [
        "list.csv": "code\nE06000001\nE06000002\n", "provision.csv": Self.counts,
        "demand.csv": Self.counts.replacing("E06000002", with: "E06000002 "),
      ])
    #expect(try rows("invisible-characters", example).count == 1)
  }

  @Test func characterWithoutWidthFailsByItself() throws {
    let text = Self.counts.replacing("E06000002", with: "E0600\u{200d}0002")
    let example = Example(files: ["provision.csv": text, "demand.csv": text])
    let row = try #require(try rows("invisible-characters", example).first)
    #expect(row.message.contains("\"E0600\\u200D0002\"") && row.place == "provision.csv:4")
  }

  /// `trim` takes all blanks off headings and fields, in rows one by one and in blocks.
  @Test(arguments: [" ", "\u{a0}", "\u{202f}", "\u{3000}", "\u{feff}", "\u{200b} ", "\t"])
  func trimTakesEveryBlank(blank: String) throws {
    let text = Example.counts.replacing(",", with: "\(blank),\(blank)")
      .replacing("\n", with: "\(blank)\n")
    let example = Example(
      provision: ["trim": "true"], demand: ["trim": "true"],
      files: ["provision.csv": text, "demand.csv": text])
    let outcome = try example.run()
    #expect(outcome.areas.codes == ["A", "B"] && outcome.sectors.codes == ["x", "y"])
    #expect(outcome.grids[0].provision.value.elements == [10, 20, 30, 40])
  }

  @Test func levelsAreThoseOfTrimmedCodes() {
    #expect(AreaCode("\u{a0}E92000001 ")?.level == .country)
    #expect(AreaCode("E92000001x") == nil)
  }

  @Test(arguments: ["NA", "N/A", "NaN", "nan", "NULL", "null", "None", "<NA>"])
  func textForMissingFails(text: String) throws {
    let counts = Example.counts + "\(text),x,7\n"
    for (key, count) in [("", 14.0), ("areas: { lookup: list.csv, code: code }", 14)] {
      let row = try #require(
        try rows(
          "missing-keys",
          Example(
            keys: key.isEmpty ? [] : [key],
            files: [
              "provision.csv": counts, "demand.csv": counts, "list.csv": "code\nA\nB\n",
            ])
        ).first)
      #expect(row.count == count && row.place == "provision.csv:6")
      #expect(row.message.contains("\"\(text)\""))
    }
    let excluded = Example(
      keys: ["exclude-areas: [\"\(text)\"]"],
      files: ["provision.csv": counts, "demand.csv": counts])
    #expect(try rows("missing-keys", excluded).isEmpty)
  }

  @Test(arguments: [
    "01-Jan", "1-Jan", "Jan-01", "01/01/2001", "2001-01-01", "2001-01-01 00:00:00", "1.10E+01",
    "2-Sep", "1-jan-2001",
  ])
  func dateAmongCodesFails(date: String) throws {
    let counts = "area,sector,count\nA,1.2,10\nA,2.1,20\nB,2.1,30\nB,\(date),40\n"
    let row = try #require(
      try rows("spoilt-codes", Example(files: ["provision.csv": counts, "demand.csv": counts]))
        .first)
    #expect(row.place == "provision.csv:5" && row.message.contains(date))
  }

  @Test(arguments: ["1-4", "01-02", "2001", "Jan", "1.1", "May-Day", "2E10", "16-17-18", "E-1"])
  func otherTextsAreNoDates(text: String) {
    #expect(!KeyText.isDate(text) && !KeyText.isScientific(text))
  }

  @Test func datesAloneAreMeant() throws {
    let counts = "area,sector,count\nA,2001-01-01,10\nA,2001-02-01,20\n"
    #expect(
      try rows("spoilt-codes", Example(files: ["provision.csv": counts, "demand.csv": counts]))
        .isEmpty)
  }

  @Test func lostZerosFail() throws {
    let with = "area,sector,count\nA,01,10\nA,02,20\nA,10,30\n"
    let without = with.replacing(",0", with: ",")
    let sides = Example(files: ["provision.csv": with, "demand.csv": without])
    let row = try #require(try rows("spoilt-codes", sides).first)
    #expect(row.count == 2 && row.message.contains("\"1\" and \"01\""))
    let register = Example(
      keys: ["sectors: { file: list.csv, code: code }"],
      files: ["provision.csv": with, "demand.csv": without, "list.csv": "code\n01\n02\n10\n"])
    #expect(try rows("spoilt-codes", register).count == 1)
    let map = Example(
      demand: ["crosswalk": "{ file: map.csv, from: from, to: to }"],
      files: [
        "provision.csv": with, "demand.csv": without, "map.csv": "from,to\n01,01\n2,02\n10,10\n",
      ])
    #expect(try rows("spoilt-codes", map).first?.count == 1)
  }

  /// Codes of two classifications that a map brings together.
  @Test func codesThatAMapTranslatesAreNotCompared() throws {
    let example = Example(
      demand: ["crosswalk": "{ file: map.csv, from: from, to: to }"],
      files: [
        "provision.csv": "area,sector,count\nA,01,10\nA,02,20\n",
        "demand.csv": "area,sector,count\nA,1,10\nA,2,20\n",
        "map.csv": "from,to\n1,01\n2,02\n",
      ])
    #expect(try rows("spoilt-codes", example).isEmpty)
  }

  @Test func codesCountedUpByFillingFail() throws {
    let filled =
      "lad_code,lad_name,sector,count\nE92000001,England,x,1\nE92000002,England,x,2\n"
      + "E92000003,England,x,3\n"
    let side = Example(
      provision: ["area": "lad_code"], demand: ["area": "lad_code"],
      files: ["provision.csv": filled, "demand.csv": filled])
    #expect(try rows("spoilt-codes", side).first?.message.contains("England") == true)
    let list = "code,n\nA,One\nB,Two\n4.1,Same\n4.2,Same\n4.3,Same\n"
    let register = Example(
      keys: ["areas: { lookup: list.csv, code: code, name: n }"], files: ["list.csv": list])
    #expect(try rows("spoilt-codes", register).count == 1)
    let lookup = Example(
      provision: ["area-lookup": "{ file: map.csv, from: LAD22CD, to: area }"],
      files: [
        "map.csv":
          "LAD22CD,LAD22NM,area\nA,Ay,A\nB,Bee,B\nE1,Same,A\nE2,Same,A\nE3,Same,B\n"
      ])
    #expect(try rows("spoilt-codes", lookup).count == 1)
  }

  /// Places have names of their own; two codes of one place are a change of boundaries.
  @Test func namesOfTheirOwnPass() throws {
    let list = "code,n\nA,One\nB,Two\nE07000240,St Albans\nE07000241,St Albans\nE07000243,Ware\n"
    let example = Example(
      keys: ["areas: { lookup: list.csv, code: code, name: n }"], files: ["list.csv": list])
    #expect(try rows("spoilt-codes", example).isEmpty)
  }
}
