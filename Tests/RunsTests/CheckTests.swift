import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

struct CheckTests {
  @Test func everyCheckPassesOnCleanData() throws {
    let checks = try CheckBench().outcome().checks
    #expect(checks.filter(\.result.isFound) == [])
    // One period, and neither totals, registers, lookups nor area codes that changed.
    let unchecked = checks.filter { $0.result == .unchecked }.map(\.check)
    #expect(
      Set(unchecked) == [
        "parts-and-totals", "disclosure", "mixed-vintages", "unknown-areas", "unknown-categories",
        "lookup-losses", "renamed-codes", "ambiguous-names", "jumps",
      ])
    #expect(Set(checks.map(\.check)) == Set(Check.catalogue.map(\.name)))
    #expect(checks.allSatisfy { $0.guidance == nil && !$0.message.isEmpty })
  }

  @Test func namesAreDistinctAndGuidanceIsThere() {
    #expect(Set(Check.catalogue.map(\.name)).count == Check.catalogue.count)
    #expect(Check.catalogue.allSatisfy { !$0.guidance.isEmpty && !$0.looksFor.isEmpty })
  }

  @Test func corruptionIsFoundInCodes() throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = CheckBench.table([
      ("N1", [120, 240]), ("N\u{fffd}2", [77, 183]), ("N\u{0}3", [5, 6]),
    ])
    let rows = try bench.rows("corruption")
    #expect(rows.map(\.result) == [.fail, .fail])
    // The two codes, and each again as a name of the grid's areas.
    #expect(rows.map(\.count) == [2, 2])
    #expect(rows[1].message.contains("NUL") && rows[1].message.contains("\\u{0}"))
  }

  @Test(arguments: ["<<<<<<< HEAD", "=======", ">>>>>>> 1b2c3d4"])
  func conflictMarkersAreRefused(line: String) throws {
    var bench = CheckBench()
    bench.files["provision.csv"]? += "\(line)\nN5,a,2024,1\n"
    let failure = try #require(bench.failure())
    #expect(failure.kind == .badData)
    #expect(failure.found.contains("conflict marker"))
    #expect(failure.place?.line == 14)
  }

  @Test func webPagesAreRefused() throws {
    var bench = CheckBench()
    bench.files["provision.csv"] = "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n"
    #expect(bench.failure()?.found.contains("web page") == true)
  }

  @Test func duplicateKeysEndTheReading() throws {
    #expect(try CheckBench().first("duplicate-keys")?.count == 12)
    var bench = CheckBench()
    bench.files["provision.csv"]? += "N1,a,2024,3\n"
    #expect(bench.failure()?.found.contains("second figure") == true)
  }

  @Test func roundingCountsFiguresThatAreNoMultiples() throws {
    var bench = CheckBench()
    bench.provision = "rounding: nearest 10"
    let row = try #require(try bench.first("rounding"))
    #expect(row.result == .fail)
    #expect(row.count == 10)
    #expect(row.place == "provision.csv:9")
    #expect(row.message.contains("such as 45"))
  }

  @Test func coarserRoundingThanStatedIsTold() throws {
    var bench = CheckBench()
    let areas = (1...8).map { ("N\($0)", [$0 * 10, $0 * 30, $0 * 70]) }
    bench.files["provision.csv"] = CheckBench.table(areas)
    #expect(try bench.first("rounding")?.result == .warn)
    #expect(try bench.first("rounding")?.message.contains("multiples of 10") == true)
    bench.provision = "rounding: nearest 10"
    #expect(try bench.first("rounding")?.result == .pass)
    bench.provision = "rounding: nearest 5"
    #expect(try bench.first("rounding")?.result == .warn)
  }

  @Test(arguments: [(0.1, "0.3"), (0.5, "12.5"), (2.5, "7.5")])
  func unitsThatAreNotWholeAreMet(unit: Double, text: String) throws {
    var trace = RoundingTrace(.nearest(unit))
    trace.note(try #require(Double(text)), line: 2)
    #expect(trace.missCount == 0)
    trace.note(0.27, line: 3)
    #expect(trace.missCount == 1 && trace.leastMiss?.line == 3)
  }

  @Test func bandsOfUnitsAreMet() {
    var trace = RoundingTrace(.banded(RoundingBand.bresOpen))
    for value in [5, 10, 75, 100, 350, 1250, 3500, 6000] { trace.note(Double(value), line: 1) }
    #expect(trace.missCount == 0)
    for value in [7, 60, 260, 1100] { trace.note(Double(value), line: 1) }
    #expect(trace.missCount == 4)
  }

  @Test func marksWithoutAPointAreTold() throws {
    var bench = CheckBench()
    bench.files["provision.csv"]? += "N5,a,2024,c\nN5,b,2024,c\nN5,c,2024,7\n"
    let row = try #require(try bench.first("markers"))
    #expect(row.result == .warn && row.count == 2)
    bench.provision = "markers: { c: 0..4 }"
    #expect(try bench.first("markers")?.result == .pass)
  }

  @Test func totalsThatPartsCannotMakeFail() throws {
    var bench = CheckBench()
    bench.provision = "totals: { category: all }"
    bench.files["provision.csv"]? += "N1,all,2024,721\nN2,all,2024,352\nN3,all,2024,500\n"
    let row = try #require(try bench.first("parts-and-totals"))
    #expect(row.result == .fail && row.count == 1)
    #expect(row.message.contains("N3") && row.message.contains("484 to 484"))
  }
}
