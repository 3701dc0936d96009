import Extracts
import Foundation
import Jobs
import Mismatch

/// A lookup, or with `boundaries: true` outlines, of ONS's Open Geography portal, by its ArcGIS service.
///
/// https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/
struct GeographyExtract: Extract {
  private static let byteLimit = 256 << 20
  /// Features of one request: services give 1,000 or 2,000, and fewer of large outlines.
  private static let batchSize = 250

  private let address: Address
  private let client: Client
  private let service: String
  private let isBoundaries: Bool
  private let layer: JSONNode
  let version: String?

  init(_ source: FileSource, _ session: FetchSession) throws {
    address = try session.address(
      "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services",
      instead: "MISMATCH_FETCH_ONS_GEOGRAPHY")
    client = session.client
    guard let setting = source["service"], let name = setting.texts.first,
      name.wholeMatch(of: /[A-Za-z0-9_]+/) != nil, setting.texts.count == 1
    else {
      throw Failure(
        .badData, at: source["service"]?.place ?? source.place, "`service` is no name of a service",
        expected: "letters, digits and _, such as LAD25_LSIP25_EN_LU")
    }
    // Names change with each vintage, and no other name stands for the newest one.
    if let vintage = source["vintage"], let year = vintage.texts.first, !name.contains(year) {
      throw Failure(
        .badData, at: vintage.place, "the service \(name) is not of vintage \(year)",
        expected: "a service whose name has it")
    }
    service = name
    isBoundaries =
      try source["boundaries"].map { setting in
        guard let text = setting.texts.first, ["true", "false"].contains(text) else {
          throw Failure(
            .badData, at: setting.place, "`boundaries` is \"\(setting.texts.first ?? "")\"",
            expected: "true or false")
        }
        return text == "true"
      } ?? false
    let request = Request("\(address.text)/\(service)/FeatureServer/0?f=json")
    layer = try client.ask(request, limit: GeographyExtract.byteLimit) { ArcGISReceiver() }
    version =
      layer["editingInfo"]["dataLastEditDate"].text
      ?? layer["editingInfo"]["lastEditDate"].text
  }

  var query: String { service + (isBoundaries ? "?boundaries" : "") }

  func record() -> FetchRecord {
    FetchRecord(
      source: FileSource.Kind.onsGeography.rawValue, query: query, address: address.text,
      title: "\(layer["name"].text ?? service) (\(service))",
      publisher: "Office for National Statistics, Open Geography portal",
      licence: "Open Government Licence v3.0",
      attribution:
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        + "Contains OS data © Crown copyright and database right.")
  }

  func download(to store: PageStore, _ session: FetchSession) throws -> Download {
    let ids = try objectIDs()
    let state = PageStore.State(query: query, version: version ?? "", total: ids.count)
    if store.state != state || version == nil { try store.begin(state) }
    session.progress.begin(service, store.rowCount, of: ids.count)
    while store.rowCount < ids.count {
      let first = store.rowCount
      let batch = Array(ids[first..<min(ids.count, first + GeographyExtract.batchSize)])
      try add(batch, from: first, isLast: first + batch.count == ids.count, to: store)
      session.progress.advance(to: store.rowCount)
    }
    return Download(lastUpdate: version, recordCount: ids.count, rows: ids.count)
  }

  /// The numbers of all features by rising size, which need not follow one another.
  private func objectIDs() throws -> [Int] {
    let answer = try query("where=1%3D1&returnIdsOnly=true&f=json")
    let ids = answer["objectIds"].items.compactMap(\.number).sorted()
    guard !ids.isEmpty else {
      throw Failure(
        .badData, at: Place(file: "\(address.text)/\(service)"), "the service has no features",
        expected: "at least one")
    }
    return ids
  }

  private func query(_ parameters: String) throws -> JSONNode {
    var request = Request("\(address.text)/\(service)/FeatureServer/0/query")
    request.body = parameters
    request.headers = ["Content-Type: application/x-www-form-urlencoded"]
    return try client.ask(request, limit: GeographyExtract.byteLimit) { ArcGISReceiver() }
  }

  private func add(_ ids: [Int], from first: Int, isLast: Bool, to store: PageStore) throws {
    let list = ids.map(String.init).joined(separator: "%2C")
    let answer = try query(
      "objectIds=\(list)&outFields=*&outSR=4326&returnGeometry=\(isBoundaries)"
        + "&f=\(isBoundaries ? "geojson" : "json")")
    let key = layer["objectIdField"].text ?? "OBJECTID"
    let features = answer["features"].items.map { feature in
      (feature, (isBoundaries ? feature["properties"] : feature["attributes"])[key].number ?? -1)
    }.sorted { $0.1 < $1.1 }
    guard features.map(\.1) == ids, !answer["exceededTransferLimit"].isTrue else {
      throw Failure(
        .inputOutput, at: Place(file: "\(address.text)/\(service)"),
        "\(features.count) features came of \(ids.count) that were asked for",
        expected: "each once", advice: "Try again later")
    }
    let text =
      isBoundaries
      ? try outlines(features.map(\.0), isFirst: first == 0, isLast: isLast)
      : rows(features.map(\.0), isFirst: first == 0)
    let digest = try Digest()
    try Array(text.utf8).withUnsafeBytes {
      digest.update($0)
      try store.write($0)
    }
    try store.close(FetchRecord.Page(offset: first, rows: ids.count, sha256: digest.finish()))
  }

  private func rows(_ features: [JSONNode], isFirst: Bool) -> String {
    let fields = layer["fields"].items.compactMap { $0["name"].text }
    let heading = isFirst ? fields.map(\.csvField).joined(separator: ",") + "\n" : ""
    return heading
      + features.map { feature in
        fields.map { (feature["attributes"][$0].text ?? "").csvField }.joined(separator: ",") + "\n"
      }.joined()
  }

  private func outlines(_ features: [JSONNode], isFirst: Bool, isLast: Bool) throws -> String {
    (isFirst ? "{\"type\":\"FeatureCollection\",\"features\":[\n" : ",\n")
      + (try features.map { try $0.json() }.joined(separator: ",\n"))
      + (isLast ? "\n]}\n" : "")
  }
}

/// An answer of ArcGIS, which says with status 200 that something is wrong.
private final class ArcGISReceiver: AnswerReceiver {
  private let json = JSONReceiver()

  func take(_ bytes: UnsafeRawBufferPointer) { json.take(bytes) }

  func finish(_ response: Response) throws -> JSONNode {
    let node = try json.finish(response).node
    guard node["error"].exists else { return node }
    let code = node["error"]["code"].text ?? ""
    let what = "status 200 with the error \(code) \(node["error"]["message"].text ?? "")".trimmed()
    // Codes as those of HTTP: from 500 on it is the server that fails.
    if (node["error"]["code"].number ?? 0) >= 500 { throw Fault(found: what) }
    throw Failure(
      .badData, what, expected: "a service of that name",
      advice:
        "Names of services change with each vintage: look for it on geoportal.statistics.gov.uk")
  }
}
