import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Everything that speaks of before and after goes by time, whatever the labels.
struct ChronologyTests {
  /// The months from October 2022 to March 2023 in six spellings; by text only the third is in order.
  private static let spellings = [
    ["Oct 22", "Nov 22", "Dec 22", "Jan 23", "Feb 23", "Mar 23"],
    [
      "October 2022", "November 2022", "December 2022", "January 2023", "February 2023",
      "March 2023",
    ],
    ["2022-10", "2022-11", "2022-12", "2023-01", "2023-02", "2023-03"],
    ["Oct-22", "Nov-22 (r)", "Dec-22", "Jan-23", "Feb-23 (p)", "Mar-23 (p)"],
    ["2022 Oct", "2022 Nov", "2022 Dec", "2023 Jan", "2023 Feb", "2023 Mar"],
    // Every month in another way.
    ["October 2022", "2022M11", "202212", "Jan 23", "2023 February", "2023-03"],
  ]

  private struct Tables: Equatable {
    let change: [[String]]
    let shiftShare: [[String]]
    let unemployment: [[String]]
    /// Labels as they stand in `summary.csv`.
    let order: [String]
  }

  /// What a run over six months writes, its labels replaced by their number.
  private func tables(
    _ provision: [String], _ demand: [String]? = nil, periods: String? = nil,
    labels: [String]? = nil, flows: [String]? = nil
  ) throws -> Tables {
    let demand = demand ?? provision
    let labels = labels ?? provision
    var draws = RandomSource(seed: 4)
    func counts(_ names: [String]) -> String {
      var rows = names.indices.flatMap { month in
        ["A", "B", "C"].flatMap { area in
          ["x", "y"].map { "\(area),\($0),\(names[month]),\(draws.whole(20...90))\n" }
        }
      }
      rows.shuffle(using: &draws)
      return "area,sector,month,count\n" + rows.joined()
    }
    let rates = (flows ?? labels).enumerated().map { "\($1),0.\(20 + 3 * $0),0.0\(15 + $0)\n" }
    let folder = try TestFolder()
    let usual = ["period": "month"]
    let job = try Example(
      provision: usual, demand: usual,
      keys: [
        "matching: { vacancy-share: 0.5, flows: { file: flows.csv, period: month, job-finding: f, "
          + "separation: s, start: 0.05 } }", "output: { files: all }",
      ] + [periods.map { "periods: \($0)" }].compactMap { $0 },
      files: [
        "provision.csv": counts(provision), "demand.csv": counts(demand),
        "flows.csv": "month,f,s\n" + rates.shuffled(using: &draws).joined(),
      ]
    ).job(in: folder)
    let outcome = try Session(job, workerCount: 2).run()
    try OutputFolder("\(folder.path)/out", force: false).write(
      outcome, options: Manifest.Options(seed: 1))
    let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, "\($0)") })
    func table(_ name: String) throws -> [[String]] {
      try rows(folder.text("out/\(name)")).map { row in row.map { places[$0] ?? $0 } }
    }
    var order: [String] = []
    for row in try table("summary.csv").dropFirst() where order.last != row[0] {
      order.append(row[0])
    }
    return Tables(
      change: try table("change.csv"), shiftShare: try table("shift_share.csv"),
      unemployment: try table("mismatch_unemployment.csv"),
      order: order)
  }

  @Test(arguments: spellings)
  func sixSpellingsGiveTheSameResults(_ labels: [String]) throws {
    let found = try tables(labels)
    #expect(found == (try tables(Self.spellings[2])))
    #expect(found.order == (0..<6).map { "\($0)" })
    #expect(Set(found.change.dropFirst().map { [$0[0], $0[1]] }).count == 5)
    #expect(found.change.dropFirst().allSatisfy { Int($0[1]) == (Int($0[0]) ?? -9) + 1 })
    #expect(found.unemployment.contains { $0[0] == "5" && $0[4] == "turbulence" })
  }

  @Test func unlikeSpellingsOfTheSidesMeet() throws {
    let (provision, demand) = (Self.spellings[1], Self.spellings[2])
    let pairs = zip(provision, demand).map { "\($0) = \($1)" }
    let found = try tables(provision, demand, labels: pairs)
    let expected = try tables(demand)
    #expect(found.change == expected.change && found.shiftShare == expected.shiftShare)
    #expect(found.unemployment == expected.unemployment)
    // Flows in a third spelling, and pairs that the job lists the other way round.
    let listed = "{ pair: [" + pairs.reversed().map { "'\($0)'" }.joined(separator: ", ") + "] }"
    let again = try tables(
      provision, demand, periods: listed, labels: pairs, flows: Self.spellings[0])
    #expect(again == found)
  }

  @Test func labelsThatAreNoTimeGoAsTheJobListsThem() throws {
    let waves = ["pilot", "autumn", "winter", "main", "spring", "booster"]
    let expected = try tables(Self.spellings[2])
    let order = "{ order: [\(waves.joined(separator: ", "))] }"
    let pairs = "{ pair: [\(waves.joined(separator: ", "))] }"
    for periods in [order, pairs] {
      let found = try tables(waves, periods: periods)
      #expect(found.change == expected.change && found.shiftShare == expected.shiftShare)
      #expect(found.unemployment == expected.unemployment && found.order == expected.order)
    }
    // An order goes before what labels look like.
    let months = Self.spellings[2]
    let reversed = try tables(
      months, periods: "{ order: [\(months.reversed().joined(separator: ", "))] }")
    #expect(reversed.order == expected.order.reversed())
  }
}
