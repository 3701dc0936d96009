import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs with indicators beside the matrix.
struct BesideTests {
  private static let usual = "file: people.csv, area: area, value: people"

  private func example(
    _ indicators: [String], people: String = "area,people\nA,12\nB,35\n",
    files: [String: String] = [:]
  ) -> Example {
    Example(
      keys: ["beside:"] + indicators.map { "  - { \($0) }" },
      files: files.merging(["people.csv": people]) { $1 })
  }

  private func periods(_ example: Example) throws -> [IndicatorPeriod] {
    try #require(try example.run().results[BesideResult.self]).periods
  }

  @Test("Counts, counts per demand, and per another indicator")
  func divisors() throws {
    let found = try periods(
      example(
        [
          "name: people, \(Self.usual)", "name: each, \(Self.usual), per: demand",
          "name: of all, \(Self.usual), per: residents, multiplier: 100",
          "name: residents, file: residents.csv, area: area, value: n",
        ], files: ["residents.csv": "area,n\nA,50\nB,200\n"]))
    #expect(found.map(\.entry.name) == ["people", "each", "of all", "residents"])
    #expect(found[0].indicator.areas.map(\.value) == [12, 35])
    #expect(found[0].indicator.all == Figure(exact: 47))
    // Demand of the usual example: 10 + 20 and 30 + 40.
    #expect(found[1].indicator.areas.map(\.value) == [12 / 30.0, 35 / 70.0])
    #expect(found[1].indicator.all.value == 0.47)
    #expect(found[1].per == "demand" && found[1].divisorLabel == "all")
    #expect(found[2].indicator.areas.map(\.value) == [24, 17.5])
    #expect(found[2].indicator.all.value == 18.8)
  }

  @Test("Parts add up through a lookup, with the bounds of rounding and of marks")
  func lookup() throws {
    let example = example(
      [
        "name: claimants, \(Self.usual), rounding: nearest 5, markers: { c: 0..4 }, "
          + "area-lookup: { file: l.csv, from: d, to: a }"
      ], people: "area,people\nd1,20\nd2,10\nd3,c\nd9,30\n",
      files: ["l.csv": "d,a\nd1,A\nd2,A\nd3,B\nd9,Z\n"])
    let outcome = try example.run()
    let found = try #require(outcome.results[BesideResult.self]?.periods.first)
    let (a, b) = (found.indicator.areas[0], found.indicator.areas[1])
    #expect(a == Figure(30, lower: 26, upper: 34))
    #expect(b == Figure(2, lower: 0, upper: 4, status: .confidential))
    let subject = Subject.indicator("claimants")
    let account = outcome.reconciliation(subject)
    #expect(account.published == 60 && account.mapped == 30 && account.unmapped == 30)
    #expect(account.difference == 0 && account.markedCounts == [.confidential: 1])
    let unmapped = outcome.unmapped.filter { $0.subject == subject }
    #expect(unmapped.map(\.code) == ["d9"] && unmapped.map(\.published) == [30])
    let rows = outcome.checks.filter { $0.message.contains("indicator claimants") }
    for check in ["unknown-areas", "markers", "rounding", "duplicate-keys", "absent-areas"] {
      #expect(rows.contains { $0.check == check }, "\(check)")
    }
    #expect(rows.first { $0.check == "unknown-areas" }?.result != .pass)
  }

