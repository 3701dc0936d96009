import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// A bad input, and what its message advises: a change of the job, or of the file.
struct Remedy: Sendable, CustomTestStringConvertible {
  /// The test in `BadInputTests` that holds the message.
  let test: String
  let bad: Example
  let mended: Example
  /// A part of the advice that is followed; nil where the message says only what was expected.
  let advice: String?
  /// What the mended run says of a cell of provision.
  let area: String
  let sector: String
  let value: Double?

  /// - Parameter mend: what the advice asks for.
  init(
    _ test: String, _ provision: String, keys: [String: String] = [:], advice: String? = nil,
    _ area: String = "A", _ sector: String = "x", is value: Double?,
    mend: (inout Example) -> Void
  ) {
    self.init(
      test, Example(provision: keys, files: ["provision.csv": provision]), advice: advice, area,
      sector, is: value, mend: mend)
  }

  init(
    _ test: String, _ bad: Example, advice: String? = nil, _ area: String = "A",
    _ sector: String = "x", is value: Double?, mend: (inout Example) -> Void
  ) {
    self.test = test
    self.bad = bad
    self.advice = advice
    self.area = area
    self.sector = sector
    self.value = value
    var mended = bad
    mend(&mended)
    self.mended = mended
  }

  var testDescription: String { "\(test): \(bad.files["provision.csv"] ?? "")" }
}

extension Example {
  /// Replaces a text in provision.
  fileprivate mutating func replace(_ text: String, with other: String) {
    files["provision.csv"] = files["provision.csv"]?.replacing(text, with: other)
  }
}

/// Whether following the advice of a message leads to a right result.
///
/// A new test in `BadInputTests` needs an entry here: ``everyBadInputHasARemedy()`` asks for it.
struct RemedyTests {
  private static func figure(
    _ text: String, advice: String, is value: Double? = nil, keys: [String: String] = [:],
    file: String? = nil
  ) -> Remedy {
    let rows = "area,sector,count\nA,y,1\nA,x,\"\(text)\"\n"
    return Remedy("textInAValueColumnIsToldWithItsPlace", rows, advice: advice, is: value) {
      for (key, text) in keys { $0.provision[key] = text }
      if let file { $0.replace("\"\(text)\"", with: file) }
    }
  }

  /// Texts of value columns.
  static let figures: [Remedy] = [
    // Spaces and separators.
    figure(" 850 ", advice: "set `trim: true`", is: 850, keys: ["trim": "true"]),
    figure("\u{a0}850", advice: "set `trim: true`", is: 850, keys: ["trim": "true"]),
    figure("850\u{202f}", advice: "set `trim: true`", is: 850, keys: ["trim": "true"]),
    figure(" 2,190\t", advice: "set `trim: true`", is: 2190, keys: ["trim": "true"]),
    figure("1 250", advice: "spaces between its digits: write 1250", is: 1250, file: "1250"),
    figure("1\u{a0}250", advice: "write 1250 in the file", is: 1250, file: "1250"),
    figure("1\u{2009}250\u{2009}000", advice: "write 1250000", is: 1_250_000, file: "1250000"),
    figure("1'250", advice: "apostrophes between its digits: write 1250", is: 1250, file: "1250"),
    figure(
      "1.250.000", advice: "points between its digits: write 1250000", is: 1_250_000,
      file: "1250000"),
    figure("0,435", advice: "a comma as its decimal sign: write 0.435", is: 0.435, file: "0.435"),
    figure("12,50", advice: "a comma as its decimal sign: write 12.50", is: 12.5, file: "12.50"),
    figure("1.250,5", advice: "write 1250.5 in the file", is: 1250.5, file: "1250.5"),
    // What is no count.
    figure("12%", advice: "a percentage, not a count: name the column of counts", is: 7, file: "7"),
    figure("12.5 %", advice: "a percentage", is: 7, file: "7"),
    figure("£12", advice: "an amount of money, not a count", is: 7, file: "7"),
    figure("1,250 €", advice: "an amount of money, not a count", is: 7, file: "7"),
    figure("(1,250)", advice: "below 0, which no count is", is: 7, file: "7"),
    figure(
      "-3", advice: "give its bounds under `markers`", is: 2, keys: ["markers": "{ \"-3\": 0..4 }"]),
    figure("−3", advice: "below 0, which no count is", is: 7, file: "7"),
    figure("3e71", advice: "these are not counts of people or jobs", is: 3, file: "3"),
    // Numbers with something beside them.
    figure("1,250 [r]", advice: "the number 1250 with the note \"[r]\"", is: 1250, file: "1250"),
    figure("1250*", advice: "the number 1250 with the note \"*\"", is: 1250, file: "1250"),
    figure("12.5p", advice: "the number 12.5 with the note \"p\"", is: 12.5, file: "12.5"),
    figure("(p) 31", advice: "the number 31 with the note \"(p)\"", is: 31, file: "31"),
    // Spreadsheets.
    figure("02-Jan", advice: "It is a date", is: 2, file: "2"),
    figure("2022-01-02", advice: "It is a date", is: 2, file: "2"),
    figure(
      "=SUM(B2:B9)", advice: "open the file in a spreadsheet, which calculates it", is: 9, file: "9"
    ),
    figure("#N/A", advice: "`markers: { \"#N/A\": x }`", keys: ["markers": "{ \"#N/A\": x }"]),
    figure("#DIV/0!", advice: "mend it in the spreadsheet", is: 4, file: "4"),
    figure(
      "-", advice: "For 0 set `markers: { \"-\": 0 }`", is: 0, keys: ["markers": "{ \"-\": 0 }"]),
    figure("-", advice: "not known `markers: { \"-\": 0.. }`", keys: ["markers": "{ \"-\": 0.. }"]),
    figure(
      " -   ", advice: "both with `trim: true`", is: 0,
      keys: ["markers": "{ \"-\": 0 }", "trim": "true"]),
    // Ranges, whose bounds only the source knows.
    figure(
      "<5", advice: "lower and upper bound under `markers`", is: 2,
      keys: ["markers": "{ \"<5\": 0..4 }"]),
    figure("1 to 4", advice: "under `markers`", is: 2.5, keys: ["markers": "{ \"1 to 4\": 1..4 }"]),
    // Texts.
    figure("many", advice: "`markers: { many: 0.. }`", keys: ["markers": "{ many: 0.. }"]),
    figure("NaN", advice: "`markers: { NaN: 0.. }`", keys: ["markers": "{ NaN: 0.. }"]),
    figure("", advice: "`markers: { \"\": 0.. }`", keys: ["markers": "{ \"\": 0.. }"]),
    figure(" ", advice: "Set `trim: true`", keys: ["markers": "{ \"\": 0.. }", "trim": "true"]),
    figure(
      "[X]", advice: "`markers: { \"[X]\": { status: x, bounds: 0.. } }`",
      keys: ["markers": "{ \"[X]\": { status: x, bounds: 0.. } }"]),
    figure("12 or so 3", advice: "correct it in the file", is: 12, file: "12"),
  ]

