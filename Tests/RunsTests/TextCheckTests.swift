import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The checks of texts that do not look like what they are, or that others' programs carry out.
struct TextCheckTests {
  private static let one = "Caf\u{e9}"
  private static let two = "Cafe\u{301}"

  private func rows(_ check: String, of example: Example) throws -> [CheckRow] {
    try example.run().checks.filter { $0.check == check }
  }

  // MARK: Composed letters

  @Test("Two spellings of an area are named by code points, input and line")
  func areasOfTwoSides() throws {
    let rows = try rows(
      "composed-letters",
      of: Example(files: [
        "provision.csv": "area,sector,count\nA,x,1\n\(Self.one),x,10\n\(Self.one),y,4\n",
        "demand.csv": "area,sector,count\nB,x,2\nB,y,2\nA,x,3\n\(Self.two),x,7\n",
      ]))
    #expect(rows.count == 1 && rows[0].result == .warn && rows[0].count == 1)
    #expect(rows[0].place == "demand.csv:5, provision.csv:3")
    #expect(
      rows[0].message.isSpelt(
        as: "1 area code is written in several forms that look the "
          + "same but are treated as different: "
          + "\"\(Self.two)\" with U+0065 U+0301, with U+00E9"))
    #expect(rows[0].guidance?.contains("NFC") == true)
  }

  @Test(
    "They are found wherever texts are compared",
    arguments: [
      ("register", "area code", "areas.csv:3, areas.csv:4"),
      ("names", "area name", "areas.csv:2, areas.csv:3"),
      ("groups", "group", "areas.csv:3, areas.csv:2"),
      ("lookup", "area code", "map.csv:2, map.csv:2"),
      ("headings", "category or sector code", "demand.csv:1, demand.csv:1"),
      ("periods", "period", "demand.csv:2, provision.csv:2"),
      ("exclusion", "area code", "the job, provision.csv:2"),
      ("kelvin", "area code", "demand.csv:3"),
    ])
  func placesOfTexts(name: String, what: String, place: String) throws {
    let (one, two) = (Self.one, Self.two)
    var example = Example(files: [
      "provision.csv": "area,sector,year,count\n\(one),x,\(one),10\nK,y,\(one),4\n",
      "areas.csv": "code,name,group\nK,\(two),\(one)\n\(two),\(one),\(two)\n\(one),K,\(one)\n",
      "map.csv": "from,to\n\(two),\(one)\n\(one),\(one)\nK,K\n",
    ])
    let register = "areas: { lookup: areas.csv, code: code"
    example.demand["file"] = "provision.csv"
    switch name {
    case "register": example.keys = [register + " }"]
    case "names": example.keys = [register + ", name: name }"]
    case "groups": example.keys = [register + ", group: group }"]
    case "lookup": example.demand["area-lookup"] = "{ file: map.csv, from: from, to: to }"
    case "headings":
      example.files["demand.csv"] = "area,\(one),\(two)\nK,3,4\n\(one),5,6\n"
      example.demand["file"] = "demand.csv"
      example.demand["category"] = "-"
      example.demand["value"] = "{ columns: [\"Caf*\"], name: category }"
    case "periods":
      example.files["demand.csv"] = "area,sector,year,count\n\(one),x,\(two),10\nK,y,\(one),4\n"
      example.demand["file"] = "demand.csv"
      for side in [\Example.provision, \.demand] { example[keyPath: side]["period"] = "year" }
    case "exclusion": example.keys = ["exclude-areas: [\(two)]"]
    default:
      example.files["demand.csv"] = "area,sector,count\n\(one),x,10\n\u{212a},y,4\n"
      example.demand["file"] = "demand.csv"
    }
    let found = try rows("composed-letters", of: example)
    let row = try #require(found.first { $0.message.hasPrefix("1 \(what) is") }, "\(found)")
    #expect(row.result == .warn && row.place == place, "\(row)")
  }

  @Test("A filter that a row misses by the composition of a letter alone is told")
  func filters() throws {
    for filter in ["{ sector: [\(Self.one), y] }", "{ sector: { not: \(Self.one) } }"] {
      let rows = try rows(
        "composed-letters",
        of: Example(
          provision: ["where": filter],
          files: ["provision.csv": "area,sector,count\nA,y,1\nA,\(Self.two),5\nB,y,2\n"]))
      let row = try #require(rows.first { $0.message.hasPrefix("`where` asks") })
      #expect(row.place == "provision.csv:3")
      #expect(
        row.message.contains("(U+00E9) in `sector`") && row.message.contains("(U+0065 U+0301)"))
    }
  }

  @Test("One spelling throughout, and a name spelt otherwise than a code, are nothing to warn of")
  func oneSpelling() throws {
    let counts = "area,sector,count\n\(Self.one),x,1\n\(Self.one),y,5\n"
    let rows = try rows(
      "composed-letters",
      of: Example(
        keys: ["areas: { lookup: areas.csv, code: code, name: name }"],
        files: [
          "provision.csv": counts, "demand.csv": counts,
          "areas.csv": "code,name\n\(Self.one),\(Self.two)\n",
        ]))
    #expect(rows.map(\.result) == [.pass])
  }

  @Test(
    "A column, a period and a code that look the same as what is there are refused with the reason")
  func refusals() throws {
    let (one, two) = (Self.one, Self.two)
    let counts = "area,sector,\(one)\nA,x,1\n"
    let cases: [Example] = [
      Example(provision: ["value": two], files: ["provision.csv": counts]),
      Example(
        provision: ["period": "{ constant: \(one) }"], demand: ["period": "{ constant: \(one) }"],
        keys: ["periods: { pair: \"\(two) = \(one)\" }"]),
      Example(
        keys: ["areas: { lookup: areas.csv, code: code, focus: \(two) }"],
        files: ["areas.csv": "code\n\(one)\nA\nB\n"]),
      Example(
        provision: ["crosswalk": "{ file: map.csv, from: from, to: to }"],
        keys: ["sectors: { file: sectors.csv, code: code }"],
        files: ["sectors.csv": "code\n\(one)\nx\ny\n", "map.csv": "from,to\nx,\(two)\n"]),
    ]
    for example in cases {
      let advice = try #require(try example.failure()?.advice)
      #expect(
        advice.isSpelt(
          as: "\"\(one)\" looks the same but is a different text: it has U+00E9 in place of "
            + "U+0065 U+0301"))
    }
  }

  // MARK: Formulas

  @Test(
    "What begins with an operator is a formula, unless it is one character or a number",
    arguments: [
      ("=1+1", true), ("+A1", true), ("-A1", true), ("@SUM(1)", true), ("\tx", true), ("\rx", true),
      ("\nx", true), ("\u{ff1d}1", true), ("\u{ff0b}A", true), ("\u{ff0d}A", true),
      ("\u{ff20}A", true), ("-5-3", true), ("--5", true), ("- other", true), ("=", false),
      ("-", false), ("+", false), ("", false), ("-5", false), ("+44", false), ("-1,250.5", false),
      ("a=1", false), (" =1", false), ("5-3", false), ("\u{e9}", false),
    ])
  func formulas(text: String, isFormula: Bool) {
    #expect(FormulaText.isFormula(text) == isFormula)
    #expect(!isFormula || NotedTexts.mayBeNamed(text, as: .group))
  }

  @Test("Names of a register are told with their line, and files keep them")
  func namesOfRegister() throws {
    let name = "=HYPERLINK(\"\"http://example.invalid/\"\")"
    let example = Example(
      keys: ["areas: { lookup: areas.csv, code: code, name: name }"],
      files: ["areas.csv": "code,name\nB,\"\(name)\"\nA,\"@SUM(1,2)\"\n"])
    let row = try #require(try rows("formula-names", of: example).first)
    #expect(row.result == .warn && row.count == 2 && row.place == "areas.csv:3")
    #expect(
      row.message
        == "2 texts begin like formulas, and a spreadsheet would run them; the first is the area "
        + "name \"@SUM(1,2)\"")
    let folder = try TestFolder()
    try OutputFolder("\(folder.path)/out", force: false)
      .write(try example.run(), options: Manifest.Options(seed: 42))
    #expect(try folder.text("out/cells.csv").contains("\"\(name)\""))
  }

  @Test("All that a run writes as text is looked at")
  func everyText() throws {
    let example = Example(
      provision: ["period": "year"],
      demand: [
        "category": "-", "value": "{ columns: [\"@*\", \"x\"], name: category }", "period": "year",
      ],
      keys: [
        "name: \"=job\"", "areas: { lookup: areas.csv, code: code, group: group }",
        "accept: { jumps: \"@reason\" }",
      ],
      files: [
        "areas.csv": "code,group\nA,+group\nB,-\n",
        "provision.csv": "area,sector,year,count\nA,x,=now,1\n-out,x,=now,4\nB,-7,=now,3\n",
        "demand.csv": "area,year,@y,x\nA,=now,3,4\nB,=now,5,6\n",
      ])
    let row = try #require(try rows("formula-names", of: example).first)
    #expect(row.count == 6 && row.place == "demand.csv:1" && row.message.contains("\"@y\""))
  }

  @Test("Ordinary texts pass")
  func ordinaryTexts() throws {
    #expect(try rows("formula-names", of: Example()).map(\.result) == [.pass])
  }
}
