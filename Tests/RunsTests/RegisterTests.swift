import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Registers and lookups that say when their codes live.
struct RegisterTests {
  /// N1 was renamed; N2 ended when N5 began; N3 and N4 live at all times.
  private static func bench(_ register: String) -> CheckBench {
    var bench = CheckBench()
    bench.head = "areas: { file: areas.csv, code: code, name: name, \(register) }"
    bench.files["areas.csv"] = """
      code,name,from,to
      N1,Old town,,2023-04-01
      N1,New town,01/04/2023,
      N2,Borough,,2023-04-01
      N3,Village,,
      N4,Moor,,
      N5,Greater borough,2023-04-01,

      """
    return bench
  }

  private static let dates = "introduced: from, terminated: to"

  @Test func asOfTakesTheCodesAndNamesOfADay() throws {
    let before = try RegisterTests.bench("\(RegisterTests.dates), as-of: 2023-03-31").outcome()
    #expect(before.areas.codes == ["N1", "N2", "N3", "N4"])
    #expect(before.areas.names[0] == "Old town")
    // A code is no longer in use on the day of its termination.
    let after = try RegisterTests.bench("\(RegisterTests.dates), as-of: 01/04/2023").outcome()
    #expect(after.areas.codes == ["N1", "N3", "N4", "N5"])
    #expect(after.areas.names[0] == "New town")
    let row = try #require(after.checks.first { $0.check == "renamed-codes" })
    #expect(row.count == 1 && row.result == .pass)
    #expect(row.message.contains("\"Old town\" until 2023-04-01"))
    #expect(row.message.contains("at the date of the job the name is \"New town\""))
  }

  @Test func codesOfAnotherTimeAreToldWithTheirCount() throws {
    let bench = RegisterTests.bench("\(RegisterTests.dates), as-of: 2024")
    let row = try #require(try bench.first("unknown-areas"))
    #expect(row.count == 352)
    #expect(row.message.contains("\"N2\" until 2023-04-01"))
  }

  @Test func aRenamedCodeWithoutATimeIsRefused() throws {
    let failure = try #require(RegisterTests.bench(RegisterTests.dates).failure())
    #expect(failure.found.contains("as \"Old town\" and as \"New town\""))
    #expect(failure.advice?.contains("as-of") == true)
    #expect(failure.place?.line == 3)
  }

  @Test func aYearInWhichACodeChangesIsRefused() throws {
    let bench = RegisterTests.bench("\(RegisterTests.dates), as-of: 2023")
    let failure = try #require(bench.failure())
    #expect(failure.found.contains("a part of 2023 only") && failure.expected == "a day")
  }

  @Test(arguments: ["2023-02-29", "31/04/2023", "April", "1/4/2023", "20230401"])
  func otherDatesAreRefused(text: String) throws {
    let bench = RegisterTests.bench("\(RegisterTests.dates), as-of: \"\(text)\"")
    #expect(bench.failure()?.expected?.contains("2025-09-29") == true)
  }

  @Test func asOfNeedsColumns() throws {
    let failure = try #require(RegisterTests.bench("as-of: 2023").failure())
    #expect(failure.expected?.contains("introduced") == true)
  }

  @Test func areasThatNeverLivedTogetherAreMixed() throws {
    var bench = RegisterTests.bench("\(RegisterTests.dates), where: { name: { not: Old town } }")
    #expect(try bench.first("mixed-vintages")?.result == .pass)
    bench.files["provision.csv"]? += "N5,a,2024,30\n"
    let row = try #require(try bench.first("mixed-vintages"))
    #expect(row.result == .warn && row.count == 352)
    #expect(row.message.contains("1 area ended before"))
    bench.files["provision.csv"] = CheckBench.table([("N1", [3, 4]), ("N2", [5, 6])])
    bench.files["provision.csv"]? += "N5,a,2025,30\n"
    bench.files["demand.csv"]? += "N1,a,2025,30\n"
    let whole = try #require(try bench.first("mixed-vintages"))
    #expect(whole.count == 11 && whole.message.contains("over all periods"))
  }

  @Test func oneNameForTwoCodesIsTold() throws {
    var bench = RegisterTests.bench("where: { name: { not: Old town } }")
    bench.files["areas.csv"] = "code,name,level\nN1,Town,a\nN2,Hill,a\nN3,Town ,b\nN4,Dale,a\n"
    let row = try #require(try bench.first("ambiguous-names"))
    #expect(row.result == .warn && row.count == 721 + 100 + 484 + 164)
    #expect(row.message.contains("\"Town\""))
  }

  private static func lookup(_ keys: String) -> CheckBench {
    var bench = CheckBench()
    bench.provision = "area-lookup: { file: lookup.csv, from: f, to: t\(keys) }"
    bench.files["lookup.csv"] = """
      f,t,first,last
      N1,N1,2023,2025
      N2,N1,2023,2023
      N2,N2,2025,2025
      N3,N3,2025,2025
      N4,N4,2023,2025

      """
    return bench
  }

  @Test func lookupsHoldForTheirYears() throws {
    let years = ", valid-from: first, valid-to: last"
    let early = try RegisterTests.lookup("\(years), as-of: 2023").outcome()
    #expect(early.grids[0].provision.totalLower[0] == 721 + 352)
    let row = try #require(early.checks.first { $0.check == "unknown-areas" })
    #expect(row.count == 484 && row.message.contains("\"N3\" from 2025-01-01"))
    let late = try RegisterTests.lookup("\(years), as-of: 2025").outcome()
    #expect(late.grids[0].provision.totalLower[0] == 721)
    #expect(late.unmapped.isEmpty)
  }

  @Test func twoTargetsWithoutWeightsAreRefused() throws {
    let failure = try #require(RegisterTests.lookup("").failure())
    #expect(failure.found.contains("\"N2\" maps to 2 targets without weights: \"N1\", \"N2\""))
    #expect(failure.advice?.contains("as-of") == true)
  }
}
