import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// What a run refuses, and what it says of it.
struct BadInputTests {
  private func failure(_ provision: String, _ keys: [String: String] = [:]) throws -> Failure {
    let example = Example(provision: keys, files: ["provision.csv": provision])
    return try #require(try example.failure())
  }

  @Test func missingFileIsAnErrorOfReading() throws {
    let failure = try #require(try Example(provision: ["file": "gone.csv"]).failure())
    #expect(failure.kind == .inputOutput)
    #expect(failure.found == "cannot be opened: No such file or directory")
    #expect(failure.advice == "Paths in a job file are relative to that file")
  }

  @Test func folderInThePlaceOfAFileIsTold() throws {
    let failure = try #require(
      try Example(provision: ["file": "folder"], files: ["folder/a.csv": "a\n"]).failure())
    #expect(failure.kind == .inputOutput)
    #expect(failure.found == "is a folder")
  }

  @Test func missingColumnNamesThoseThatAreThere() throws {
    let failure = try failure("town,sector,count\nA,x,1\n")
    #expect(failure.place == Place(file: "provision.csv", line: 1))
    #expect(failure.found == "no column \"area\"")
    #expect(failure.expected == "one of \"town\", \"sector\", \"count\"")
    #expect(failure.advice == nil)
  }

  @Test func columnThatDiffersInCaseOnlyIsNamed() throws {
    let failure = try failure("Area,sector,count\nA,x,1\n")
    #expect(failure.advice == "It has \"Area\": names are compared with case and spaces")
  }

  @Test func otherDelimitersAreRecognised() throws {
    let failure = try failure("area;sector;count\nA;x;1\n")
    #expect(failure.advice == "Set `delimiter: semicolon`")
  }

  @Test func columnThatOccursTwiceIsRefused() throws {
    let failure = try failure("area,sector,count,count\nA,x,1,2\n")
    #expect(failure.place == Place(file: "provision.csv", line: 1, column: 4))
    #expect(failure.found == "the column \"count\" occurs 2 times")
  }

  @Test(arguments: [
    ("A,x\n", "2 fields", 3), ("A,x,1,\n", "4 fields", 4), ("note\n", "1 field", 2),
  ])
  func raggedRowIsToldWithItsPlace(row: String, found: String, column: Int) throws {
    let failure = try failure("area,sector,count\n\"A\",\"x\n\",1\n" + row)
    #expect(failure.place == Place(file: "provision.csv", line: 4, column: column))
    #expect(failure.found == "the row has \(found)")
    #expect(failure.expected == "3, as in the header")
  }

  @Test func brokenQuotesAreToldWithTheirPlace() throws {
    let failure = try failure("area,sector,count\nA,\"x,1\nB,y,2\n")
    #expect(failure.found == "a quote is not closed")
    #expect(failure.place == Place(file: "provision.csv", line: 2, column: 2))
  }

  @Test(arguments: [
    ("many", "\"many\" is neither a number nor a marker"),
    ("12,50", "\"12,50\" is neither a number nor a marker"), ("-3", "the count is \"-3\""),
    ("3e71", "the count is \"3e71\""),
    ("", "\"\" is neither a number nor a marker"),
    ("NaN", "\"NaN\" is neither a number nor a marker"),
  ])
  func textInAValueColumnIsToldWithItsPlace(text: String, found: String) throws {
    let failure = try failure("area,sector,count\nA,x,1\nA,y,\"\(text)\"\n")
    #expect(failure.kind == .badData)
    #expect(failure.place == Place(file: "provision.csv", line: 3, column: 3))
    #expect(failure.found == found)
  }

  @Test func unknownMarkerAdvisesAKey() throws {
    let failure = try failure("area,sector,count\nA,x,[supp]\n")
    #expect(
      failure.advice
        == "If it marks a count that is not shown, define it: `markers: { \"[supp]\": 0.. }` allows any count; "
        + "give the source's bounds, such as 1..4, if it states them")
    #expect(failure.expected?.contains("[c], [w], [x], [z], c, w, x, z") == true)
  }

  @Test func markerWithSpacesAdvisesTrim() throws {
    let failure = try failure("area,sector,count\nA,x, c\n")
    #expect(failure.advice == "Without the spaces around it, it is a marker: set `trim: true`")
    #expect(
      try Example(
        provision: ["trim": "true"], files: ["provision.csv": "area,sector,count\nA,x, c\n"]
      ).run().figure(.provision, "A", "x")?.status == .confidential)
  }

  @Test func lowWithoutRoundingAdvisesRounding() throws {
    let failure = try failure("area,sector,count\nA,x,low\n")
    #expect(failure.advice?.contains("`rounding: nearest N`") == true)
  }

  @Test func textOfFilteredRowsIsNotLookedAt() throws {
    let outcome = try Example(
      provision: ["where": "{ sector: x }"],
      files: ["provision.csv": "area,sector,count\nA,x,5\nA,y,many\nA,z,-3\n"]
    ).run()
    #expect(outcome.value(.provision, "A", "x") == 5)
  }

  @Test func repeatedFigureNamesBothPlacesAndWhatDiffers() throws {
    let failure = try failure(
      "area,sector,sex,level,count\nA,x,Total,1,10\nB,x,Total,1,5\nA,x,Female,1,4\n")
    #expect(failure.place == Place(file: "provision.csv", line: 4))
    #expect(
      failure.found
        == "a second figure for the same area, category and period, first at provision.csv:2")
    #expect(failure.advice?.contains("differ in `sex` (\"Total\", \"Female\"): keep one") == true)
  }

  @Test func repeatedFigureIsFoundAcrossFiles() throws {
    let failure = try #require(
      try Example(
        provision: ["file": "[ one.csv, two.csv ]"],
        files: [
          "one.csv": "area,sector,count\nA,y,1\nA,x,10\n",
          "two.csv": "area,sector,count\nB,x,1\nA,x,10\n",
        ]
      ).failure())
    #expect(failure.place == Place(file: "two.csv", line: 3))
    #expect(failure.found.hasSuffix("first at one.csv:3"))
    #expect(failure.advice == "The rows differ only in their counts; remove one")
  }

  @Test(arguments: ["", "\n\n", "\u{feff}"])
  func emptyFileIsTold(text: String) throws {
    let failure = try failure(text)
    #expect(failure.kind == .badData)
    #expect(failure.found == "the file is empty")
  }

  @Test func headerWithoutRowsIsTold() throws {
    let failure = try failure("area,sector,count\n")
    #expect(failure.found == "an empty result: there are column names and no rows")
    #expect(failure.place == Place(file: "provision.csv", line: 1))
  }

  @Test func filterThatKeepsNothingIsTold() throws {
    let failure = try failure(Example.counts, ["where": "{ area: Z }"])
    #expect(failure.found == "no row of provision is left to compare")
  }

  @Test(arguments: ["where: { sx: Total }", "sum-over: [sx]", "period: sx"])
  func everyNamedColumnMustExist(key: String) throws {
    let parts = key.split(separator: ":", maxSplits: 1).map(String.init)
    #expect(try failure(Example.counts, [parts[0]: parts[1]]).found == "no column \"sx\"")
  }

  @Test func headingThatIsNotUTF8IsRefused() throws {
    let folder = try TestFolder()
    let example = Example()
    let job = try example.job(in: folder)
    try folder.write(
      "provision.csv", bytes: Array("area,caf".utf8) + [0xe9] + Array(",count\n".utf8))
    let failure = try #require(throws: Failure.self) { try Session(job, workerCount: 1).run() }
    #expect(failure.place == Place(file: "\(folder.path)/provision.csv", line: 1, column: 2))
    #expect(failure.found == "a column name is not UTF-8")
  }

  @Test func codeThatIsNotUTF8IsRefusedWithItsPlace() throws {
    let folder = try TestFolder()
    let job = try Example().job(in: folder)
    try folder.write(
      "provision.csv",
      bytes: Array("area,sector,count\nA,x,1\nA,caf".utf8) + [0xe9] + Array(",2\n".utf8))
    let failure = try #require(throws: Failure.self) { try Session(job, workerCount: 1).run() }
    #expect(failure.place == Place(file: "\(folder.path)/provision.csv", line: 3, column: 2))
    #expect(failure.found == "the text is not UTF-8")
  }

  @Test func utf16IsToldWithItsPlace() throws {
    let folder = try TestFolder()
    let job = try Example().job(in: folder)
    try folder.write("provision.csv", bytes: [0xff, 0xfe, 0x61, 0])
    let failure = try #require(throws: Failure.self) { try Session(job, workerCount: 1).run() }
    #expect(failure.found == "the text is UTF-16")
    #expect(failure.place == Place(file: "\(folder.path)/provision.csv", line: 1))
  }

  @Test(arguments: [("exclude-areas: [C]", "areas"), ("exclude-sectors: [xx]", "sectors")])
  func exclusionOfAnUnknownCodeIsRefused(key: String, register: String) throws {
    let failure = try #require(
      try Example(
        keys: [
          key, "areas: { lookup: a.csv, code: code }", "sectors: { file: s.csv, code: code }",
        ], files: ["a.csv": "code\nA\nB\n", "s.csv": "code\nx\ny\n"]
      ).failure())
    #expect(failure.found.contains("in `exclude-\(register)`"))
  }

  @Test(arguments: ["name", "group"])
  func codeWithTwoNamesInARegisterIsRefused(what: String) throws {
    let failure = try #require(
      try Example(
        keys: ["areas: { lookup: a.csv, code: code, \(what): n }"],
        files: ["a.csv": "code,n\nA,Ay\nB,Bee\nA,Aye\n"]
      ).failure())
    #expect(failure.place == Place(file: "a.csv", line: 4))
    #expect(
      failure.found
        == "the code \"A\" has a second \(what), as \"Ay\" and as \"Aye\", first at a.csv:2")
  }

  @Test func registerWithoutCodesIsRefused() throws {
    let failure = try #require(
      try Example(
        keys: ["areas: { lookup: a.csv, code: code }"], files: ["a.csv": "code,name\n"]
      ).failure())
    #expect(failure.found == "an empty result: there are column names and no rows")
  }
}
