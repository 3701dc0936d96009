import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Fetching
@testable import Jobs

/// What is held of manners and of the key, without a network.
struct ClientTests {
  /// Answers as it is told, and remembers what it was asked.
  private final class Script: Transport {
    var answers: [Response]
    var asked: [Request] = []

    init(_ answers: [Response]) { self.answers = answers }

    func send(
      _ request: Request, head: (Response) -> Void, body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
      asked.append(request)
      head(answers.removeFirst())
      try Array("text".utf8).withUnsafeBytes { try body($0) }
    }
  }

  private static let ok = Response(status: 200)

  private func moved(to address: String) -> Response {
    Response(status: 302, headers: ["location": address])
  }

  @Test func requestsAreHalfASecondApart() throws {
    let (script, time) = (Script([Self.ok, Self.ok, Self.ok]), TestClock())
    let client = Client(script, clock: time.clock)
    for _ in 0..<3 { _ = try client.ask(Request("https://host/a"), limit: 9) { TextReceiver() } }
    #expect(time.waits == [0.5, 0.5])
  }

  @Test func redirectsStayOnTheHostAndKeepTheKeyToThemselves() throws {
    let secret = Secret(form: .query(name: "uid", key: "0xabc"))
    let script = Script([moved(to: "https://host/b?x=1&uid=0xabc"), moved(to: "/c"), Self.ok])
    let client = Client(script, clock: .still)
    let text = try client.ask(Request("https://host/a", secret: secret), limit: 9) {
      TextReceiver()
    }
    #expect(text == "text")
    #expect(
      script.asked.map(\.address) == ["https://host/a", "https://host/b?x=1", "https://host/c"])
    #expect(script.asked.map(\.fullAddress).allSatisfy { $0.contains("uid=0xabc") })
  }

  @Test(arguments: [
    "http://host/a", "https://other/a", "https://host@other/a", "//other/a", "ftp://host/a",
    "https://host.other/a",
  ])
  func otherRedirectsAreRefused(location: String) throws {
    let client = Client(Script([moved(to: location)]), clock: .still)
    let failure = #expect(throws: Failure.self) {
      try client.ask(Request("https://host/a"), limit: 9) { TextReceiver() }
    }
    #expect(failure?.found.hasPrefix("redirects to") == true)
  }

  /// A server that repeats the key in a refusal.
  @Test func messagesOfServersAreShownWithoutTheKey() throws {
    let secret = Secret(form: .header(name: "APIKey", key: "text"))
    let client = Client(Script([Response(status: 401)]), clock: .still)
    let failure = #expect(throws: Failure.self) {
      try client.ask(Request("https://host/a", secret: secret), limit: 9) { TextReceiver() }
    }
    #expect(failure?.found == "status 401: \"(key)\"")
  }

  /// Lists of codes in the shapes that Nomis gives them.
  @Test(arguments: [
    (#"{"structure":{"codelists":null}}"#, []),
    (
      #"{"structure":{"codelists":{"codelist":{"code":{"value":7,"description":{"value":"a \"b\" \u00e9"}}}}}}"#,
      ["7 a \"b\" é -"]
    ),
    (
      #"{"structure":{"codelists":{"codelist":[{"code":[{"annotations":{"annotation":[{"annotationtitle":"TypeName","annotationtext":"t"},{"annotationtext":1,"annotationtitle":"TypeCode"}]},"value":"2014-12"},{"value":2}]}]}}}"#,
      ["2014-12  t", "2  -"]
    ),
  ])
  func listsOfCodes(text: String, expected: [String]) throws {
    let codes = try NomisCode.all(Array(text.utf8))
    #expect(codes.map { "\($0.value) \($0.label) \($0.typeName ?? "-")" } == expected)
  }

  @Test(arguments: ["", "<html>", "{", "{\"a\":1", "[1,]", "{\"a\" 1}", "\"a", "1 2", "nul"])
  func textsThatAreNoJSON(text: String) {
    #expect(throws: Fault.self) { try NomisCode.all(Array(text.utf8)) }
  }

  @Test func sizeHasALimit() throws {
    let client = Client(Script([Self.ok]), clock: .still)
    let failure = #expect(throws: Failure.self) {
      try client.ask(Request("https://host/a"), limit: 3) { TextReceiver() }
    }
    #expect(failure?.found.contains("larger") == true)
  }

  @Test func addressesAreSafeOrOnThisMachine() throws {
    for good in ["https://host/x", "http://127.0.0.1:80", "http://localhost:1/a"] {
      #expect(try Address("https://a", instead: "V", ["V": good]).text == good)
    }
    for bad in ["http://host/x", "http://127.0.0.1@host", "http://localhost.host", "file:///etc"] {
      #expect(throws: Failure.self) { try Address("https://a", instead: "V", ["V": bad]) }
    }
  }

  @Test func theKeyComesFromTheEnvironmentOrAFileOfOnesOwn() throws {
    let folder = try FetchFolder()
    let file = folder.path + "/key"
    try "0xabc\n".write(toFile: file, atomically: true, encoding: .utf8)
    let place = SecretPlace(variable: "K")
    #expect(try place.key([:]) == nil)
    #expect(try place.key(["K": " 0x1 "]) == "0x1")
    chmod(file, 0o640)
    let failure = #expect(throws: Failure.self) { try place.key(["K_FILE": file]) }
    #expect(failure?.advice == "chmod 600 \(file)")
    chmod(file, 0o600)
    #expect(try place.key(["K_FILE": file]) == "0xabc")
    #expect(throws: Failure.self) { try place.key(["K": "two words"]) }
    #expect(throws: Failure.self) { try place.key(["K": ""]) }
  }

  @Test func theKeyIsNeverShown() throws {
    let folder = try FetchFolder()
    let key = "0xSECRETKEY"
    let options = "rows=70,cap=25,keycap=30,run=key"
    let session = folder.session(options, environment: ["MISMATCH_NOMIS_UID": key])
    let record = try Fetcher(session).write(.claimants(70), to: folder.path + "/a.csv")
    let rows = try StandIn.log(options).requests.filter(\.isRows)
    #expect(rows.allSatisfy { $0.uid == key }, "it is sent with each request for rows")
    #expect(record.pages.map(\.rows) == [30, 30, 10])
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let data = (try? Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))) ?? Data()
      #expect(data.range(of: Data(key.utf8)) == nil, "\(name)")
      #expect(!name.contains(key))
    }
    let broken = folder.session(
      "rows=70,cap=25,fault=moved,run=shown", environment: ["MISMATCH_NOMIS_UID": key])
    let failure = #expect(throws: Failure.self) {
      try Fetcher(broken).write(.claimants(70), to: folder.path + "/b.csv")
    }
    #expect(failure.map { !"\($0)".contains(key) } == true)
    #expect(!"\(Request("a", secret: Secret(form: .query(name: "uid", key: key))))".contains(key))
  }

  @Test func withoutANetworkTheReasonIsPlain() throws {
    let folder = try FetchFolder()
    let session = folder.session(
      "x", environment: ["MISMATCH_FETCH_NOMIS": "http://127.0.0.1:9/closed"])
    let failure = #expect(throws: Failure.self) {
      try Fetcher(session).write(.claimants(70), to: folder.path + "/a.csv")
    }
    #expect(failure?.kind == .inputOutput)
    #expect(failure?.expected == "a connection to 127.0.0.1")
  }
}
