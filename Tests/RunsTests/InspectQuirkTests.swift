import Foundation
import Testing

@testable import Mismatch
@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Small made-up files, one quirk each.
@Suite struct InspectQuirkTests {
  private func account(_ bytes: [UInt8], name: String = "made.csv") throws -> Account {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("inspect-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name)
    try Data(bytes).write(to: path)
    return try #require(try Inspection.accounts(of: path.path).first)
  }

  private func account(_ text: String) throws -> Account { try account(Array(text.utf8)) }

  @Test func windowsTextIsReadAndTold() throws {
    let account = try account(Array("area,value\nYnys M".utf8) + [0xf4] + Array("n,5\n".utf8))
    #expect(account.encoding?.name == "Windows-1252 suspected")
    #expect(account.columns.first?.examples == ["Ynys Môn"])
    #expect(account.warnings.count == 1)
    #expect(account.problem == nil)
  }

  @Test func wideTextIsRefusedAndSemicolonsAreRead() throws {
    #expect(try account([0xff, 0xfe, 0x61, 0x00]).problem?.contains("UTF-16") == true)
    let account = try account("area;value\na;1\nb;2\n")
    #expect(account.delimiter == "semicolon")
    #expect(account.problem == nil)
    #expect(account.rowCount == 2)
  }

  @Test func emptyAndHeaderOnlyFiles() throws {
    #expect(try account("").problem?.contains("the file is empty") == true)
    let account = try account("area_code,value\n")
    #expect(account.rowCount == 0)
    #expect(account.problem?.contains("an empty result") == true)
  }

  @Test func lineEndsAreTold() throws {
    #expect(try account("a,b\r\n1,2\r\n").encoding?.lineEnds == "CRLF")
    #expect(try account("a,b\r\n1,2\n").encoding?.lineEnds == "mixed")
    #expect(try account("a,b\n1,2").encoding?.endsWithLineBreak == false)
  }

  @Test func raggedRowsAreCounted() throws {
    let account = try account("a,b,c\n1,2,3\n1,2\n1,2,3\n1,2,3,4\n")
    #expect(account.raggedRows == RaggedAccount(count: 2, firstLines: [3, 5]))
  }

  @Test func brokenQuotesKeepWhatWasFound() throws {
    let account = try account("a,b\n1,2\n3,\"x\"y\n")
    #expect(account.problem?.contains("text follows a closing quote") == true)
  }

  @Test func repeatedKeysAreCountedWithTheirLine() throws {
    let account = try account(
      "area_code,sex,value\nE06000001,F,1\nE06000001,M,2\nE06000001,F,3\nE06000002,M,1\n")
    #expect(account.key?.duplicateCount == 1)
    #expect(account.key?.firstDuplicateLine == 4)
    #expect(account.key?.columns == ["area_code", "sex"])
  }

  @Test(arguments: [
    (["2021/22", "2022/23"], "academic or financial year"),
    (["202122"], "academic or financial year"),
    (["AY23/24"], "academic year"),
    (["2025/26 (Aug to Apr)"], "part of an academic or financial year"),
    (["Jun 25 (p)", "Jun 24 "], "month"),
    (["Apr-Jun 2001", "Nov- Jan 2002"], "rolling three months"),
    (["Apr-Jun 2001", "Apr 2024-Mar 2025"], "range of months"),
    (["2009-08", "2009-09", "2009-10"], "month"), (["2021", "2021-07"], "calendar year, month"),
  ])
  func kindsOfPeriodsAreTold(labels: [String], kind: String) {
    #expect(ColumnJudge.periods(labels)?.kind == kind)
    #expect(ColumnJudge.periods(["Total", "all"]) == nil)
  }

  @Test func roundingNeedsEnoughNumbers() {
    var few = NumberEvidence()
    for value in stride(from: 10.0, through: 100, by: 10) { few.add(value, spelt: "\(Int(value))") }
    #expect(few.rounding == nil)
    var tens = NumberEvidence()
    for value in stride(from: 10.0, through: 900, by: 10) {
      tens.add(value, spelt: "\(Int(value))")
    }
    #expect(tens.rounding == "nearest 10")
    tens.add(7, spelt: "7")
    #expect(tens.rounding == "none")
  }

  @Test func vintagesFollowFromCodesThatChanged() {
    #expect(AreaVintage.text(of: ["E06000001"]) == nil)
    #expect(
      AreaVintage.text(of: ["E06000061", "E07000026"])
        == "after the changes of 2021, before those of 2023")
    #expect(AreaVintage.text(of: ["E07000150", "E06000063"])?.hasPrefix("mixed") == true)
  }

