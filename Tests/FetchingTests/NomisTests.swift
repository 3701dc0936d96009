import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Fetching
@testable import Jobs

/// Extracts of Nomis against the stand-in.
struct NomisTests {
  @Test(arguments: [1, 24_999, 25_000, 25_001, 70_003])
  func extractsAreWhole(rows: Int) throws {
    let folder = try FetchFolder()
    let session = folder.session("rows=\(rows),run=whole")
    let record = try Fetcher(session).write(.claimants(rows), to: folder.path + "/a.csv")
    let text = try folder.text("a.csv")
    #expect(text == StandInServer.rows(rows))
    #expect(record.recordCount == rows)
    #expect(record.rows == rows)
    #expect(record.pages.map(\.rows).reduce(0, +) == rows)
    #expect(record.bytes == text.utf8.count)
    #expect(try Digest.ofFile(folder.path + "/a.csv") == record.sha256)
    #expect(record.lastUpdate == "2026-09-15 07:00:00")
    #expect(record.areaTypes == ["local authorities: district / unitary (prior to April 2015)"])
    #expect(
      record.query
        == "NM_1_1?age=\(rows == 1 ? "0" : "0...99")&date=2024-12&geography=TYPE464&measures=20100")
    #expect(try FetchRecord(beside: folder.path + "/a.csv") == record)
  }

  @Test func mannersAreGood() throws {
    let folder = try FetchFolder()
    let options = "rows=60000,run=manners"
    _ = try Fetcher(folder.session(options)).write(.claimants(60_000), to: folder.path + "/a.csv")
    let log = try StandIn.log(options)
    let requests = log.requests
    #expect(requests.allSatisfy { $0.agent == "mismatch-test" && $0.encoding == "gzip" })
    #expect(log.mostBusy == 1)
    let pages = requests.filter(\.isRows)
    #expect(pages.map(\.offset) == ["0", "0", "25000", "50000"])
    #expect(pages.map(\.limit) == ["1", "25000", "25000", "10000"])
  }

  /// The second fetch takes the pages of the first one, and asks no more than whether they are still right.
  @Test func pagesAreKeptForTheSameQuery() throws {
    let folder = try FetchFolder()
    let options = "rows=60000,run=kept"
    let session = folder.session(options)
    let source = try FileSource.claimants(60_000)
    _ = try Fetcher(session).write(source, to: folder.path + "/a.csv")
    _ = try Fetcher(session).write(source, to: folder.path + "/b.csv")
    #expect(try StandIn.log(options).requests.filter(\.isPage).count == 3)
    #expect(try folder.text("a.csv") == folder.text("b.csv"))
  }

  @Test func damagedPagesAreFetchedAgain() throws {
    let folder = try FetchFolder()
    let session = folder.session("rows=60000,run=damaged")
    let source = try FileSource.claimants(60_000)
    _ = try Fetcher(session).write(source, to: folder.path + "/a.csv")
    let store = "\(folder.path)/mismatch/fetch"
    let body = try store + "/" + FileManager.default.contentsOfDirectory(atPath: store)[0] + "/body"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: body))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: body))
    _ = try Fetcher(session).write(source, to: folder.path + "/b.csv")
    #expect(try folder.text("b.csv") == StandInServer.rows(60_000))
  }

  /// The second page finds that there is a row more, of an area that was not there before.
  @Test func anUpdateWithinADownloadBeginsItAgain() throws {
    let folder = try FetchFolder()
    let session = folder.session("rows=200,cap=60,fault=update,at=3,run=update")
    let (before, record) = try Fetcher(session).fetch(
      folder.file("a.csv"), from: .claimants(200))
    #expect(before == .missing)
    #expect(record?.lastUpdate == "2026-09-16 07:00:00")
    #expect(try folder.text("a.csv") == StandInServer.rows(201, version: 1))
  }

  /// Codes that cannot be looked up beforehand are still held against the rows.
  @Test func aListOfCodesThatIsHTMLIsDoneWithout() throws {
    let folder = try FetchFolder()
    let fetcher = Fetcher(folder.session("rows=170,htmlcodes=age,run=htmlcodes"))
    _ = try fetcher.write(.claimants(170), to: folder.path + "/a.csv")
    #expect(try folder.text("a.csv") == StandInServer.rows(170))
    #expect(throws: Failure.self) {
      try fetcher.write(.claimants(50), to: folder.path + "/b.csv")
    }
  }

  /// A kill between the file and its record leaves a file that is known for ours.
  @Test func aFileWithoutItsRecordIsFinished() throws {
    let folder = try FetchFolder()
    let fetcher = Fetcher(folder.session("rows=70,run=unfinished"))
    let (file, source) = (folder.file("a.csv"), try FileSource.claimants(70))
    _ = try fetcher.fetch(file, from: source)
    try FileManager.default.removeItem(atPath: file.path + ".source.json")
    #expect(try fetcher.fetch(file, from: source).0 == .unfinished)
    #expect(try fetcher.state(of: file, from: source) == .current)
  }

  /// What the probe of a user with a network compares holds of the stand-in itself.
  @Test func theStandInIsAsTheProbeAssumes() throws {
    let folder = try FetchFolder()
    let findings = try NomisProbe(folder.session("rows=30000,run=probe")).findings()
    #expect(findings.count == 10)
    for finding in findings {
      #expect(finding.isAsAssumed, "\(finding.behaviour): \(finding.found)")
    }
  }

  @Test func statesOfFiles() throws {
    let folder = try FetchFolder()
    let session = folder.session("rows=70,run=states")
    let fetcher = Fetcher(session)
    let file = folder.file("a.csv")
    let source = try FileSource.claimants(70)
    #expect(try fetcher.state(of: file, from: source) == .missing)
    #expect(try fetcher.fetch(file, from: source).0 == .missing)
    #expect(try fetcher.state(of: file, from: source) == .current)
    #expect(try fetcher.state(of: file, from: .claimants(70, date: "2024-06")) == .otherQuery)
    let text = try folder.text("a.csv")
    try (text + "\n").write(toFile: file.path, atomically: true, encoding: .utf8)
    #expect(try fetcher.fetch(file, from: source).0 == .edited)
    #expect(try folder.text("a.csv") == text + "\n", "an edited file is left as it is")
    try FileManager.default.removeItem(atPath: file.path + ".source.json")
    #expect(try fetcher.fetch(file, from: source).0 == .foreign)
    #expect(try folder.text("a.csv") == text + "\n")
  }

  /// What stops a fetch, and a part of what it says.
  @Test(arguments: [
    (
      "{ nomis: { dataset: NM_1_1, geography: TYPE464, age: 0, measures: 20100 } }",
      "`date: latest`"
    ),
    (
      "{ nomis: { dataset: NM_1_1, geography: TYPE464, measures: 20100, date: latest } }", "\"age\""
    ),
    (
      "{ nomis: { dataset: NM_1_1, geography: TYPE464, age: 0, sex: 7, measures: 20100, date: latest } }",
      "unknown dimension of NM_1_1 \"sex\""
    ),
    (
      "{ nomis: { dataset: NM_1_1, geography: TYPE464, age: 900, measures: 20100, date: latest } }",
      "unknown code of age \"900\""
    ),
    (
      "{ nomis: { dataset: NM_1_1, geography: TYPE499, age: 0, measures: 20100, date: latest } }",
      "no areas of TYPE499"
    ),
    (
      "{ nomis: { dataset: NM_1_1, geography: TYPE464, age: 0, measures: 20100, date: 2025-12 } }",
      "no period \"2025-12\""
    ),
    (
      "{ nomis: { dataset: NM_1_1, geography: MAKE|x|1, age: 0, measures: 20100, date: latest } }",
      "`geography` has \"MAKE|x|1\""
    ),
    ("{ nomis: { dataset: NM_9_9, date: latest } }", "no data set NM_9_9"),
    ("{ nomis: { dataset: ../x, date: latest } }", "an id of Nomis"),
    ("{ nomis: { dataset: NM_1_1, uid: 0x1 } }", "never in a job"),
    (
      "{ nomis: { dataset: NM_1_1, geography: TYPE464, age: 99, measures: 20100, date: latest } }",
      "AGE \"0\" in row 0, which was not asked for"
    ),
  ])
  func queriesThatTheDefinitionRefuses(source: String, message: String) throws {
    let folder = try FetchFolder()
    let fetcher = Fetcher(folder.session("rows=70,run=refused"))
    let failure = #expect(throws: Failure.self) {
      try fetcher.write(FileSource.stated(source), to: folder.path + "/a.csv")
    }
    #expect(failure?.description.contains(message) == true, "\(failure?.description ?? "")")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/a.csv"))
  }

  /// Codes that rows do not have: the age is one of the data set, and the rows end before it.
  @Test func aCodeWithoutRowsIsReported() throws {
    let folder = try FetchFolder()
    let failure = #expect(throws: Failure.self) {
      try Fetcher(folder.session("rows=50,run=unseen")).write(
        .claimants(51), to: folder.path + "/a.csv")
    }
    #expect(failure?.found == "no row of NM_1_1 has age \"50\"")
  }

  @Test(arguments: [
    ("latest", ["2024-12"]), ("previous", ["2024-06"]), ("first", ["2023-12"]),
    ("prevyear", ["2023-12"]), ("latestMINUS1-latest", ["2024-06", "2024-12"]),
    ("latestminus2", ["2023-12"]), ("previousMINUS1", ["2023-12"]),
    ("2023-12...2024-06", ["2023-12", "2024-06"]), ("2024-12,first", ["2023-12", "2024-12"]),
  ])
  func periods(text: String, expected: [String]) throws {
    let dates = NomisDates(["2024-12", "2023-12", "2024-06"])
    let setting = FileSource.Setting(name: "date", texts: [text], place: Place(file: ""))
    #expect(try dates.periods(of: setting) == expected)
  }

  @Test(arguments: ["2025-01", "latestMINUS3", "latest-first", "", "2024"])
  func periodsThatThereAreNot(text: String) throws {
    let dates = NomisDates(["2024-12", "2023-12", "2024-06"])
    let setting = FileSource.Setting(name: "date", texts: [text], place: Place(file: ""))
    #expect(throws: Failure.self) { try dates.periods(of: setting) }
  }

  @Test(arguments: [
    (["1...4", "9", "10"], "1...4,9,10"), (["TYPE464"], "TYPE464"),
    (["7", "5", "6", "7"], "5...7"),
    (["E08000025", "3"], "3,E08000025"),
  ])
  func codesHaveOneForm(texts: [String], expected: String) throws {
    let setting = FileSource.Setting(name: "geography", texts: texts, place: Place(file: ""))
    #expect(NomisCodes.text(of: Set(try NomisCodes.items(of: setting))) == expected)
  }
}