  /// Districts with rounded and suppressed counts, some of them in two areas, added up by loops.
  @Test("Weighted parts add up as loops add them", arguments: 0..<6)
  func twin(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed), stream: 9)
    let areas = ["A", "B"]
    var (people, lookup) = ("area,people\n", "d,a,w\n")
    var sums = areas.map { _ in (value: 0.0, lower: 0.0, upper: 0.0) }
    for district in 0..<9 {
      let isMarked = random.happens(0.2)
      let tens = Double(10 * random.whole(1...9))
      let figure: (value: Double, lower: Double, upper: Double) =
        isMarked ? (2, 0, 4) : (tens, tens - 5, tens + 4)
      people += "d\(district),\(isMarked ? "c" : String(Int(tens)))\n"
      let share = Double(random.whole(0...4)) / 4
      for (area, weight) in [share, 1 - share].enumerated() where weight > 0 {
        lookup += "d\(district),\(areas[area]),\(weight)\n"
        sums[area].value += weight * figure.value
        sums[area].lower += weight * figure.lower
        sums[area].upper += weight * figure.upper
      }
    }
    let found = try periods(
      example(
        [
          "name: p, \(Self.usual), rounding: nearest 10, markers: { c: 0..4 }, per: demand, "
            + "multiplier: 1000, area-lookup: { file: l.csv, from: d, to: a, weight: w }"
        ], people: people, files: ["l.csv": lookup]))
    let demand = [30.0, 70]
    for (area, figure) in found[0].indicator.areas.enumerated() {
      // Six or fewer additions and one division.
      let closeness = Closeness.either(1e-13)
      #expect(closeness.holds(figure.value, 1000 * sums[area].value / demand[area]))
      #expect(closeness.holds(figure.lower, 1000 * sums[area].lower / demand[area]))
      #expect(closeness.holds(figure.upper, 1000 * sums[area].upper / demand[area]))
    }
  }

  @Test("An area without a row has no number, and all areas leave it out")
  func absent() throws {
    let found = try periods(
      example(
        [
          "name: people, \(Self.usual), per: demand",
          "name: zero, \(Self.usual), absent-areas: zero",
        ],
        people: "area,people\nA,12\n"))
    let (people, zero) = (found[0].indicator, found[1].indicator)
    #expect(!people.areas[1].isDefined && people.areas[1].status == .absent)
    #expect(people.all.value == 12 / 30.0 && people.all.status.contains(.incomplete))
    #expect(zero.areas[1] == Figure(exact: 0) && zero.all == Figure(exact: 12))
  }

  @Test("Periods go with the same ones of the divisor, and one alone with all")
  func periodsOfDivisors() throws {
    let people = "area,year,people\nA,2021,10\nB,2021,20\nA,2022,30\nB,2022,40\n"
    let residents = "area,when,n\nA,Dec 2022,100\nB,Dec 2022,100\nA,2021,50\nB,2021,50\n"
    let files = ["r.csv": residents]
    let own = "name: p, \(Self.usual), period: year"
    let all = "name: r, file: r.csv, area: area, period: when, value: n"
    let one = try periods(
      example(
        ["\(own), per: r", "\(all), where: { when: \"2021\" }"], people: people, files: files))
    #expect(one.prefix(2).map(\.label) == ["2021", "2022"])
    #expect(one.prefix(2).map(\.divisorLabel) == ["2021", "2021"])
    #expect(one[1].indicator.areas.map(\.value) == [0.6, 0.8])
    let failure = try #require(
      try example(["\(own), per: r", all], people: people, files: files).failure())
    #expect(failure.found == "indicator p has the period \"2022\", which r lacks")
    let side = try periods(
      Example(
        provision: ["period": "period"], demand: ["period": "period"],
        keys: ["beside:", "  - { name: p, \(Self.usual), per: demand }"],
        files: [
          "people.csv": "area,people\nA,10\n",
          "provision.csv": "area,period,sector,count\nA,2021,x,1\nA,2022,x,1\n",
          "demand.csv": "area,period,sector,count\nA,2021,x,5\nA,2022,x,20\n",
        ]))
    #expect(side.map(\.label) == ["all", "all"])
    #expect(side.map(\.divisorLabel) == ["2021", "2022"])
    #expect(side.map(\.indicator.areas[0].value) == [2, 0.5])
  }

  @Test("Rates stand as they are, and are never added up")
  func rates() throws {
    let rates = "area,people\nd1,0.5\nd2,0.7\n"
    let recoded = "d,a\nd1,A\nd2,B\n"
    let kind = "name: r, kind: rate, \(Self.usual), area-lookup: { file: l.csv, from: d, to: a }"
    let found = try periods(example([kind], people: rates, files: ["l.csv": recoded]))
    #expect(found[0].indicator.areas.map(\.value) == [0.5, 0.7])
    #expect(found[0].indicator.all.status == .notApplicable)
    let joined = try #require(
      try example([kind], people: rates, files: ["l.csv": "d,a\nd1,A\nd2,A\n"]).failure())
    #expect(
      joined.found == "indicator r, all: the rate of \"A\" would be made of \"d1\" and \"d2\"")
    #expect(joined.place?.file == "l.csv")
    let divided = "d,a,w\nd1,A,0.5\nd1,B,0.5\n"
    let part = try #require(
      try example(
        [kind.replacing("to: a", with: "to: a, weight: w")], people: rates,
        files: ["l.csv": divided]
      ).failure())
    #expect(part.found == "indicator r, all: the rate of \"A\" would be made of a part of \"d1\"")
  }

  @Test(
    "What cannot be is refused with its place",
    arguments: [
      (
        "file: people.csv, area: area, value: people",
        "an indicator in `beside` has no key \"name\""
      ),
      ("name: demand, \(usual)", "`beside.name` is \"demand\""),
      ("name: p, \(usual), per: nobody", "unknown divisor \"nobody\" in `beside.per`"),
      ("name: p, \(usual), per: p", "unknown divisor \"p\" in `beside.per`"),
      ("name: p, \(usual), multiplier: 5", "`beside.multiplier` is \"5\""),
      ("name: p, \(usual), per: demand, multiplier: 0", "`beside.multiplier` is \"0\""),
      ("name: p, kind: rate, \(usual), per: demand", "`beside.per` is \"demand\""),
      ("name: p, kind: rate, \(usual), sum-over: [ sex ]", "`beside.sum-over` is a list"),
      ("name: p, kind: aims, \(usual)", "unknown kind of indicator p \"aims\""),
      (
        "name: p, file: people.csv, area: area, value: { columns: [ people ], name: category }",
        "`beside.value` is keys"
      ),
    ])
  func refusals(block: String, found: String) throws {
    let failure = try #require(try example([block]).failure())
    #expect(failure.found == found && failure.kind == .badData)
    #expect(failure.place?.line != nil)
  }

  @Test("Names are distinct, a rate divides nothing, and figures are read as strictly as a side's")
  func moreRefusals() throws {
    let twice = try #require(
      try example(["name: p, \(Self.usual)", "name: p, \(Self.usual)"]).failure())
    #expect(twice.expected == "a name that no other indicator has")
    let rate = try #require(
      try example(["name: p, \(Self.usual), per: r", "name: r, kind: rate, \(Self.usual)"])
        .failure())
    #expect(rate.expected == "counts to divide by, and \"r\" is a rate")
    let text = try #require(
      try example(["name: p, \(Self.usual)"], people: "area,people\nA,many\n").failure())
    #expect(text.found == "\"many\" is neither a number nor a marker")
    #expect(text.place?.line == 2 && text.place?.file == "people.csv")
    let again = try #require(
      try example(["name: p, \(Self.usual)"], people: "area,people\nA,1\nA,2\n").failure())
    #expect(again.place?.line == 3)
    let none = try #require(
      try example(["name: p, \(Self.usual), where: { area: C }"]).failure())
    #expect(none.found == "no row of indicator p is left")
  }

  @Test("Codes that are no area of the grid are unmapped, also where the job has no register")
  func unknownAreas() throws {
    let outcome = try example(
      ["name: p, \(Self.usual)"], people: "area,people\nA,1\nC,8\n"
    ).run()
    let account = outcome.reconciliation(.indicator("p"))
    #expect(account.mapped == 1 && account.unmapped == 8)
  }

  @Test(
    "The file, the report and the manifest hold it, with the same bytes for any order and number of threads"
  )
  func files() throws {
    let folder = try TestFolder()
    var texts: [String] = []
    let rows = ["A,12", "B,35"]
    for (number, order) in [rows, rows.reversed()].enumerated() {
      let example = example(
        ["name: people, \(Self.usual), rounding: nearest 5, per: demand, multiplier: 10"],
        people: "area,people\n" + order.map { $0.replacing("12", with: "15") + "\n" }.joined())
      let job = try example.job(in: folder)
      let outcome = try Session(job, workerCount: number + 1).run()
      try OutputFolder("\(folder.path)/out\(number)", force: false)
        .write(outcome, options: Manifest.Options(seed: 0))
      texts.append(try folder.text("out\(number)/beside.csv"))
    }
    #expect(texts[0] == texts[1])
    let lines = texts[0].split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("all,A,A,people,count,demand,10,all,5,"))
    let run = try FinishedRun(folder: "\(folder.path)/out0")
    let page = try ReportPage(run).html
    #expect(page.contains("id=\"beside\"") && page.contains("people, per 10 demand, all"))
    #expect(try folder.text("out0/manifest.json").contains("\"side\" : \"indicator people\""))
  }
}
