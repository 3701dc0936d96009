import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Gaps and calls under other crosswalks and weights.
struct SensitivityTests {
  private static let columns = "from: job, to: sector, weight: weight"

  /// Rounded demand of three kinds of job in three towns, which a crosswalk brings to the sectors of provision.
  private func example(
    _ sensitivity: String, crosswalk: String = "{ file: map.csv, \(columns) }",
    keys: [String] = [], files: [String: String] = [:]
  ) -> Example {
    Example(
      demand: [
        "category": "job", "rounding": "nearest 5", "markers": "{ \"[x]\": 0..4 }",
        "crosswalk": crosswalk,
      ],
      keys: ["sensitivity: \(sensitivity)"] + keys,
      files: [
        "provision.csv": "area,sector,count\nA,x,900\nA,y,1100\nB,x,30\nB,y,40\nC,x,500\nC,y,510\n",
        "demand.csv":
          "area,job,count\nA,cook,400\nA,clerk,600\nA,smith,500\nB,cook,20\nB,clerk,[x]\n"
          + "B,smith,45\nC,cook,250\nC,clerk,500\nC,smith,260\n",
        "map.csv": Self.map, "other.csv": Self.other,
      ].merging(files) { $1 })
  }

  private static let map =
    "job,sector,weight\ncook,x,1\nclerk,x,0.5\nclerk,y,0.5\nsmith,y,0.75\nsmith,x,0.25\n"
  private static let other = "job,sector,weight\ncook,x,0.5\ncook,y,0.5\nclerk,x,1\nsmith,y,1\n"

  private func cells(_ outcome: Outcome) throws -> [CallSensitivity.Cell] {
    try #require(outcome.each(CallSensitivity.self).first).cells
  }

  private func findings(_ outcome: Outcome) throws -> [Inference.Finding] {
    try #require(outcome.each(Inference.self).first).findings
  }

  private func text(_ outcome: Outcome, _ name: String = "sensitivity.csv") throws -> String {
    let table = try #require(OutputCatalogue.tables(of: outcome).first { $0.name == name })
    return String(decoding: table.bytes, as: UTF8.self)
  }

  // MARK: Laws

  @Test func anotherCrosswalkGivesWhatAJobWithItDoes() throws {
    let outcome = try example("{ crosswalks: [ other.csv ] }").run()
    var twin = example("{ crosswalks: [ other.csv ] }")
    twin.files["map.csv"] = Self.other
    let expected = try findings(twin.run())
    let own = try findings(outcome)
    let table = try #require(outcome.each(CallSensitivity.self).first)
    var changedCount = 0
    for (place, cell) in table.cells.enumerated() {
      let gaps = [own[place].gap, expected[place].gap]
      #expect(cell.own == CalledGap(gap: own[place].gap, call: own[place].call))
      #expect([cell.lowest.gap, cell.highest.gap] == [gaps.min(), gaps.max()])
      #expect(table.survives(place) == (own[place].call == expected[place].call))
      if table.survives(place) == false { changedCount += 1 }
    }
    #expect(changedCount > 0 && changedCount < table.cells.count)
    #expect(outcome.inputs.contains { $0.role == "sensitivity demand crosswalk" })
  }

  @Test func theOwnCrosswalkChangesNothing() throws {
    let outcome = try example("{ crosswalks: [ map.csv ] }").run()
    let table = try #require(outcome.each(CallSensitivity.self).first)
    for (place, cell) in table.cells.enumerated() {
      #expect(cell.lowest.gap == cell.own.gap && cell.highest.gap == cell.own.gap)
      #expect(cell.lowest.alternative == nil && table.callShare(place) == 1)
    }
  }

