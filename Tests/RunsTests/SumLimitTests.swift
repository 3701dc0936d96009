import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Sums that doubles do not keep exactly are refused, with whose they are and where they begin.
struct SumLimitTests {
  private static let half = "4503599627370496"

  private func failure(
    _ rows: String, _ provision: [String: String] = [:], columns: String = "area,sector,count"
  ) throws -> Failure? {
    try Example(provision: provision, files: ["provision.csv": "\(columns)\n\(rows)"]).failure()
  }

  @Test func theLargestSumIsKeptAndTheNextIsRefused() throws {
    #expect(try failure("A,x,9007199254740990\nA,y,1\n") == nil)
    let failure = try #require(try failure("B,x,1\nA,x,9007199254740990\nB,y,3\nA,y,2\n"))
    #expect(failure.kind == .badData)
    #expect(failure.place == Place(file: "provision.csv", line: 3))
    #expect(
      failure.found
        == "provision, period all: the counts of area \"A\" sum to 9007199254740992")
    #expect(failure.expected?.contains("9007199254740991") == true)
  }

  @Test func aSideHasASumToo() throws {
    let failure = try #require(
      try failure("A,x,10\nB,x,\(Self.half)\nB,y,7\nA,y,\(Self.half)\n"))
    #expect(failure.found.contains("the counts of all areas sum to 9007199254741008"))
    #expect(failure.found.contains("most of them in area \"A\""))
    #expect(failure.place?.line == 2)
  }

  @Test func upperBoundsCount() throws {
    let markers = ["markers": "{ c: 0..\(Self.half) }"]
    let failure = try #require(try failure("B,x,1\nA,x,c\nA,y,c\n", markers))
    #expect(failure.place?.line == 3 && failure.found.contains("area \"A\""))
    #expect(try self.failure("B,x,1\nA,x,c\nA,y,c\n", ["markers": "{ c: 0.. }"]) == nil)
    #expect(try self.failure("A,x,9007199254740990\n", ["rounding": "nearest 10"]) != nil)
  }

  /// The first line of an area in its first file, and in the period that is compared.
  @Test func partsPeriodsAndFilesHaveTheirFirstLines() throws {
    var failure = try failure(
      "B,x,f,1\nA,x,f,\(Self.half)\nA,x,m,\(Self.half)\n", ["sum-over": "[sex]"],
      columns: "area,sector,sex,count")
    #expect(failure?.place?.line == 3 && failure?.found.contains("area \"A\"") == true)
    failure = try Example(
      provision: ["period": "year", "file": "[provision.csv, more.csv]"],
      demand: ["period": "{ constant: 2021 }"],
      files: [
        "provision.csv": "area,sector,year,count\nA,x,2020,\(Self.half)\nA,y,2020,\(Self.half)\n",
        "more.csv":
          "area,sector,year,count\nB,x,2021,1\nA,x,2021,\(Self.half)\nA,y,2021,\(Self.half)\n",
      ]
    ).failure()
    #expect(failure?.place == Place(file: "more.csv", line: 3))
    #expect(failure?.found.hasPrefix("provision, period 2021: ") == true)
  }

  @Test func totalsThatASideIsScaledToHaveASum() throws {
    let failure = try Example(
      provision: [
        "balance-to": "{ areas: { file: areas.csv, code: code, value: value }, "
          + "sectors: { file: sectors.csv, code: code, value: value } }"
      ],
      files: [
        "areas.csv": "code,value\nA,\(Self.half)\nB,4503599627370497\n",
        "sectors.csv": "code,value\nx,\(Self.half)\ny,4503599627370497\n",
      ]
    ).failure()
    #expect(failure?.place == Place(file: "areas.csv", line: 3))
    #expect(failure?.found.contains("the area totals sum to 9007199254740992") == true)
  }

  /// Rows that `where` leaves out may hold any number: only counts are taken down of them.
  @Test func whatFiltersLeaveOutIsNoSum() throws {
    let outcome = try Example(
      provision: ["where": "{ sector: { not: z } }"],
      files: ["provision.csv": "area,sector,count\nA,x,1\nB,y,2\nA,z,1e308\nB,z,1e308\nA,z,4\n"]
    ).run()
    #expect(outcome.reconciliation(.provision).filtered == 4)
  }
}