  private static let towns = "area,sector,count\nA,x,10\nB,x,30\n"

  static let others: [Remedy] = [
    Remedy(
      "missingFileIsAnErrorOfReading", Example(provision: ["file": "gone.csv"]),
      advice: "relative to that file", is: 10
    ) {
      $0.provision["file"] = "provision.csv"
    },
    Remedy(
      "folderInThePlaceOfAFileIsTold",
      Example(provision: ["file": "folder"], files: ["folder/a.csv": "a\n"]),
      advice: "Name a file in it", is: 10
    ) {
      $0.provision["file"] = "provision.csv"
    },
    Remedy("missingColumnNamesThoseThatAreThere", "town,sector,count\nA,x,1\n", is: 1) {
      $0.provision["area"] = "town"
    },
    Remedy(
      "columnThatDiffersInCaseOnlyIsNamed", "Area,sector,count\nA,x,1\n", advice: "It has \"Area\"",
      is: 1
    ) {
      $0.provision["area"] = "Area"
    },
    Remedy(
      "otherDelimitersAreRecognised", "area;sector;count\nA;x;1\n",
      advice: "Set `delimiter: semicolon`", is: 1
    ) {
      $0.provision["delimiter"] = "semicolon"
    },
    Remedy(
      "columnThatOccursTwiceIsRefused", "area,sector,count,count\nA,x,1,2\n", advice: "Rename one",
      is: 1
    ) {
      $0.replace("count,count", with: "count,other")
    },
    Remedy(
      "raggedRowIsToldWithItsPlace", "area,sector,count\nA,x,1,\n", advice: "unquoted delimiter",
      is: 1
    ) {
      $0.replace("1,", with: "1")
    },
    Remedy(
      "brokenQuotesAreToldWithTheirPlace", "area,sector,count\nA,\"x,1\nB,y,2\n",
      advice: "Close it", is: 1
    ) {
      $0.replace("\"x", with: "x")
    },
    Remedy(
      "unknownMarkerAdvisesAKey", "area,sector,count\nA,x,[supp]\n",
      advice: "`markers: { \"[supp]\": 0.. }`", is: nil
    ) {
      $0.provision["markers"] = "{ \"[supp]\": 0.. }"
    },
    Remedy(
      "markerWithSpacesAdvisesTrim", "area,sector,count\nA,x, c\n", advice: "`trim: true`", is: nil
    ) {
      $0.provision["trim"] = "true"
    },
    Remedy(
      "lowWithoutRoundingAdvisesRounding", "area,sector,count\nA,x,low\n",
      advice: "`rounding: nearest N`", is: 2.5
    ) {
      $0.provision["rounding"] = "nearest 10"
    },
    Remedy(
      "repeatedFigureNamesBothPlacesAndWhatDiffers",
      "area,sector,sex,count\nA,x,Total,10\nA,x,Female,4\n", advice: "keep one with `where`", is: 10
    ) { $0.provision["where"] = "{ sex: Total }" },
    Remedy(
      "repeatedFigureIsFoundAcrossFiles",
      Example(
        provision: ["file": "[ one.csv, two.csv ]"],
        files: ["one.csv": "area,sector,count\nA,x,10\n", "two.csv": "area,sector,count\nA,x,10\n"]),
      advice: "remove one", is: 10
    ) { $0.files["two.csv"] = "area,sector,count\nB,x,1\n" },
    Remedy("emptyFileIsTold", "", advice: "Fetch the file again", is: 10) {
      $0.files["provision.csv"] = towns
    },
    Remedy("headerWithoutRowsIsTold", "area,sector,count\n", advice: "Fetch the file again", is: 10)
    {
      $0.files["provision.csv"] = towns
    },
    Remedy(
      "filterThatKeepsNothingIsTold", Example.counts, keys: ["where": "{ area: Z }"],
      advice: "`where` in the job", is: 10
    ) {
      $0.provision["where"] = "{ area: A }"
    },
    Remedy("everyNamedColumnMustExist", Example.counts, keys: ["period": "sx"], is: 10) {
      $0.provision["period"] = nil
    },
    Remedy(
      "exclusionOfAnUnknownCodeIsRefused",
      Example(
        keys: ["exclude-areas: [C]", "areas: { lookup: a.csv, code: code }"],
        files: ["a.csv": "code\nA\nB\n"]),
      advice: "Did you mean \"A\"?", "B", is: 30
    ) { $0.keys[0] = "exclude-areas: [A]" },
    Remedy(
      "codeWithTwoNamesInARegisterIsRefused",
      Example(
        keys: ["areas: { lookup: a.csv, code: code, name: n }"],
        files: ["a.csv": "code,n\nA,Ay\nB,Bee\nA,Aye\n"]),
      advice: "keep one of them with `where`", is: 10
    ) { $0.keys = ["areas: { lookup: a.csv, code: code, name: n, where: { n: [Ay, Bee] } }"] },
    Remedy(
      "registerWithoutCodesIsRefused",
      Example(keys: ["areas: { lookup: a.csv, code: code }"], files: ["a.csv": "code\n"]),
      advice: "Fetch the file again", is: 10
    ) { $0.files["a.csv"] = "code\nA\nB\n" },
  ]

