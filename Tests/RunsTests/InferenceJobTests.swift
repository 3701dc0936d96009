import Dense
import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The blocks `intervals` and `calls` of a job, counted weights, and what follows in the files.
struct InferenceJobTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func decode(_ text: String) throws -> Job {
    let side = "file: f.csv, area: a, category: c, value: v"
    return try Job(
      text: text + "\nprovision: { kind: people, \(side) }\ndemand: { kind: jobs, \(side) }\n",
      file: "job.yaml")
  }

  @Test func whatIsNotSaidIsTheTestAgainstTheTolerance() throws {
    let rule = try decode("").inference
    // Weights that are no counts leave nothing open, so that kind is left out.
    #expect(rule.kinds == [.bounds, .sampling])
    #expect(rule.level == 0.95 && rule.draws == 1000 && rule.errorRate == 0.05)
    #expect(rule.null == .tolerance && rule.control == .benjaminiHochberg)
  }

  @Test func everyKeyIsDecoded() throws {
    let rule = try decode(
      """
      tolerance: 2
      intervals: { kinds: [ bounds, crosswalk ], level: 0.9, draws: 200 }
      calls: { null: zero, error-rate: 0.1, control: benjamini-yekutieli }
      """
    ).inference
    #expect(rule.kinds == .bounds && rule.tolerance == 2)
    #expect(rule.level == 0.9 && rule.draws == 200 && rule.errorRate == 0.1)
    #expect(rule.null == .zero && rule.control == .benjaminiYekutieli)
  }

  @Test(arguments: [
    ("intervals: { kinds: [ boundz ] }", "unknown kind of interval \"boundz\""),
    ("intervals: { level: 95 }", "`intervals.level` is \"95\""),
    ("intervals: { draws: 10 }", "`intervals.draws` is \"10\""),
    ("calls: { null: none }", "unknown null hypothesis \"none\" in `calls.null`"),
    ("calls: { error-rate: 0 }", "`calls.error-rate` is \"0\""),
    ("calls: { control: holm }", "unknown control \"holm\" in `calls.control`"),
    ("tolerance: 100", "`tolerance` is \"100\""),
  ])
  func wrongValuesAreTold(text: String, found: String) throws {
    let failure = try #require(throws: Failure.self) { try decode(text) }
    #expect(failure.found == found)
  }

  @Test(arguments: [
    ("{ file: m.csv, from: f, to: t, counts: n, weight: w }", "`provision.crosswalk.counts`"),
    (
      "[ { file: m.csv, from: f, to: t }, { file: n.csv, from: f, to: t, counts: n } ]",
      "`provision.crosswalk` is a list of maps"
    ),
  ])
  func countsStandAlone(crosswalk: String, found: String) throws {
    let side = "area: a, category: c, value: v"
    let text = """
      provision: { kind: people, file: p.csv, \(side), crosswalk: \(crosswalk) }
      demand: { kind: jobs, file: d.csv, \(side) }
      """
    let failure = try #require(throws: Failure.self) { try Job(text: text, file: "job.yaml") }
    #expect(failure.found.hasPrefix(found))
  }

  private func write(_ example: Example) throws -> Outcome {
    let outcome = try Session(try example.job(in: folder), workerCount: 2).run()
    try OutputFolder("\(folder.path)/out", force: true)
      .write(outcome, options: Manifest.Options(seed: 0), workerCount: 2)
    return outcome
  }

  private func table(_ name: String) throws -> [[String: String]] {
    let rows = try RunsTests.rows(try folder.text("out/\(name)"))
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
  }

  /// Two areas with the same shares, one counted a hundred times as often.
  private static func sizes(_ keys: [String]) -> Example {
    Example(
      keys: keys,
      files: [
        "provision.csv": "area,sector,count\nA,x,6\nA,y,4\nB,x,600\nB,y,400\n",
        "demand.csv": "area,sector,count\nA,x,4\nA,y,6\nB,x,400\nB,y,600\n",
      ])
  }

  @Test func theSameGapIsCalledWhereItIsCountedOftenEnough() throws {
    _ = try write(Self.sizes([]))
    #expect(try table("cells.csv").map { $0["call"] } == ["unclear", "unclear", "over", "under"])
    let calls = try table("calls.csv")
    let gaps = try calls.map { try #require(Double($0["share_gap_pp"] ?? "")).rounded() }
    #expect(gaps == [20, -20, 20, -20])
    #expect(calls.map { $0["rank_in_area"] } == ["1", "2", "1", "2"])
    #expect(calls.map { $0["rank_in_area_worst"] } == ["2", "2", "1", "2"])
    for row in calls {
      let p = try #require(Double(row["p"] ?? ""))
      let adjusted = try #require(Double(row["p_adjusted"] ?? ""))
      #expect(p <= adjusted)
    }
  }

  @Test func withoutSamplingBoundsAloneDecide() throws {
    _ = try write(Self.sizes(["intervals: { kinds: [ bounds ] }"]))
    #expect(try table("cells.csv").map { $0["call"] } == ["over", "under", "over", "under"])
    for row in try table("calls.csv") {
      #expect(row["p"] == "" && row["combined_lower"] == row["share_gap_pp"])
    }
    #expect(try table("intervals.csv").allSatisfy { $0["sampling_lower"] == "" })
  }

  @Test func countedWeightsWidenWhatGoesThroughThem() throws {
    func gap(_ counts: String) throws -> (Double, Double) {
      let example = Example(
        provision: ["crosswalk": "{ file: map.csv, from: f, to: t, counts: n }"],
        files: [
          "provision.csv": "area,sector,count\nA,k,600\nA,l,400\n",
          "demand.csv": "area,sector,count\nA,x,500\nA,y,500\n",
          "map.csv": "f,t,n\n" + counts,
        ])
      let outcome = try write(example)
      #expect(outcome.job.inference.kinds == .all)
      // A ratio has no form for counted weights, so nothing is claimed of it.
      for row in try table("intervals.csv") where row["measure"] == "provision_per_vacancy" {
        #expect(row["sampling_lower"] != "" && row["combined_lower"] == "", "\(row)")
        #expect(row["crosswalk_upper"] == "" && row["combined_upper"] == "")
      }
      let rows = try table("intervals.csv").filter { $0["measure"] == "share_gap_pp" }
      let row = try #require(rows.first)
      return (
        try #require(Double(row["crosswalk_upper"] ?? "")),
        try #require(Double(row["combined_upper"] ?? ""))
      )
    }
    let few = try gap("k,x,3\nk,y,1\nl,y,1\n")
    let many = try gap("k,x,300\nk,y,100\nl,y,1\n")
    // Dirichlet: a share of 3.5/5 on a precision of 6 moves 600 of 1,000 trainees.
    #expect(abs(few.0 - (60 * Beta(3.5, 1.5).upperQuantile(0.025) - 50)) < 1e-9)
    #expect(many.0 < few.0 && many.1 < few.1 && few.1 > few.0)
  }

  @Test func filesDoNotDependOnThreads() throws {
    _ = try write(Self.sizes([]))
    let names = ["cells.csv", "calls.csv", "intervals.csv", "manifest.json"]
    let parallel = try names.map { try folder.text("out/\($0)") }
    let outcome = try Session(try Self.sizes([]).job(in: folder), workerCount: 1).run()
    try OutputFolder("\(folder.path)/out", force: true)
      .write(outcome, options: Manifest.Options(seed: 0))
    #expect(try names.map { try folder.text("out/\($0)") } == parallel)
  }
}
