import Mismatch

/// Compares Nomis as it is with what fetch, and the stand-in of its tests, take it to be.
package struct NomisProbe {
  /// One behaviour, and whether it was found.
  package struct Finding: Encodable {
    package let behaviour: String
    package let isAsAssumed: Bool
    package let found: String
  }

  /// An answer as it came.
  private struct Reply {
    let headers: [String: String]
    let text: String

    var lines: [Substring] { text.split(separator: "\n") }
    var beginning: String { Fault.beginning(of: Array(text.utf8)) }
  }

  private static let byteLimit = 64 << 20
  private static let query = "geography=2092957697&sex=7&item=1&measures=20100"

  private let base: Address
  private let client: Client

  package init(_ session: FetchSession) throws {
    base = try NomisExtract.catalogue(session).address
    client = session.client
  }

  /// What was found of each behaviour, in some ten requests.
  ///
  /// - Throws: ``Failure`` without a network.
  package func findings() throws -> [Finding] {
    let row = try ask("NM_1_1.data.csv?\(NomisProbe.query)&date=latest&RecordLimit=1")
    let count = ["select=date_name,record_offset,record_count", "date=latest", NomisProbe.query]
    let pastEnd = try ask(
      "NM_1_1.data.csv?\(count.joined(separator: "&"))&RecordOffset=99999999&RecordLimit=1")
    let future = try ask("NM_1_1.data.csv?\(NomisProbe.query)&date=2099-01&RecordLimit=1")
    let (badJSON, badCSV) = (
      try ask("NM_1_1.data.json?nonsense=1"), try ask("NM_1_1.data.csv?nonsense=1&geography=x")
    )
    let guest = try ask(
      "NM_1_1.data.csv?geography=TYPE464&date=first-latest&sex=5,6,7&item=1&measures=20100"
        + "&select=geography_code,record_count&RecordLimit=26000")
    let nobody = try ask("def.sdmx.json?search=name-*nothingofthisname*")
    return [
      finding(
        "a row of .data.csv: text in quotes, numbers bare, RECORD_OFFSET and RECORD_COUNT sent",
        row.text.hasPrefix("\"DATE\"") && row.lines.first?.contains("\"RECORD_COUNT\"") == true, row
      ),
      finding("a body ends with a line feed", row.text.hasSuffix("\n"), row),
      Finding(
        behaviour: "no ETag and no Last-Modified",
        isAsAssumed: row.headers["etag"] == nil && row.headers["last-modified"] == nil,
        found:
          "etag: \(row.headers["etag"] ?? "none"), last-modified: \(row.headers["last-modified"] ?? "none")"
      ),
      Finding(
        behaviour: "gzip where it is asked for",
        isAsAssumed: row.headers["content-encoding"] == "gzip",
        found: "content-encoding: \(row.headers["content-encoding"] ?? "none")"),
      finding(
        "a page past the end: the header alone, or an empty body", pastEnd.lines.count <= 1, pastEnd
      ),
      finding(
        "a period out of range: status 200 and the newest period",
        future.lines.count > 1 && !future.text.contains("2099"), future),
      finding(
        "a bad query of .data.json: status 200 and an error", badJSON.text.contains("error"),
        badJSON),
      finding(
        "a bad query of .data.csv: status 200 and an empty body or HTML",
        badCSV.text.isEmpty || badCSV.text.contains("<"), badCSV),
      Finding(
        behaviour: "a guest gets 25,000 rows at most, without a sign",
        isAsAssumed: guest.lines.count - 1 == 25_000, found: "\(max(0, guest.lines.count - 1)) rows"
      ),
      finding(
        "a search without a match: `keyfamilies` is null", nobody.text.contains("null"), nobody),
    ]
  }

  private func finding(_ behaviour: String, _ isAsAssumed: Bool, _ reply: Reply) -> Finding {
    Finding(behaviour: behaviour, isAsAssumed: isAsAssumed, found: reply.beginning)
  }

  private func ask(_ path: String) throws -> Reply {
    try client.ask(Request("\(base.text)/dataset/\(path)"), limit: NomisProbe.byteLimit) {
      ReplyReceiver()
    }
  }

  /// Takes whatever comes.
  private final class ReplyReceiver: AnswerReceiver {
    private var bytes: [UInt8] = []
    func take(_ bytes: UnsafeRawBufferPointer) { self.bytes.append(contentsOf: bytes) }
    func finish(_ response: Response) -> Reply {
      Reply(headers: response.headers, text: String(decoding: bytes, as: UTF8.self))
    }
  }
}
