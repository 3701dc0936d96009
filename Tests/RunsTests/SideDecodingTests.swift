import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The keys of a side: kinds, columns, filters, figures, totals.
struct SideDecodingTests {
  private func provision(_ keys: [String: String]) throws -> SideJob {
    try Job(text: Example(provision: keys).text, file: "job.yaml").sides.provision
  }

  private func failure(_ keys: [String: String]) throws -> Failure {
    try #require(throws: Failure.self) { try provision(keys) }
  }

  private func markers(_ text: String, rounding: String = "none") throws -> [Spelling: Marker] {
    try provision(["markers": text, "rounding": rounding]).figures.markers
  }

  @Test(arguments: ["people", "aims", "achievements", "starts", "enrolments"])
  func kindsOfProvision(kind: String) throws {
    #expect(try provision(["kind": kind]).kind.name == kind)
  }

  @Test(arguments: [("advert", nil), ("peple", "Did you mean \"people\"?")] as [(String, String?)])
  func unknownKindNamesTheKnownOnes(kind: String, advice: String?) throws {
    let failure = try failure(["kind": kind])
    #expect(failure.found == "unknown kind of provision \"\(kind)\"")
    #expect(failure.expected == "one of: people, aims, achievements, starts, enrolments")
    #expect(failure.advice == advice)
    #expect(failure.place?.line == 5)
  }

  @Test(arguments: ["kind", "area", "category", "value", "file"])
  func neededKeysAreAskedFor(key: String) throws {
    #expect(try failure([key: "-"]).found == "`provision` has no key \"\(key)\"")
  }

