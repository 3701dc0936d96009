import Extracts
import Jobs
import Mismatch

/// A data set of the Department for Education's Explore Education Statistics (EES), by its API, version 1.
///
/// https://api.education.gov.uk/statistics/docs
struct EESExtract: Extract {
  private static let byteLimit = 2 << 30
  private static let metadataLimit = 64 << 20

  private let address: Address
  private let client: Client
  private let id: String
  private let pinned: String
  private let title: String
  private let rowCount: Int
  private let fileID: String
  let version: String?

  init(_ source: FileSource, _ session: FetchSession) throws {
    address = try session.address(
      "https://api.education.gov.uk/statistics/v1", instead: "MISMATCH_FETCH_EES")
    client = session.client
    id = try EESExtract.text(
      "data-set", in: source, matching: /[0-9a-f-]{36}/,
      expected: "the id of a data set, such as 63629501-d3ca-c471-9780-ec4cb6fdf172")
    pinned = try EESExtract.text(
      "version", in: source, matching: /[0-9]+\.[0-9]+(\.[0-9]+)?/,
      expected: "one version, such as \"2.1\", so that the figures stay the same")
    let dataSet = try EESExtract.node("data-sets/\(id)", address, client)
    let state = try EESExtract.node("data-sets/\(id)/versions/\(pinned)", address, client)
    guard let rowCount = state["totalResults"].number else {
      throw Failure(
        .inputOutput, at: Place(file: address.text),
        "version \(pinned) of the data set does not say how many rows it has",
        expected: "`totalResults`")
    }
    self.rowCount = rowCount
    title = dataSet["title"].text ?? id
    fileID = state["file"]["id"].text ?? ""
    version = state["published"].text
  }

  private static func text(
    _ key: String, in source: FileSource, matching pattern: Regex<some Any>, expected: String
  ) throws -> String {
    guard let setting = source[key], let text = setting.texts.first, setting.texts.count == 1,
      text.wholeMatch(of: pattern) != nil
    else {
      throw Failure(
        .badData, at: source[key]?.place ?? source.place,
        "`\(key)` is \"\(source[key]?.texts.first ?? "")\"", expected: expected)
    }
    return text
  }

  private static func node(_ path: String, _ address: Address, _ client: Client) throws -> JSONNode
  {
    try client.ask(Request("\(address.text)/\(path)"), limit: metadataLimit) { JSONReceiver() }.node
  }

  var query: String { "data-sets/\(id)/csv?dataSetVersion=\(pinned)" }

  func record() -> FetchRecord {
    FetchRecord(
      source: FileSource.Kind.ees.rawValue, query: query, address: address.text,
      title: "\(title), version \(pinned)" + (fileID.isEmpty ? "" : " (file \(fileID))"),
      publisher: "Department for Education", licence: "Open Government Licence v3.0",
      attribution: "Source: Department for Education, explore education statistics. "
        + "Contains public sector information licensed under the Open Government Licence v3.0.")
  }

  func download(to store: PageStore, _ session: FetchSession) throws -> Download {
    let state = PageStore.State(query: query, version: version ?? "", total: rowCount)
    if store.state != state || store.pages.isEmpty {
      try store.begin(state)
      let found = try client.ask(
        Request("\(address.text)/\(query)"), limit: EESExtract.byteLimit
      ) { try StoredAnswer(store, headingCount: 1) }
      guard found == rowCount else {
        try store.begin(state)
        throw Failure(
          .inputOutput, at: Place(file: address.text), "the file has \(found) rows",
          expected: "\(rowCount), as the data set says", advice: "Try again later")
      }
    }
    return Download(
      lastUpdate: version, recordCount: rowCount, rows: rowCount,
      companions: [".meta.csv": try metadata()])
  }

  /// What the columns hold, as the file of metadata that goes with files of EES.
  private func metadata() throws -> String {
    let meta = try EESExtract.node(
      "data-sets/\(id)/meta?dataSetVersion=\(pinned)", address, client)
    let filters = meta["filters"].items.map { filter in
      [filter["column"].text, "Filter", filter["label"].text, "", "", "", filter["hint"].text, ""]
    }
    let indicators = meta["indicators"].items.map { indicator in
      [
        indicator["column"].text, "Indicator", indicator["label"].text, "",
        indicator["unit"].text, indicator["decimalPlaces"].text, "", "",
      ]
    }
    let headings =
      "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column"
    return headings + "\n"
      + (filters + indicators).map { row in
        row.map { ($0 ?? "").csvField }.joined(separator: ",") + "\n"
      }.joined()
  }
}

extension String {
  /// The text as a field of a CSV file.
  var csvField: String {
    guard contains(where: { "\",\n\r".contains($0) || $0 == "\r\n" }) else { return self }
    return "\"" + replacing("\"", with: "\"\"") + "\""
  }
}
