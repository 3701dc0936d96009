import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Texts that do not fit those beside them: in runs, and in what `inspect` says.
struct OddTextTests {
  private static let months =
    "area,sector,month,count\nA,x,Jan 23,1\nA,x,Feb 23,2\nA,x,Mar 23,3\nA,x,revised,4\n"

  private func rows(_ provision: String, _ keys: [String: String], job: [String] = []) throws
    -> [CheckRow]
  {
    try Example(provision: keys, keys: job, files: ["provision.csv": provision]).run().checks
      .filter { $0.check == "odd-texts" && $0.message.hasPrefix("provision") }
  }

  @Test func textsAmongDatesAreNamedWithTheirLine() throws {
    let pair = ["periods: { pair: \"Jan 23 = all\" }"]
    let row = try #require(try rows(Self.months, ["period": "month"], job: pair).first)
    #expect(row.result == .warn && row.place == "provision.csv:5")
    #expect(
      row.message == "provision: \"revised\" is no period, among 3 that are: its rows are left out")
    let filtered = ["period": "month", "where": "{ month: { not: revised } }"]
    #expect(try rows(Self.months, filtered, job: pair).map(\.result) == [.pass])
  }

  @Test func labelsThatAreNoDatesAtAllAreNotOdd() throws {
    let waves = Self.months.replacing(" 23", with: " wave")
    let pair = ["periods: { pair: \"revised = all\" }"]
    #expect(try rows(waves, ["period": "month"], job: pair).map(\.result) == [.pass])
  }

  @Test func markersThatLookAlikeMustMeanTheSame() throws {
    let text = "area,sector,count\nA,x,[X]\nA,y,5\n"
    let other = try #require(try rows(text, ["markers": "{ \"[X]\": 1..4 }"]).first)
    #expect(
      other.result == .warn && other.message.contains("\"[X]\" and \"[x]\" differ only in case"))
    let same = ["markers": "{ \"[X]\": { status: x, bounds: 0.. } }"]
    #expect(try rows(text, same).map(\.result) == [.pass])
  }

  private func warnings(_ text: String) throws -> [String] {
    let folder = try TestFolder()
    return try Inspection.accounts(of: folder.write("starts.csv", text)).flatMap(\.warnings)
  }

  @Test func inspectNamesThemWithTheirLines() throws {
    let months = (1...9).map { "E06000001,x,2023-0\($0),\($0)\n" }.joined()
    let periods = try warnings("area_code,sector,month,starts\n" + months + "E06000001,x,n/a,7\n")
    #expect(
      periods == [
        "`month` has \"n/a\", what programs write for a missing value",
        "`month`: \"n/a\" (line 11) is no period, unlike the others",
      ])
    let marks = try warnings(
      "area_code,sector,starts\nE06000001,x,[X]\nE06000001,y,5\nE06000002,x,[x]\nE06000002,y, low\n"
    )
    #expect(
      marks == ["`starts`: \"[X]\" (line 2) and \"[x]\" (line 4) differ only in case or spaces"])
  }
}
