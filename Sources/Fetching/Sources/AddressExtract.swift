import Extracts
import Jobs
import Mismatch

/// A file at an address of its own.
struct AddressExtract: Extract {
  private static let byteLimit = 2 << 30

  private let address: Address
  private let sha256: String?
  let version: String?

  init(_ source: FileSource, _ session: FetchSession) throws {
    let setting = source["address"]
    let text = setting?.texts.first ?? ""
    address = Address(text)
    guard setting?.texts.count == 1, text.hasPrefix("https://") || address.isLoopback else {
      throw Failure(
        .badData, at: setting?.place ?? source.place, "the address is \"\(text)\"",
        expected: "one that begins with https://")
    }
    sha256 = source["sha256"]?.texts.first?.lowercased()
    if let sha256, sha256.wholeMatch(of: /[0-9a-f]{64}/) == nil {
      throw Failure(
        .badData, at: source["sha256"]?.place, "`sha256` is \"\(sha256)\"",
        expected: "64 hexadecimal digits")
    }
    version = try AddressExtract.version(of: address, session.client)
  }

  /// What the server calls this state of the file; nil where it does not say, or gives no heads alone.
  private static func version(of address: Address, _ client: Client) throws -> String? {
    var request = Request(address.text)
    request.asksHeadAlone = true
    do {
      let headers = try client.ask(request, limit: 0) { HeadReceiver() }
      return headers["last-modified"] ?? headers["etag"]
    } catch let failure as Failure where failure.kind == .badData {
      return nil
    }
  }

  var query: String { address.text }

  func record() -> FetchRecord {
    FetchRecord(
      source: FileSource.Kind.url.rawValue, query: query, address: address.text,
      title: TextFile.name(of: String(address.text.prefix { $0 != "?" })),
      publisher: address.hostName, licence: "", attribution: "")
  }

  func download(to store: PageStore, _ session: FetchSession) throws -> Download {
    let state = PageStore.State(query: query, version: version ?? "", total: nil)
    let isKept = store.state == state && version != nil && !store.pages.isEmpty
    if !isKept {
      try store.begin(state)
      _ = try session.client.ask(Request(address.text), limit: AddressExtract.byteLimit) {
        try StoredAnswer(store)
      }
    }
    if let sha256, store.pages.first?.sha256 != sha256 {
      let found = store.pages.first?.sha256 ?? ""
      try store.begin(state)
      throw Failure(
        .badData, at: Place(file: address.text), "the SHA-256 is \(found)", expected: sha256,
        advice: "The file has changed at its source: look at it before you state another `sha256`")
    }
    return Download(lastUpdate: version)
  }
}

/// The headers of an answer without a body.
private final class HeadReceiver: AnswerReceiver {
  func take(_ bytes: UnsafeRawBufferPointer) {}
  func finish(_ response: Response) -> [String: String] { response.headers }
}