  @Test func scalarsStayText() throws {
    let side = try provision([
      "where":
        "{ a: 01, b: 4.10, c: no, d: 2022, e: 1e3, f: [true, null], g: 0x1F, h: ~, i: 2022-01-01, j: .5 }"
    ])
    let texts = Dictionary(
      uniqueKeysWithValues: side.table.filters.map { ($0.column, $0.texts) })
    #expect(
      texts == [
        "a": ["01"], "b": ["4.10"], "c": ["no"], "d": ["2022"], "e": ["1e3"],
        "f": ["true", "null"], "g": ["0x1F"], "h": ["~"], "i": ["2022-01-01"], "j": [".5"],
      ])
  }

  @Test func whereKnowsOnlyNot() throws {
    let failure = try failure(["where": "{ sex: { nto: Total } }"])
    #expect(failure.found == "unknown key \"nto\" in `provision.where.sex`")
    #expect(failure.advice == "Did you mean \"not\"?")
  }

  @Test func whereMayExcludeSeveralTexts() throws {
    let filter = try #require(
      try provision(["where": "{ s: { not: [a, 'b c'] } }"]).table.filters.first)
    #expect(filter.isExclusion)
    #expect(filter.texts == ["a", "b c"])
  }

  @Test(
    arguments: [
      ("1..4", 1, 4), ("0..", 0, .infinity), ("3", 3, 3), ("0..0", 0, 0), ("1.5..2", 1.5, 2),
      ("\"1,000..2,000\"", 1000, 2000),
    ] as [(String, Double, Double)])
  func markerByItsBounds(text: String, lower: Double, upper: Double) throws {
    let expected = Marker(status: .confidential, lower: lower, upper: upper)
    #expect(try markers("{ NA: \(text) }")["NA"] == expected)
  }

  @Test(arguments: [
    ("low", Status.low), ("'[low]'", .low), ("'[x]'", .unavailable), ("u", .unreliable),
    ("'*'", .confidential), ("'[u]'", .unreliable),
  ])
  func markerThatIsAMarkKeepsItsStatus(text: String, status: Status) throws {
    let name = text.filter { $0 != "'" }
    #expect(try markers("{ \(text): 1..4 }")[name] == Marker(status: status, lower: 1, upper: 4))
  }

  @Test func markerByTheNameOfAMark() throws {
    let found = try markers("{ '!': c, '~': low, '-': x, '..': z }", rounding: "nearest 5")
    #expect(found["!"] == Marker(status: .confidential, lower: 0, upper: .infinity))
    #expect(found["~"] == Marker(status: .low, lower: 1, upper: 2))
    #expect(found["-"] == Marker(status: .unavailable, lower: 0, upper: .infinity))
    #expect(found[".."] == Marker(status: .notApplicable, lower: 0, upper: 0))
  }

  @Test func markerByStatusAndBounds() throws {
    let found = try markers(
      "{ '*': { status: u, bounds: 5..9 }, S: { status: c }, R: { status: low } }",
      rounding: "nearest 10")
    #expect(found["*"] == Marker(status: .unreliable, lower: 5, upper: 9))
    #expect(found["S"] == Marker(status: .confidential, lower: 0, upper: .infinity))
    #expect(found["R"] == Marker(status: .low, lower: 1, upper: 4))
  }

  @Test func conventionalMarksAreKnownBareAndBracketed() throws {
    let exact = try provision([:]).figures.markers
    #expect(Codebook.sorted(exact.keys) == ["[c]", "[w]", "[x]", "[z]", "c", "w", "x", "z"])
    let rounded = try provision(["rounding": "nearest 10"]).figures.markers
    #expect(rounded["low"] == Marker(status: .low, lower: 1, upper: 4))
    #expect(rounded["[k]"] == rounded["low"])
  }

  @Test(arguments: [
    "4..1", "0..1e71", "1e71", "1e71..", "-1..4", "..4", "a..b", "1...4", "one", "{ bounds: 1..2 }",
    "{ status: q }", "[1, 4]",
    "low", "{ status: c, bound: 1..2 }",
  ])
  func wrongMarkersAreRefused(text: String) throws {
    let failure = try failure(["markers": "{ N: \(text) }"])
    #expect(failure.kind == .badData)
    #expect(failure.place?.line != nil)
    #expect(failure.found.contains("provision.markers"), "\(failure.found)")
  }

  @Test(arguments: [
    ("none", Rounding.none), ("nearest 5", .nearest(5)), ("nearest 0.5", .nearest(0.5)),
    ("nearest 1,000", .nearest(1000)), ("bres", .banded(RoundingBand.bresOpen)),
    ("bres safeguarded", .banded(RoundingBand.bresSafeguarded)),
  ])
  func formsOfRounding(text: String, rounding: Rounding) throws {
    let figures = try provision(["rounding": text]).figures
    #expect(figures.rounding == rounding)
    #expect(figures.roundingText == text)
    #expect(figures.zeroIsExact == (rounding == .none))
  }

  @Test(arguments: [
    "10", "nearest", "nearest 0", "nearest -5", "nearest five", "bres strict", "none 5", "[none]",
  ])
  func wrongRoundingIsRefused(text: String) throws {
    #expect(try failure(["rounding": text]).found.contains("`provision.rounding` is"))
  }

  @Test func aSourceThatMarksLowCountsMeansItsZeros() throws {
    let told = try provision(["rounding": "nearest 10", "markers": "{ low: 1..4 }"]).figures
    #expect(told.zeroIsExact)
    let other = try provision(["rounding": "nearest 10", "markers": "{ c: 1..4 }"]).figures
    #expect(!other.zeroIsExact)
  }

  @Test func pointRules() throws {
    let points = try ["lower", "middle", "2.5"].map { try provision(["point": $0]).figures.point }
    #expect(points.map { $0.point(lower: 1, upper: 4) } == [1, 2.5, 2.5])
    #expect(points.map { $0.point(lower: 0, upper: 2) } == [0, 1, 2])
    #expect(try failure(["point": "upper"]).expected == "lower, middle or a number")
  }

  @Test func wideTablesNeedNoKeyForWhatTheirHeadingsName() throws {
    let side = try provision(["category": "-", "value": "{ columns: [x, y], name: category }"])
    guard case .columns(["x", "y"], let headings) = side.value else {
      Issue.record("the value is the columns x and y")
      return
    }
    #expect(headings.map(\.role) == [.category])
    let missing = try failure(["area": "-", "value": "{ columns: x, name: category }"])
    #expect(missing.found == "`provision` has no key \"area\"")
    let wrong = try failure(["value": "{ columns: x, name: sector }"])
    #expect(wrong.expected == "area, category or period: the content of the headings")
  }

  @Test func totalsAreRowsOrATable() throws {
    #expect(
      try failure(["totals": "{ category: T, file: f.csv }"]).expected
        == "either `category` or `file`")
    let side = try provision([
      "rounding": "nearest 10", "markers": "{ NA: 0..4, low: 1..4 }", "point": "lower",
      "totals": "{ file: t.csv, value: n, where: { a: b } }",
    ])
    guard
      case .table(let table, .column("area", nil), .constant("all"), "n", let figures) = side.totals
    else {
      Issue.record("totals are a table with the side's own keys")
      return
    }
    #expect(table.files.map(\.name) == ["t.csv"])
    #expect(figures.rounding == .nearest(10))
    #expect(figures.imputationText == "lower")
    #expect(figures.markers["NA"] == side.figures.markers["NA"])
    #expect(!figures.zeroIsExact)
  }

  @Test func totalsMayBeReadInTheirOwnWay() throws {
    let side = try provision([
      "rounding": "nearest 10",
      "totals": "{ file: t.csv, area: place, period: year, value: n, rounding: none }",
    ])
    guard case .table(_, .column("place", nil), .column("year", nil), _, let figures) = side.totals
    else {
      Issue.record("totals are a table with keys of their own")
      return
    }
    #expect(figures.rounding == .none)
    #expect(figures.zeroIsExact)
  }

  @Test func boundsTakeThePlaceOfRounding() throws {
    let failure = try failure(["bounds": "{ lower: l, upper: u }", "rounding": "nearest 5"])
    #expect(failure.expected == "either `rounding` or `bounds`")
  }

  @Test(arguments: [
    ("area-lookup", "{ file: f.csv, from: a }", "`provision.area-lookup` has no key \"to\""),
    (
      "crosswalk", "{ file: f.csv, from: a, to: b, normalise: 1 }",
      "`provision.crosswalk.normalise` is \"1\""
    ),
    ("crosswalk", "f.csv", "`provision.crosswalk` is \"f.csv\""),
    ("sum-over", "{ a: b }", "`provision.sum-over` is keys"),
    ("where", "[ a ]", "`provision.where` is a list"),
  ])
  func wrongSidesAreRefused(key: String, text: String, found: String) throws {
    #expect(try failure([key: text]).found == found)
  }

  @Test func patternTakesFilesByName() throws {
    let folder = try TestFolder()
    for name in ["2022-b.csv", "2022-a.csv", "2023-a.csv"] {
      try folder.write("in/\(name)", "a\n")
    }
    var example = Example(provision: ["file": "[ 'in/2022-*.csv', in/2023-a.csv ]"])
    example.files = [:]
    let job = try example.job(in: folder)
    #expect(
      job.sides.provision.table.files.map(\.name) == [
        "in/2022-a.csv", "in/2022-b.csv", "in/2023-a.csv",
      ])
    #expect(job.sides.provision.table.files[0].path == "\(folder.path)/in/2022-a.csv")
  }

  @Test func patternWithoutFilesIsAnErrorOfReading() throws {
    let failure = try Example(provision: ["file": "'nothing-*.csv'"]).failure()
    #expect(failure?.kind == .inputOutput)
    #expect(failure?.found == "no file matches \"nothing-*.csv\"")
  }

  @Test func folderOfTheJobIsNoPattern() throws {
    let folder = try TestFolder()
    try folder.write("[2022]/a.csv", "a\n")
    let text = Example(provision: ["file": "'*.csv'"]).text
    let job = try Job(text: text, file: "\(folder.path)/[2022]/job.yaml")
    #expect(job.sides.provision.table.files.map(\.name) == ["a.csv"])
  }

  @Test func nameWithBracketsThatExistsIsNoPattern() throws {
    let folder = try TestFolder()
    try folder.write("a[1].csv", "a\n")
    let text = Example(provision: ["file": "'a[1].csv'"]).text
    let job = try Job(text: text, file: "\(folder.path)/job.yaml")
    #expect(job.sides.provision.table.files.map(\.name) == ["a[1].csv"])
  }

  @Test func periodPairsAreOneOrAList() throws {
    func pairs(_ text: String) throws -> [PeriodPair]? {
      try Job(text: Example(keys: ["periods: { pair: \(text) }"]).text, file: "j.yaml").periodPairs
    }
    #expect(try pairs("2022") == [PeriodPair(label: "2022", provision: "2022", demand: "2022")])
    #expect(
      try pairs("[ '2021/22 = Dec 22', 'a=b' ]") == [
        PeriodPair(label: "2021/22 = Dec 22", provision: "2021/22", demand: "Dec 22"),
        PeriodPair(label: "a=b", provision: "a", demand: "b"),
      ])
  }
}
