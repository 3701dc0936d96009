import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Fetching
@testable import Jobs

/// Answers that are not what they should be: what comes into a file is right, or nothing does.
struct FaultTests {
  /// Every fault in the first page of rows: survived, since the next answer is right.
  @Test(arguments: [
    "cut", "cut-length", "cut-chunked", "stall", "repeat", "gap", "twice", "update", "other-total",
    "html", "empty", "header-only", "500", "502", "503", "429", "429-wait", "wrong-period",
    "wrong-area", "short-row", "quote", "json-error", "no-header", "no-line-feed",
  ])
  func oneFaultIsSurvived(fault: String) throws {
    let folder = try FetchFolder()
    let session = folder.session("rows=170,cap=60,fault=\(fault),at=3,run=one", patience: 1)
    let record = try Fetcher(session).write(.claimants(170), to: folder.path + "/a.csv")
    let isUpdated = fault == "update"
    #expect(
      try folder.text("a.csv")
        == StandInServer.rows(isUpdated ? 171 : 170, version: isUpdated ? 1 : 0))
    #expect(record.rows == record.recordCount)
  }

  /// The same fault in every answer: reported with what came, and no file.
  @Test(arguments: [
    ("html", "no table of rows"), ("empty", "an empty body"), ("500", "status 500"),
    ("429", "status 429"), ("403", "status 403"), ("wrong-period", "2022-12"),
    ("json-error", "no table of rows"), ("away", "redirects to example.org"),
    ("moved", "redirects without end"), ("header-only", "no rows"),
  ])
  func lastingFaultsAreReported(fault: String, message: String) throws {
    let folder = try FetchFolder()
    let session = folder.session("rows=70,cap=25,fault=\(fault),run=lasting")
    let failure = #expect(throws: Failure.self) {
      try Fetcher(session).write(.claimants(70), to: folder.path + "/a.csv")
    }
    #expect(failure?.description.contains(message) == true, "\(failure?.description ?? "")")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/a.csv"))
  }

  /// 2,000 runs in which any request may go wrong in any way, each by its seed: no wrong file.
  @Test func noSeedGivesAWrongFile() throws {
    var (whole, refused) = (0, 0)
    for seed in 0..<2000 {
      let folder = try FetchFolder()
      let rows = 100 + seed * 7 % 90
      let session = folder.session("rows=\(rows),cap=60,seed=\(seed),rate=0.25")
      do {
        let record = try Fetcher(session).write(.claimants(rows), to: folder.path + "/a.csv")
        let updates = (record.recordCount ?? 0) - rows
        let expected = StandInServer.rows(rows + updates, version: updates)
        guard try folder.text("a.csv") == expected else {
          Issue.record("seed \(seed) gave a wrong file")
          continue
        }
        whole += 1
      } catch is Failure {
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/a.csv"), "seed \(seed)")
        refused += 1
      }
    }
    // Both kinds must occur for the test to say anything.
    #expect(whole > 1000)
    #expect(refused > 0)
  }

  @Test func waitsAreThoseThatTheServerAsksFor() throws {
    let folder = try FetchFolder()
    let time = TestClock()
    let session = folder.session("rows=70,cap=25,fault=429-wait,at=3,run=waits", clock: time.clock)
    _ = try Fetcher(session).write(.claimants(70), to: folder.path + "/a.csv")
    #expect(time.waits == [3])
  }

  @Test func waitsDouble() throws {
    let folder = try FetchFolder()
    let time = TestClock()
    let session = folder.session("rows=70,cap=25,fault=503,run=doubling", clock: time.clock)
    #expect(throws: Failure.self) {
      try Fetcher(session).write(.claimants(70), to: folder.path + "/a.csv")
    }
    #expect(time.waits == [1, 2, 4, 8, 16])
  }
}
