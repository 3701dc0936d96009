import Foundation
import Mismatch
import Support
import Synchronization
import Testing

@testable import Extracts
@testable import Fetching
@testable import Jobs

/// The stand-in server as tests in this process ask it.
enum StandIn {
  /// The requests that one configuration has had.
  static func log(_ options: String) throws -> StandInServer.Log {
    let client = Client(CurlTransport(agent: "test"), clock: .still)
    let request = Request("\(StandInServer.address)/\(options)/log")
    return try StandInServer.log(client.ask(request, limit: 1 << 26) { TextReceiver() })
  }
}

/// An answer that is text.
final class TextReceiver: AnswerReceiver {
  private var bytes: [UInt8] = []
  func take(_ bytes: UnsafeRawBufferPointer) { self.bytes.append(contentsOf: bytes) }
  func finish(_ response: Response) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Clock {
  /// A clock that stands still, and takes no time to wait.
  static let still = Clock(now: { 1_790_000_000 }, sleep: { _ in })
}

/// A clock that moves by waiting alone, and remembers how long.
final class TestClock: Sendable {
  private let state = Mutex((now: 1_790_000_000.0, waits: [Double]()))

  var waits: [Double] { state.withLock { $0.waits } }

  var clock: Clock {
    Clock(now: { self.state.withLock { $0.now } }) { seconds in
      self.state.withLock {
        $0.now += seconds
        $0.waits.append(seconds)
      }
    }
  }
}

/// A folder for the files and pages of one test.
final class FetchFolder {
  let path = NSTemporaryDirectory() + "mismatch-fetch-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A session with the stand-in, configured so, that keeps its pages here.
  func session(
    _ options: String, clock: Clock = .still, patience: Int = 2, environment: [String: String] = [:]
  ) -> FetchSession {
    let base = "\(StandInServer.address)/\(options)"
    return FetchSession(
      Client(CurlTransport(agent: "mismatch-test", patience: patience), clock: clock),
      environment: [
        "XDG_CACHE_HOME": path, "MISMATCH_FETCH_NOMIS": base + "/nomis",
        "MISMATCH_FETCH_EES": base + "/ees", "MISMATCH_FETCH_ONS_GEOGRAPHY": base + "/arcgis",
        "MISMATCH_FETCH_STAT_XPLORE": base + "/statxplore",
      ].merging(environment) { $1 })
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
  }

  func file(_ name: String) -> InputFile { InputFile(name: name, path: "\(path)/\(name)") }
}

extension FileSource {
  /// A source as a job says it.
  static func stated(_ text: String) throws -> FileSource {
    let job = try JobFile(text: "source: \(text)\n", path: "job.yaml")
    let keys = try JobNode(job.runs()[0].tree).keyed(["source"])
    return try #require(keys["source"]).fileSource()
  }

  /// The query of the stand-in's Nomis that has so many rows.
  static func claimants(_ rows: Int, date: String = "latest") throws -> FileSource {
    let ages = rows == 1 ? "0" : "0...\(min(100, rows) - 1)"
    return try stated(
      "{ nomis: { dataset: NM_1_1, geography: TYPE464, age: \(ages), measures: 20100, date: \(date) } }"
    )
  }
}
