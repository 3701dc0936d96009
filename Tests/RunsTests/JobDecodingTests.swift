import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The job file's own keys; those of sides, figures and periods have suites of their own.
struct JobDecodingTests {
  private func decode(_ text: String) throws -> Job { try Job(text: text, file: "jobs/town.yaml") }

  private static let sides = """
    provision: { kind: people, file: p.csv, area: a, category: c, value: v }
    demand: { kind: vacancies, file: d.csv, area: a, category: c, value: v }

    """

  @Test func everyKeyOfTheContractIsDecoded() throws {
    let job = try decode(
      """
      name: london
      areas: { level: lsip, lookup: lsips.csv, code: lsip_code, name: lsip_name, focus: E1 }
      sectors: { scheme: ssa-tier-1, file: sectors.tsv, code: code, name: name, delimiter: tab, trim: true }
      provision:
        kind: achievements
        file: [ one.csv, /two.csv ]
        area: area_code
        category: { column: label, match: '\\((\\d{8})\\)$' }
        period: time_period
        value: achievements
        where: { sex: Total, level: [E, "1"], ssa: { not: Other } }
        rounding: nearest 10
        markers: { low: 1..4 }
        point: lower
        sum-over: [ level ]
        totals: { category: All }
        area-lookup: { file: a.csv, from: f, to: t, weight: w, normalise: true }
        crosswalk: [ { file: b.csv, from: f, to: t }, { file: c.csv, from: f, to: { column: t, match: x } } ]
      demand:
        kind: adverts
        file: d.csv
        area: { constant: England }
        category: sector
        value: n
        bounds: { lower: n_lower, upper: n_upper }
      exclude-areas: z
      exclude-sectors: [ "14", 015 ]
      measures: [ dissimilarity, share_gap_pp ]
      periods: { pair: "2021/22 = Dec 22" }
      tolerance: 2.5
      output: { folder: out/london, formats: [csv] }
      """)
    #expect(job.name == "london")
    #expect(job.folder == "jobs")
    #expect(job.areas.scheme == "lsip")
    #expect(job.areas.focus == "E1")
    #expect(job.areas.table?.files == [InputFile(name: "lsips.csv", path: "jobs/lsips.csv")])
    #expect(job.sectors.table?.delimiter == .tab)
    #expect(job.sectors.table?.trimsFields == true)
    let provision = job.sides.provision
    #expect(provision.kind.name == "achievements")
    #expect(provision.table.files.map(\.path) == ["jobs/one.csv", "/two.csv"])
    #expect(provision.table.filters.map(\.column) == ["sex", "level", "ssa"])
    #expect(provision.table.filters.map(\.texts) == [["Total"], ["E", "1"], ["Other"]])
    #expect(provision.table.filters.map(\.isExclusion) == [false, false, true])
    #expect(provision.figures.rounding == .nearest(10))
    #expect(provision.figures.markers["low"] == Marker(status: .low, lower: 1, upper: 4))
    #expect(provision.figures.imputationText == "lower")
    #expect(provision.partColumns == ["level"])
    #expect(provision.lookups.map(\.weight) == ["w"])
    #expect(provision.lookups.map(\.normalises) == [true])
    #expect(provision.crosswalks.map(\.weight) == [nil, nil])
    #expect(provision.crosswalks.map { $0.table.files[0].name } == ["b.csv", "c.csv"])
    guard case .rows(category: "All") = provision.totals else {
      Issue.record("totals are rows under All")
      return
    }
    guard case .column("label", let match) = provision.category else {
      Issue.record("the category is a part of `label`")
      return
    }
    #expect(try match?.code(in: "Acme (10046498)") == "10046498")
    #expect(job.sides.demand.bounds == BoundsJob(lower: "n_lower", upper: "n_upper"))
    guard case .constant("England") = job.sides.demand.area else {
      Issue.record("the area is constant")
      return
    }
    #expect(job.excludedAreas == ["z"])
    #expect(job.excludedSectors == ["14", "015"])
    #expect(job.measures.map(\.name) == ["share_gap_pp", "dissimilarity"])
    #expect(
      job.periodPairs == [
        PeriodPair(label: "2021/22 = Dec 22", provision: "2021/22", demand: "Dec 22")
      ])
    #expect(job.tolerance == 2.5)
    #expect(job.outputFolder == "jobs/out/london")
  }

  @Test func whatIsNotSaidHasDefaults() throws {
    let job = try decode(Self.sides)
    #expect(job.name == "town")
    #expect(job.areas.table == nil)
    #expect(job.sectors.table == nil)
    #expect(
      job.measures.filter(\.isPerCell).map(\.name)
        == ["provision_share", "demand_share", "share_gap_pp"])
    #expect(
      job.measures.filter { !$0.isPerCell }.map(\.name)
        == Measure.catalogue.filter { !$0.isPerCell }.map(\.name))
    #expect(job.periodPairs == nil)
    #expect(job.tolerance == 1)
    #expect(job.excludedAreas.isEmpty)
    #expect(job.outputFolder == "jobs/out/town")
    #expect(job.sides.provision.figures.rounding == .none)
    #expect(job.sides.provision.figures.imputationText == "middle")
    #expect(job.sides.provision.figures.zeroIsExact)
    #expect(job.sides.provision.table.filters.isEmpty)
    #expect(job.sides.provision.totals == nil)
    #expect(job.sides.provision.lookups.isEmpty)
    #expect(job.callsCells)
    guard case .constant("all") = job.sides.demand.period else {
      Issue.record("a side without periods has the one period `all`")
      return
    }
  }

  @Test func pathsThatBeginWithASlashStartFromTheRoot() throws {
    #expect(try decode(Self.sides + "output: { folder: /srv/out }").outputFolder == "/srv/out")
  }

  @Test(
    arguments: [
      ("naem: x\n", 1, 1, "unknown key \"naem\"", "Did you mean \"name\"?"),
      (
        "areas: { level: a, lokup: f.csv }\n", 1, 20, "unknown key \"lokup\" in `areas`",
        "Did you mean \"lookup\"?"
      ),
      (
        "exclude-sector: [a]\n", 1, 1, "unknown key \"exclude-sector\"",
        "Did you mean \"exclude-sectors\"?"
      ),
      (
        "name: a\noutput:\n  Folder: b\n", 3, 3, "unknown key \"Folder\" in `output`",
        "Did you mean \"folder\"?"
      ),
      ("qqqqqqqqqqqqqqqqqqqqqqqq: x\n", 1, 1, "unknown key \"qqqqqqqqqqqqqqqqqqqqqqqq\"", nil),
    ] as [(String, Int, Int, String, String?)])
  func unknownKeysSuggestTheNearest(
    text: String, line: Int, column: Int, found: String, advice: String?
  ) throws {
    let failure = try #require(throws: Failure.self) { try decode(text + Self.sides) }
    #expect(failure.kind == .badData)
    #expect(failure.place == Place(file: "jobs/town.yaml", line: line, column: column))
    #expect(failure.found == found)
    #expect(failure.advice == advice)
  }

  @Test(arguments: [
    ("measures: [ share_gap ]", 1, 13, "unknown measure \"share_gap\""),
    ("tolerance: wide", 1, 12, "`tolerance` is \"wide\""),
    ("tolerance: -1", 1, 12, "`tolerance` is \"-1\""),
    ("name: [a]", 1, 7, "`name` is a list"),
    ("name: { a: b }", 1, 7, "`name` is keys"),
    ("output: out", 1, 9, "`output` is \"out\""),
    ("output: { formats: [csv, xlsx] }", 1, 26, "`output.formats` is \"xlsx\""),
    ("output: { files: [cell.csv] }", 1, 19, "unknown file of a run \"cell.csv\""),
    ("areas: { lookup: f.csv }", 1, 8, "`areas` has no key \"code\""),
    ("sectors: { file: f.csv, code: c, trim: yes }", 1, 40, "`sectors.trim` is \"yes\""),
    ("sectors: { file: f.csv, code: c, delimiter: ';' }", 1, 45, "`sectors.delimiter` is \";\""),
    ("areas: { lookup: f.csv, code: { constant: a, column: b } }", 1, 31, "`areas.code` is keys"),
    (
      "areas: { lookup: f.csv, code: { column: b, match: '(' } }", 1, 51,
      "the pattern \"(\" cannot be used"
    ),
    ("periods: { pair: a = b = c }", 1, 18, "`periods.pair` is \"a = b = c\""),
    ("periods: { pair: [ x, '= b' ] }", 1, 23, "`periods.pair` is \"= b\""),
    ("periods: {}", 1, 10, "`periods` has no key \"pair\""),
  ])
  func wrongValuesAreToldWithTheirPlace(text: String, line: Int, column: Int, found: String) throws
  {
    let failure = try #require(throws: Failure.self) { try decode(text + "\n" + Self.sides) }
    #expect(failure.kind == .badData)
    #expect(failure.place == Place(file: "jobs/town.yaml", line: line, column: column))
    #expect(failure.found.hasPrefix(found), "\(failure.found)")
  }

  @Test(arguments: ["", "# only a comment\n", "---\n"])
  func emptyJobIsTold(text: String) throws {
    let failure = try #require(throws: Failure.self) { try decode(text) }
    #expect(failure.kind == .badData)
    #expect(failure.place?.file == "jobs/town.yaml")
  }

  @Test func aJobIsKeys() throws {
    let failure = try #require(throws: Failure.self) { try decode("- a\n- b\n") }
    #expect(failure.found == "the job is a list")
  }

  @Test func bothSidesAreNeeded() throws {
    let provision = "provision: { kind: people, file: p.csv, area: a, category: c, value: v }\n"
    let failure = try #require(throws: Failure.self) { try decode(provision) }
    #expect(failure.found == "the job has no key \"demand\"")
  }

  @Test func repeatedKeyIsRefusedWithItsPlace() throws {
    let failure = try #require(throws: Failure.self) {
      try decode("name: a\nname: b\n" + Self.sides)
    }
    #expect(failure.kind == .badData)
    #expect(failure.found == "the key \"name\" is duplicated")
    #expect(failure.place == Place(file: "jobs/town.yaml", line: 1, column: 1))
  }

  @Test func brokenYAMLIsToldWithItsPlace() throws {
    let failure = try #require(throws: Failure.self) { try decode("name: ok\nareas: [a\nb: {\n") }
    #expect(failure.kind == .badData)
    #expect(failure.place?.file == "jobs/town.yaml")
    #expect(failure.place?.line == 3)
  }

  @Test func missingJobFileIsAnErrorOfReading() throws {
    let failure = try #require(throws: Failure.self) { try Job(file: "/nowhere/job.yaml") }
    #expect(failure.kind == .inputOutput)
  }

  @Test func jobThatIsNotUTF8IsRefused() throws {
    let folder = try TestFolder()
    let file = try folder.write("job.yaml", bytes: Array("name: caf".utf8) + [0xe9, 10])
    let failure = try #require(throws: Failure.self) { try Job(file: file) }
    #expect(failure.found == "the text is not UTF-8")
  }

  @Test func jobMayBeginWithAByteOrderMark() throws {
    let folder = try TestFolder()
    let file = try folder.write("job.yaml", "\u{feff}name: bom\n" + Self.sides)
    #expect(try Job(file: file).name == "bom")
  }
}