  /// Tests of messages whose remedy is another encoding of the file, which the advice gives as a command.
  static let converted: Set<String> = [
    "headingThatIsNotUTF8IsRefused", "codeThatIsNotUTF8IsRefusedWithItsPlace",
    "utf16IsToldWithItsPlace",
  ]
  /// Tests of what is no fault.
  static let accepted: Set<String> = ["textOfFilteredRowsIsNotLookedAt"]

  @Test(arguments: figures + others)
  func adviceLeadsToARightResult(_ remedy: Remedy) throws {
    let failure = try #require(try remedy.bad.failure(), "the bad input runs")
    #expect(
      remedy.advice.map { failure.advice?.contains($0) == true } ?? (failure.advice == nil),
      "\(failure)")
    let outcome = try remedy.mended.run()
    let value = outcome.figure(.provision, remedy.area, remedy.sector)?.value
    #expect(
      value.map { $0.isNaN ? nil : $0 } == .some(remedy.value)
        || value == nil && remedy.value == nil)
  }

  @Test(arguments: figures)
  func noTextWithDigitsIsOfferedAsAMarker(_ remedy: Remedy) throws {
    let failure = try #require(try remedy.bad.failure())
    let text = failure.found.split(separator: "\"").first.map(String.init) ?? ""
    guard text.contains(where: \.isNumber) else { return }
    #expect(failure.advice?.contains("markers: {") != true, "\(failure)")
  }

  @Test func everyBadInputHasARemedy() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "BadInputTests.swift")
    let source = try String(contentsOf: file, encoding: .utf8)
    let tests = source.matches(of: /@Test[^\n]*(?:\n[^@{]*)?func (\w+)\(/).map { String($0.1) }
    #expect(tests.count > 20)
    let known = Set((RemedyTests.figures + RemedyTests.others).map(\.test))
      .union(RemedyTests.converted).union(RemedyTests.accepted)
    for test in tests { #expect(known.contains(test), "\(test) states no remedy") }
  }
}
