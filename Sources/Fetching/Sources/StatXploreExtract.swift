import Extracts
import Jobs
import Mismatch

/// A table of the Department for Work and Pensions' Stat-Xplore, by its Open Data API.
///
/// https://stat-xplore.dwp.gov.uk/webapi/online-help/Open-Data-API.html
struct StatXploreExtract: Extract {
  private static let byteLimit = 256 << 20

  private let address: Address
  private let client: Client
  private let key: Secret
  private let database: String
  private let measures: [String]
  private let dimensions: [String]
  private let label: String
  let version: String?

  init(_ source: FileSource, _ session: FetchSession) throws {
    address = try session.address(
      "https://stat-xplore.dwp.gov.uk/webapi/rest/v1", instead: "MISMATCH_FETCH_STAT_XPLORE")
    client = session.client
    guard let key = try session.key("MISMATCH_STAT_XPLORE_KEY") else {
      throw Failure(
        .usage, "Stat-Xplore needs a key",
        expected: "MISMATCH_STAT_XPLORE_KEY, or a file that "
          + "MISMATCH_STAT_XPLORE_KEY_FILE names",
        advice: "An account there is free and shows the key")
    }
    self.key = Secret(form: .header(name: "APIKey", key: key))
    for setting in source.settings {
      for text in setting.texts where !text.hasPrefix("str:") {
        throw Failure(
          .badData, at: setting.place, "`\(setting.name)` is \"\(text)\"",
          expected: "an id of Stat-Xplore, which begins with str:")
      }
    }
    database = source["database"]?.texts.first ?? ""
    measures = source["measures"]?.texts ?? []
    dimensions = source["dimensions"]?.texts ?? []
    let request = Request(
      "\(address.text)/schema/\(database.percentEncoded)", secret: self.key)
    let (response, schema) = try client.ask(request, limit: StatXploreExtract.byteLimit) {
      JSONReceiver()
    }
    label = schema["label"].text ?? database
    version = response.headers["etag"]
  }

  var query: String {
    "\(database)?dimensions=\(dimensions.joined(separator: ","))&measures=\(measures.joined(separator: ","))"
  }

  func record() -> FetchRecord {
    FetchRecord(
      source: FileSource.Kind.statXplore.rawValue, query: query, address: address.text,
      title: "\(label) (\(database))", publisher: "Department for Work and Pensions",
      licence: "Open Government Licence v3.0",
      attribution: "Source: Department for Work and Pensions, Stat-Xplore. "
        + "Contains public sector information licensed under the Open Government Licence v3.0.")
  }

  func download(to store: PageStore, _ session: FetchSession) throws -> Download {
    let state = PageStore.State(query: query, version: version ?? "", total: nil)
    if store.state == state, version != nil, !store.pages.isEmpty {
      return Download(lastUpdate: version, rows: store.rowCount)
    }
    try store.begin(state)
    func list(_ texts: [String]) -> String { texts.map { "\"\($0)\"" }.joined(separator: ",") }
    var request = Request("\(address.text)/table", secret: key)
    request.headers = ["Content-Type: application/json"]
    request.body =
      "{\"database\":\"\(database)\",\"measures\":[\(list(measures))],"
      + "\"dimensions\":[\(dimensions.map { "[\(list([$0]))]" }.joined(separator: ","))]}"
    let answer = try client.ask(request, limit: StatXploreExtract.byteLimit) { JSONReceiver() }.node
    let table = try StatXploreTable(answer, measures: measures, dimensionCount: dimensions.count)
    let digest = try Digest()
    try Array(table.text.utf8).withUnsafeBytes {
      digest.update($0)
      try store.write($0)
    }
    try store.close(
      FetchRecord.Page(offset: 0, rows: table.rowCount, sha256: digest.finish()))
    return Download(lastUpdate: version, rows: table.rowCount)
  }
}

/// A table of Stat-Xplore as rows: a label and a code for each dimension, and a column for each measure.
struct StatXploreTable {
  let text: String
  let rowCount: Int

  /// - Throws: ``Failure`` where the values are not one for each combination of the items.
  init(_ node: JSONNode, measures: [String], dimensionCount: Int) throws {
    let fields = node["fields"].items
    let items = fields.map { field in
      field["items"].items.map { item in
        (
          item["labels"].items.compactMap(\.text).joined(separator: " "),
          item["uris"].items.compactMap(\.text).first?.split(separator: ":").last
            .map(String.init) ?? ""
        )
      }
    }
    let count = items.reduce(1) { $0 * $1.count }
    let columns = measures.map { node["cubes"][$0]["values"].leaves(depth: fields.count) }
    guard fields.count == dimensionCount, count > 0, columns.allSatisfy({ $0.count == count })
    else {
      throw Failure(
        .inputOutput, "the table has \(columns.map(\.count)) values in \(fields.count) dimensions",
        expected: "\(count) of each measure in \(dimensionCount) dimensions",
        advice: "Try again later")
    }
    let headings =
      fields.flatMap { field in
        [field["label"].text ?? "", (field["label"].text ?? "") + " code"]
      }
      + measures.map { id in
        node["measures"].items.first { $0["uri"].text == id }?["label"].text ?? id
      }
    var lines = [headings]
    for index in 0..<count {
      var (rest, keys) = (index, [String]())
      for dimension in items.reversed() {
        let (label, code) = dimension[rest % dimension.count]
        keys = [label, code] + keys
        rest /= dimension.count
      }
      lines.append(keys + columns.map { $0[index].text ?? "" })
    }
    text = lines.map { $0.map(\.csvField).joined(separator: ",") + "\n" }.joined()
    rowCount = count
  }
}

extension JSONNode {
  /// The values of a list of lists, so many deep.
  fileprivate func leaves(depth: Int) -> [JSONNode] {
    depth == 0 ? [self] : items.flatMap { $0.leaves(depth: depth - 1) }
  }
}
