import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// `area_indices.csv` and `smoothed.csv`, as a user reads them.
struct AreaIndicesTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// The rows of a file of the run, by heading.
  private func rows(_ name: String, of example: Example) throws -> [[String: String]] {
    let outcome = try Session(try example.job(in: folder), workerCount: 2, seed: 3).run()
    try OutputFolder("\(folder.path)/out", force: false).write(
      outcome, options: Manifest.Options(seed: 3))
    var records = Reference.fields(of: try folder.text("out/\(name)"))
    let header = records.removeFirst()
    return records.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  @Test func aSummaryHoldsWhatChanceMakesOfAllAreasTogether() throws {
    let example = Example(
      keys: [
        "measures: [ gap, dissimilarity, matched ]", "output: { files: [summary.csv] }",
      ],
      files: [
        "provision.csv": "area,sector,count\nA,x,2\nB,x,3\n",
        "demand.csv": "area,sector,count\nA,x,1\nB,y,1\n",
      ])
    let rows = try rows("summary.csv", of: example)
    let row = { (name: String) in try #require(rows.first { $0["measure"] == name }) }
    // Garwood's limits of a count of 5.
    let ends = try ["sampling_lower", "sampling_upper"].map {
      try #require(Double(try row("provision")[$0] ?? ""))
    }
    #expect(Closeness.either(1e-4).holds(ends, [1.6235, 11.6683]))
    // Provision is all in x, demand two tosses of a coin, so the index is its own mean over samples.
    let index = try row("dissimilarity")
    #expect(index["value"] == "0.5" && index["debiased"] == "0.5")
    #expect(index["sampling_lower"] == "0" && index["sampling_upper"] == "1")
    #expect(try row("matched")["sampling_lower"] == "")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/out/area_indices.csv"))
  }

  @Test(arguments: [true, false])
  func theWholeAndItsPartsHaveIntervals(isSampling: Bool) throws {
    let kinds = isSampling ? "bounds, sampling" : "bounds"
    let rows = try rows(
      "summary.csv",
      of: Example(
        keys: [
          "measures: [ mutual_information ]", "output: { files: [summary.csv] }",
          "intervals: { kinds: [\(kinds)] }",
        ],
        files: [
          "provision.csv": "area,sector,count\nA,x,900\nA,y,100\nB,x,100\nB,y,900\n",
          "demand.csv": "area,sector,count\nA,x,100\nA,y,900\nB,x,900\nB,y,100\n",
        ]))
    for name in ["total_mutual_information", "wrong_skill", "wrong_skill_share"] {
      let row = try #require(rows.first { $0["measure"] == name })
      let number = { (column: String) in row[column].flatMap(Double.init) }
      let (value, debiased) = (try #require(number("value")), try #require(number("debiased")))
      #expect(debiased <= value && debiased > value - 0.001)
      guard isSampling else {
        #expect(row["sampling_lower"] == "")
        continue
      }
      let lower = try #require(number("sampling_lower"))
      #expect(lower < debiased && lower > 0.9 * value)
      #expect(try #require(number("sampling_upper")) >= value)
    }
  }

  @Test func indicesStandBesideWhatChanceMakesOfThem() throws {
    let rows = try rows(
      "area_indices.csv",
      of: Example(
        keys: ["measures: [ gap, dissimilarity, half_triangular, matched ]"],
        files: [
          "provision.csv": "area,sector,count\nA,x,1\nB,x,4\n",
          "demand.csv": "area,sector,count\nA,x,1\nA,y,1\n",
        ]))
    #expect(
      rows.map { $0["index"] } == [
        "dissimilarity", "half_triangular", "dissimilarity", "half_triangular",
      ])
    // Provision is one in x whatever chance does, demand two tosses of a coin: D* = 1 - Y/2, and
    // without mismatch |X - Y/2| with 2/3 for x on both sides.
    let row = rows[0]
    #expect(row["value"] == "0.5" && row["debiased"] == "0.5")
    #expect(row["sampling_lower"] == "0" && row["sampling_upper"] == "1")
    let chance = try #require(row["expected_without_mismatch"].flatMap(Double.init))
    #expect(abs(chance - 4.0 / 9) < 1e-15)
    #expect(rows[1]["debiased"] == "" && rows[1]["sampling_upper"] == "1")
    #expect(rows[2]["value"] == "" && rows[2]["sampling_lower"] == "")
    #expect(rows[2]["status"] == "absent unknown")
  }

  @Test func mutualInformationOfAllIsWhatLiesBetweenSectors() throws {
    for demand in [Example.counts, "area,sector,count\nA,x,7\nA,y,31\n"] {
      let rows = try rows("summary.csv", of: Example(files: ["demand.csv": demand]))
      let told = ["mutual_information", Headline.betweenSectors].map { name in
        rows.first { $0["measure"] == name }.map { row in
          ["value", "debiased", "sampling_lower", "sampling_upper"].map { row[$0] ?? "" }
        }
      }
      #expect(told[0]?.contains("") == false && told[0] == told[1])
    }
  }

  @Test func sectorsAreSmoothedByTheMethodsOfTheJob() throws {
    let rows = try rows(
      "smoothed.csv",
      of: Example(
        keys: ["measures: [ gap ]", "smoothing: { method: [ marshall, clayton-kaldor ] }"],
        files: [
          "provision.csv": "area,sector,count\nA,x,30\nB,x,5\nC,x,5\nD,x,7\n",
          "demand.csv": "area,sector,count\nA,x,10\nB,x,5\nC,x,5\n",
        ]))
    #expect(
      rows.map { $0["method"] } == Array(repeating: "marshall", count: 4)
        + Array(repeating: "clayton-kaldor", count: 4))
    // Marshall by hand: rate 2, s² = (10 + 5 + 5) / 20 = 1, variance 1 - 2 / (20 / 3) = 0.7.
    let first = rows[0]
    #expect(first["provision_per_vacancy"] == "3" && first["ratio"] == "1.5")
    let smoothed = try #require(first["smoothed_provision_per_vacancy"].flatMap(Double.init))
    #expect(abs(smoothed - (2 + 0.7 / (0.7 + 0.2))) < 1e-12)
    #expect(first["pooled"] == "false" && first["status"] == "")
    #expect(rows[3]["smoothed_ratio"] == "" && rows[3]["status"] == "absent unknown")
  }

  @Test func anUnknownMethodIsToldWithTheKnownOnes() throws {
    let error = #expect(throws: Failure.self) {
      _ = try Example(keys: ["smoothing: { method: marshal }"]).job(in: folder)
    }
    let failure = try #require(error)
    #expect(failure.found == "unknown method of smoothing \"marshal\" in `smoothing.method`")
    let empty = #expect(throws: Failure.self) {
      _ = try Example(keys: ["smoothing: { method: [] }"]).job(in: folder)
    }
    #expect(empty?.found == "an empty list")
    #expect(failure.advice == "Did you mean \"marshall\"?")
    #expect(failure.place?.line == 1)
  }
}
