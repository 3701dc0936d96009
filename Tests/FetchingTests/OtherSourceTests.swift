import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Fetching
@testable import Jobs

/// EES, Open Geography, Stat-Xplore and files by address against the stand-in.
struct OtherSourceTests {
  private static let dataSet = "63629501-d3ca-c471-9780-ec4cb6fdf172"

  /// Fetches a source, and gives the text of its file.
  private func fetched(
    _ source: String, _ options: String, _ environment: [String: String] = [:]
  ) throws -> (text: String, record: FetchRecord, folder: FetchFolder) {
    let folder = try FetchFolder()
    let session = folder.session(options, environment: environment)
    let record = try Fetcher(session).write(FileSource.stated(source), to: folder.path + "/a.csv")
    return (try folder.text("a.csv"), record, folder)
  }

  private func failure(
    _ source: String, _ options: String, _ environment: [String: String] = [:]
  ) -> String {
    do {
      _ = try fetched(source, options, environment)
      return ""
    } catch { return "\(error)" }
  }

  @Test func eesWithItsMetadata() throws {
    let source = "{ ees: { data-set: \(Self.dataSet), version: \"2.1\" } }"
    let (text, record, folder) = try fetched(source, "rows=3,run=ees")
    #expect(text.split(separator: "\n").count == 4)
    #expect(text.hasSuffix("202324,National,\"Level 2, all\",2\n"))
    #expect(record.rows == 3)
    #expect(record.lastUpdate == "2026-05-14T09:30:00Z")
    #expect(
      try folder.text("a.meta.csv") == """
        col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column
        level,Filter,"Level, of study",,,,,
        starts,Indicator,Starts,,,0,,

        """)
    #expect(failure(source, "rows=3,fault=rows,run=ees").contains("4 rows; expected 3"))
  }

  @Test func eesVersionsArePinned() {
    for version in ["\"2.*\"", "latest"] {
      let source = "{ ees: { data-set: \(Self.dataSet), version: \(version) } }"
      #expect(failure(source, "rows=3,run=pin").contains("one version"))
    }
    let other = "{ ees: { data-set: \(Self.dataSet), version: \"9.9\" } }"
    #expect(
      failure(other, "rows=3,run=pin").contains(
        "status 404: Not Found; The data set version could not be found."))
  }

  @Test func geographyByTheNumbersOfFeatures() throws {
    let source = "{ ons-geography: { service: LAD25_LSIP25_EN_LU, vintage: 25 } }"
    let (text, record, _) = try fetched(source, "rows=300,run=geo")
    let lines = text.split(separator: "\n")
    #expect(lines.count == 301)
    #expect(lines[0] == "LAD25CD,LAD25NM,LSIP25CD,ObjectId")
    #expect(lines[1] == "E00000002,\"A \"\"town\"\", 2\",E69000001,2")
    #expect(lines[300] == "E00000899,\"A \"\"town\"\", 899\",E69000001,899")
    #expect(record.pages.map(\.rows) == [250, 50])
    #expect(failure(source, "rows=300,fault=limit,run=geo").contains("100 features came of 250"))
  }

  @Test func boundariesAreGeoJSON() throws {
    let source = "{ ons-geography: { service: LAD25_LSIP25_EN_LU, boundaries: true } }"
    let (text, _, _) = try fetched(source, "rows=300,run=outlines")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect((object?["features"] as? [Any])?.count == 300)
  }

  @Test func geographyThatIsNotThere() {
    let other = "{ ons-geography: { service: LAD99_LSIP99_EN_LU } }"
    #expect(failure(other, "rows=3,run=gone").contains("status 200 with the error 400 Invalid URL"))
    let vintage = "{ ons-geography: { service: LAD25_LSIP25_EN_LU, vintage: 24 } }"
    #expect(failure(vintage, "rows=3,run=gone").contains("not of vintage 24"))
  }

  private static let universalCredit =
    "{ stat-xplore: { database: \"str:database:UC\", measures: \"str:count:UC\", dimensions: [ \"str:field:M\", \"str:field:A\" ] } }"
  private static let key = ["MISMATCH_STAT_XPLORE_KEY": "secret-key"]

  @Test func statXploreTables() throws {
    let (text, record, _) = try fetched(Self.universalCredit, "run=stat", Self.key)
    #expect(
      text == """
        Month,Month code,Area,Area code,People on UC
        Month 0,100,Area 0,100,0
        Month 0,100,Area 1,101,1
        Month 0,100,Area 2,102,2
        Month 1,101,Area 0,100,10
        Month 1,101,Area 1,101,11
        Month 1,101,Area 2,102,12

        """)
    #expect(record.rows == 6)
    #expect(failure(Self.universalCredit, "fault=values,run=stat", Self.key).contains("expected 6"))
  }

  @Test func statXploreNeedsItsKey() {
    #expect(failure(Self.universalCredit, "run=nokey").contains("MISMATCH_STAT_XPLORE_KEY"))
    let wrong = failure(Self.universalCredit, "run=nokey", ["MISMATCH_STAT_XPLORE_KEY": "0xWRONG"])
    #expect(wrong.contains("status 401: Invalid API key"))
    #expect(!wrong.contains("0xWRONG"))
  }

  /// The server says that no request is left for 100 seconds.
  @Test func statXploreLimitsAreWaitedFor() throws {
    let (folder, time) = (try FetchFolder(), TestClock())
    let now = Date().timeIntervalSince1970
    let clock = Clock(now: { time.clock.now() - 1_790_000_000 + now }, sleep: time.clock.sleep)
    let session = folder.session("fault=limit,run=rate", clock: clock, environment: Self.key)
    _ = try Fetcher(session).write(
      FileSource.stated(Self.universalCredit), to: folder.path + "/a.csv")
    #expect(time.waits.count == 1)
    #expect((90...110).contains(time.waits.first ?? 0))
  }

  @Test func filesByTheirAddress() throws {
    let base = "\(StandInServer.address)/run=file/files/codes.csv"
    let (text, record, _) = try fetched("{ url: \"\(base)\" }", "run=file")
    #expect(text == "code,name\nA,x\n")
    #expect(record.lastUpdate == "Wed, 01 Jul 2026 09:30:00 GMT")
    let pinned = "{ url: { address: \"\(base)\", sha256: \(record.sha256) } }"
    #expect(try fetched(pinned, "run=file").text == text)
    let other = String(repeating: "0", count: 64)
    #expect(
      failure("{ url: { address: \"\(base)\", sha256: \(other) } }", "run=file").contains(
        "expected \(other)"))
    for (fault, message) in [
      ("html", "a page of HTML"), ("cut", "does not say where it ends"),
      ("cut-length", "the answer broke off"),
    ] {
      let address = "\(StandInServer.address)/fault=\(fault),run=file/files/codes.csv"
      #expect(failure("{ url: \"\(address)\" }", "run=file").contains(message), "\(fault)")
    }
    #expect(failure("{ url: \"http://example.org/a.csv\" }", "run=file").contains("https://"))
  }
}