  @Test func vintagesAreTakenFromWords() throws {
    #expect(
      AreaNames.vintage(in: "local authorities: district / unitary (as of April 2023)")
        == "as of April 2023")
    #expect(AreaNames.vintage(in: "Wards as of May 2011") == nil)
    let account = try account(
      "geography_code,geography_type,obs_value\n"
        + "E06000001,local authorities: district / unitary (as of April 2023),1\n"
        + "E06000002,local authorities: district / unitary (as of April 2023),2\n")
    #expect(account.columns[0].area?.vintage == "as of April 2023")
  }

  @Test func datesServeAsPeriods() throws {
    let account = try account("Month,vacancies\n2023-01-01,5\n2023-02-01,6\n2023-03-01,7\n")
    #expect(account.proposal?.contains("period: Month\n") == true)
  }

  @Test func marksKeepTheirMeaning() {
    #expect(Markers.meaning(of: "low", among: []) == "above 0, rounds to 0")
    #expect(Markers.meaning(of: " low", among: []).hasSuffix("needs `trim: true`"))
    #expect(Markers.meaning(of: "~", among: ["!"]).contains("500"))
    #expect(Markers.meaning(of: "NA", among: []).contains("not stated"))
    #expect(Markers.meaning(of: "??", among: []).contains("not explained"))
  }

  @Test func aDateIsAPeriodWhereItsColumnIsOne() throws {
    let columns = try account("date,date_of_birth,vacancies\n2014-01-01,2001-02-03,5\n").columns
    #expect(columns.map(\.role) == [.period, .date, .value])
    #expect(columns[0].periods?.kind == "date")
  }

  @Test(arguments: ["claimant_count_lsoa_sum", "Total Students", "value"])
  func figuresAreToldByTheirName(_ name: String) throws {
    let account = try account("area_code,\(name)\nE06000001,5\nE06000002,**\nE06000003,7\n")
    #expect(account.columns[1].role == .value)
    #expect(account.columns[1].markers.map(\.text) == ["**"])
  }

  @Test func aMatrixUnderAreaCodesHoldsFigures() throws {
    let account = try account(
      "employment,E06000001,E06000002,E06000003\nCare,1,2,3\nBuild,4,5,6\nTeach,7,8,9\n")
    #expect(account.columns.map(\.role).dropFirst().allSatisfy { $0 == .value })
    #expect(account.headings?.role == .areaCode)
  }

  @Test func allOthersAreNoTotal() throws {
    let account = try account(
      "qualification_type,starts\nAll other qualifications,1\nAll ages,2\nGCSE,3\nGCSE,4\nGCSE,5\n"
        + "GCSE,6\nGCSE,7\nGCSE,8\nGCSE,9\nGCSE,1\nGCSE,2\nGCSE,3\n")
    #expect(account.columns[0].totals == ["All ages"])
  }

  @Test func figuresWithSpacesAroundNeedTrim() throws {
    let account = try account("area_code, Starts \nE06000001, 850 \nE06000002,\" 1,250 \"\n")
    #expect(account.proposal?.contains("trim: true") == true)
    #expect(account.proposal?.contains("value: Starts\n") == true)
  }

  @Test func noJobIsProposedForWhatARunRefuses() throws {
    #expect(try account("area_code,starts\nE06000001,1\n").proposal != nil)
    for text in [
      "area_code,starts\nE06000001,1\nE06000002\n", "area_code,starts\nE06000001,-1\n",
      "area_code,starts\nE06000001,1\nE06000001,2\n",
    ] {
      #expect(try account(text).proposal == nil, "\(text)")
    }
  }

  @Test func titledTablesHaveTheHeadingsThatTheirReaderFinds() throws {
    let year = try account("Births,,\nUnits: counts,,\n,,2019\nE06000001,A,5\nE06000002,B,7\n")
    #expect(year.reader == "titled-table")
    #expect(year.blocks.first?.headerLines == [3])
    #expect(year.columns.last?.name == "2019")
    let units = try account("Births,,\nYear,Active,Births\n,(000s),(000s)\n2019,5,1\n2020,7,2\n")
    #expect(units.blocks.first?.headerLines == [2, 3])
    #expect(units.columns.map(\.name) == ["Year", "Active | (000s)", "Births | (000s)"])
    // A first row whose count is withheld is no heading.
    let marked = try account("Births,,\nArea,Sector,Count\nA,x,withheld\nB,y,12\nC,y,13\n")
    #expect(marked.blocks.first?.headerLines == [2])
    #expect(marked.rowCount == 3)
  }
}