  @Test func rangesHoldTheOwnGapAndShrinkWithConfidence() throws {
    let widths = try ["1", "100", "1e9"].map { confidence in
      try cells(example("{ perturb: 40, confidence: \(confidence) }").run()).map { cell in
        #expect(cell.lowest.gap <= cell.own.gap && cell.own.gap <= cell.highest.gap)
        return cell.highest.gap - cell.lowest.gap
      }
    }
    for place in widths[0].indices {
      #expect(widths[0][place] > widths[1][place] && widths[1][place] > widths[2][place])
      #expect(widths[2][place] < 0.01)
    }
  }

  @Test func bytesDependOnTheSeedAlone() throws {
    var one = example("{ crosswalks: [ other.csv ], perturb: 40 }")
    let folder = try TestFolder()
    let job = try one.job(in: folder)
    func run(seed: UInt64, workerCount: Int = 1) throws -> String {
      try text(Session(job, workerCount: workerCount, seed: seed).run())
    }
    let first = try run(seed: 3)
    #expect(try run(seed: 3, workerCount: 4) == first)
    #expect(try run(seed: 4) != first)
    for name in ["demand.csv", "map.csv", "other.csv"] {
      let lines = try #require(one.files[name]).split(separator: "\n")
      one.files[name] = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
    }
    let reordered = try TestFolder()
    #expect(
      try text(Session(try one.job(in: reordered), workerCount: 1, seed: 3).run()) == first)
  }

  @Test func severalPeriodsAndScaledSidesHaveTheirOwnAnswers() throws {
    let periods = example(
      "{ crosswalks: [ other.csv ], perturb: 20 }",
      files: [
        "provision.csv":
          "area,sector,count,year\nA,x,90,2021\nA,y,110,2021\nA,x,50,2022\nA,y,50,2022\n",
        "demand.csv":
          "area,job,count,year\nA,cook,40,2021\nA,clerk,60,2021\nA,smith,50,2022\nA,cook,10,2022\n",
      ])
    var dated = periods
    dated.provision["period"] = "year"
    dated.demand["period"] = "year"
    #expect(try dated.run().each(CallSensitivity.self).count == 2)
    var scaled = example("{ crosswalks: [ other.csv ] }")
    scaled.demand["balance-to"] =
      "{ areas: { file: a.csv, code: code, value: total }, "
      + "sectors: { file: s.csv, code: code, value: total } }"
    scaled.files["a.csv"] = "code,total\nA,900\nB,100\nC,1000\n"
    scaled.files["s.csv"] = "code,total\nx,1200\ny,800\n"
    var twin = scaled
    twin.files["map.csv"] = Self.other
    let found = try cells(scaled.run()).map { [$0.lowest.gap, $0.highest.gap] }
    let (own, expected) = (try findings(scaled.run()), try findings(twin.run()))
    for (place, range) in found.enumerated() {
      #expect(range.contains(own[place].gap) && range.contains(expected[place].gap))
    }
  }

  /// Tests of the same counts with published totals, all mapped or not.
  @Test(arguments: [Self.other, "job,sector,weight\ncook,x,1\nclerk,x,0.5\nclerk,y,0.5\n"])
  func totalsHoldForWhatIsMapped(other: String) throws {
    var own = example(
      "{ crosswalks: [ other.csv ] }", keys: ["accept: { unknown-categories: known }"],
      files: ["other.csv": other])
    own.demand["totals"] = "{ category: All }"
    own.files["demand.csv"]?.append("A,All,1500\nB,All,65\nC,All,1010\n")
    var twin = own
    twin.files["map.csv"] = other
    let cells = try cells(own.run())
    let (first, second) = (try findings(own.run()), try findings(twin.run()))
    for (place, cell) in cells.enumerated() {
      let gaps = [first[place].gap, second[place].gap]
      #expect(Closeness.absolute(1e-9).holds([cell.lowest.gap, cell.highest.gap], gaps.sorted()))
    }
  }

  // MARK: Reports

  @Test func whatACrosswalkLeavesOutIsReported() throws {
    let outcome = try example(
      "{ crosswalks: [ other.csv ] }", keys: ["sectors: { file: sectors.csv, code: code }"],
      files: [
        "other.csv": "job,sector,weight\ncook,x,1\nclerk,x,0.5\nclerk,w,0.5\nbaker,x,1\n",
        "sectors.csv": "code\nx\ny\n",
      ]
    ).run()
    let run = try #require(outcome.results[SensitivityRun.self])
    let losses = try #require(run.alternatives.first).losses
    #expect(losses.codes == ["smith"] && losses.sectors == ["w"])
    // 805 of smiths and half of the 1102 of clerks, of 2577.
    #expect(Closeness.absolute(1e-12).holds(losses.share, (805 + 551) / 2577.0))
    #expect(
      outcome.warnings.contains {
        $0.hasPrefix("sensitivity: other.csv leaves 52.6 % of demand unmapped")
          && $0.contains("\"smith\"") && $0.contains("unknown sectors: \"w\"")
      })
  }

  @Test func codesThatOnlyTheOtherCrosswalkMapsStayUnmapped() throws {
    let outcome = try example(
      "{ crosswalks: [ other.csv ] }", keys: ["accept: { unknown-categories: known }"],
      files: ["map.csv": "job,sector,weight\ncook,x,1\nclerk,y,1\n"]
    ).run()
    #expect(
      outcome.warnings.contains { $0.hasPrefix("sensitivity: other.csv also maps \"smith\"") })
  }

  @Test func cellsSayWhetherTheirCallSurvives() throws {
    let outcome = try example("{ crosswalks: [ other.csv ] }").run()
    func column(_ outcome: Outcome) throws -> [String] {
      let cells = try #require(
        OutputCatalogue.tables(of: outcome).first { $0.name == "cells.csv" })
      let place = try #require(cells.records.firstIndex { $0.name == "call_survives" })
      return try RunsTests.rows(try text(outcome, "cells.csv")).map { $0[place] }
    }
    let table = try #require(outcome.each(CallSensitivity.self).first)
    #expect(
      try column(outcome)
        == table.cells.indices.map { table.survives($0).map { "\($0)" } ?? "" })
    var without = example("")
    without.keys = []
    #expect(try Set(column(without.run())) == [""])
  }

  @Test func manifestHoldsAlternativesAndSeed() throws {
    let folder = try TestFolder()
    let job = try example("{ crosswalks: [ other.csv ], perturb: 5 }").job(in: folder)
    try OutputFolder("\(folder.path)/out", force: false)
      .write(try Session(job, workerCount: 1, seed: 9).run(), options: Manifest.Options(seed: 9))
    let text = try folder.text("out/manifest.json")
    let record = try #require(text.components(separatedBy: "\"sensitivity\" : {").last)
    for part in [
      "\"confidence\" : 10", "\"draws\" : 5", "\"seed\" : 9", "\"name\" : \"other.csv\"",
      "\"sha256\"", "\"unmapped_share\" : 0",
    ] { #expect(record.contains(part), "\(part)") }
  }

  // MARK: The job

  @Test(arguments: [
    ("{ }", "`sensitivity` is keys"), ("{ perturb: 0 }", "`sensitivity.perturb` is \"0\""),
    ("{ crosswalks: [ other.csv ], confidence: 3 }", "`sensitivity.confidence` is \"3\""),
    ("{ perturb: 5, confidence: 0 }", "`sensitivity.confidence` is \"0\""),
    ("{ crosswalks: [ { file: other.csv, side: provision } ] }", "\"other.csv\" is for provision"),
    ("{ crosswalks: [ { file: other.csv, from: job } ] }", "`sensitivity.crosswalks` has no key"),
    ("{ crosswalks: [ { file: other.csv, sides: demand } ] }", "unknown key \"sides\""),
  ])
  func wrongBlocksAreRefused(block: String, found: String) throws {
    let failure = try #require(try example(block).failure())
    #expect(failure.found.hasPrefix(found), "\(failure.found)")
    #expect(failure.place?.line != nil)
  }

  @Test func aSideIsNamedWhereBothHaveACrosswalk() throws {
    func run(_ side: String) throws -> Example {
      var example = example("{ crosswalks: [ { file: other.csv\(side) } ] }")
      example.provision["crosswalk"] = "{ file: names.csv, from: name, to: sector }"
      example.files["names.csv"] = "name,sector\nx,x\ny,y\n"
      return example
    }
    let failure = try #require(try run("").failure())
    #expect(failure.found == "\"other.csv\" does not say which side it is for")
    #expect(try run(", side: demand").failure() == nil)
    // The columns of provision's own crosswalk are others.
    #expect(try run(", side: provision").failure()?.found.contains("name") == true)
    let own = ", side: provision, from: job, to: sector, weight: weight"
    #expect(
      try run(own).failure()?.found == "this crosswalk maps none of the categories of provision")
  }

  @Test func nothingToDrawIsAnError() throws {
    let files = ["map.csv": "job,sector,weight\ncook,x,1\nclerk,x,1\nsmith,y,1\n"]
    let failure = try #require(try example("{ perturb: 5 }", files: files).failure())
    #expect(failure.found.hasPrefix("`sensitivity.perturb` has no weights to draw"))
    var without = example("{ perturb: 5 }")
    without.demand = ["category": "sector"]
    without.files["demand.csv"] = Example.counts
    #expect(
      try without.failure()?.found == "`sensitivity.perturb` without a crosswalk")
  }

  // MARK: Confidence of a crosswalk

  @Test func judgedWeightsEnterIntervalsAndCalls() throws {
    func run(_ confidence: String) throws -> Outcome {
      var example = example("", crosswalk: "{ file: map.csv, \(Self.columns)\(confidence) }")
      example.keys = []
      return try example.run()
    }
    let (plain, judged) = (try run(""), try run(", confidence: 3"))
    #expect(judged.job.inference.kinds == .all && plain.job.inference.kinds != .all)
    for (first, second) in zip(try findings(plain), try findings(judged)) {
      #expect(first.gap == second.gap)
      #expect(second.interval.lower < first.interval.lower)
      #expect(second.interval.upper > first.interval.upper)
    }
    #expect(judged.caveats.contains { $0.contains("judged weights, as far as the job states") })
    #expect(judged.caveats.contains { $0.contains("judgement on the targets of each code") })
  }

  @Test(arguments: [
    ("confidence: 0", "`demand.crosswalk.confidence` is \"0\""),
    ("confidence: -1", "`demand.crosswalk.confidence` is \"-1\""),
    ("confidence: many", "`demand.crosswalk.confidence` is \"many\""),
    ("counts: weight, confidence: 4", "`demand.crosswalk.confidence` is \"4\""),
  ])
  func wrongConfidencesAreRefused(keys: String, found: String) throws {
    let columns = keys.hasPrefix("counts") ? "from: job, to: sector" : Self.columns
    var example = example("", crosswalk: "{ file: map.csv, \(columns), \(keys) }")
    example.keys = []
    #expect(try #require(try example.failure()).found == found)
  }

  @Test func aConfidenceWithoutUseIsRefused() throws {
    var unweighted = example(
      "", crosswalk: "{ file: map.csv, from: job, to: sector, confidence: 4 }")
    unweighted.keys = []
    #expect(
      try unweighted.failure()?.found == "`demand.crosswalk.confidence` is \"4\"")
    var chain = example(
      "",
      crosswalk:
        "[ { file: map.csv, \(Self.columns), confidence: 4 }, { file: map.csv, \(Self.columns) } ]")
    chain.keys = []
    #expect(
      try chain.failure()?.found
        == "`demand.crosswalk` is a list of maps, and one of them has `confidence`")
    let known = example(
      "{ perturb: 5, confidence: 2 }",
      crosswalk: "{ file: map.csv, \(Self.columns), confidence: 4 }")
    #expect(
      try known.failure()?.found.hasPrefix("`sensitivity.confidence` beside crosswalks") == true)
  }
}
