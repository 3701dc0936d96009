import Extracts
import Jobs
import Mismatch

/// An extract of Nomis: all rows of a query, proved to be whole.
struct NomisExtract: Extract {
  /// How often a download begins again because the source was updated in the middle of it.
  private static let restartCount = 3
  /// Rows of a page: what Nomis gives a guest, and more with a key, of which a stopped download loses one.
  private static let guestRows = 25_000
  private static let keyRows = 100_000
  private static let byteLimit = 1 << 30

  private let catalogue: NomisCatalogue
  private let asked: NomisQuery
  private var plan: NomisPlan
  private let key: Secret?

  static let standardAddress = "https://www.nomisweb.co.uk/api/v01"
  static let addressVariable = "MISMATCH_FETCH_NOMIS"
  static let keyVariable = "MISMATCH_NOMIS_UID"

  /// Checks what a job asks against the live definition.
  init(_ source: FileSource, _ session: FetchSession) throws {
    asked = try NomisQuery(source)
    catalogue = try NomisExtract.catalogue(session)
    plan = try NomisPlan(asked, catalogue)
    key = try session.key(NomisExtract.keyVariable).map {
      Secret(form: .query(name: "uid", key: $0))
    }
  }

  static func catalogue(_ session: FetchSession) throws -> NomisCatalogue {
    NomisCatalogue(
      address: try session.address(standardAddress, instead: addressVariable),
      client: session.client)
  }

  var query: String { plan.text }
  var version: String? { plan.definition.lastUpdate.isEmpty ? nil : plan.definition.lastUpdate }

  func record() -> FetchRecord {
    FetchRecord(
      source: FileSource.Kind.nomis.rawValue, query: query,
      address: catalogue.address.text, title: "\(plan.definition.name) (\(plan.definition.id))",
      publisher: "Office for National Statistics, via Nomis",
      licence: "Open Government Licence v3.0",
      attribution: "Source: Office for National Statistics, via Nomis (www.nomisweb.co.uk). "
        + "Contains public sector information licensed under the Open Government Licence v3.0.")
  }

  func download(to store: PageStore, _ session: FetchSession) throws -> Download {
    var current = self
    for _ in 0...NomisExtract.restartCount {
      do {
        return try current.downloadOnce(to: store, session)
      } catch is TotalChanged {
        try store.begin(PageStore.State(query: query, version: "", total: nil))
        // An update may bring areas, and another latest period.
        current.plan = try NomisPlan(asked, catalogue)
        guard current.query == query else { break }
      }
    }
    throw Failure(
      .inputOutput, at: Place(file: catalogue.address.text),
      "\(plan.definition.id) was updated while it was fetched",
      expected: "the same number of rows on every page",
      advice: "Fetch it again, in an hour if that does not help")
  }

  /// Downloads what is missing of one state of the source.
  ///
  /// - Throws: ``TotalChanged`` where the source is updated meanwhile.
  private func downloadOnce(to store: PageStore, _ session: FetchSession) throws -> Download {
    let version = plan.definition.lastUpdate
    let total = try probe()
    let state = PageStore.State(query: query, version: version, total: total)
    var evidence = NomisEvidence(plan)
    if store.state != state {
      try store.begin(state)
    } else if store.rowCount > 0 {
      evidence.add(try replay(store, total))
    }
    let isComplete = store.rowCount == total
    session.progress.begin(plan.definition.id, store.rowCount, of: total)
    while store.rowCount < total {
      let page = try page(from: store.rowCount, of: total, to: store)
      evidence.add(page.evidence)
      session.progress.advance(to: store.rowCount)
    }
    if !isComplete, try currentVersion() != version { throw TotalChanged() }
    return Download(
      lastUpdate: version.isEmpty ? nil : version, recordCount: total, rows: store.rowCount,
      areaTypes: evidence.areaTypes.sorted(),
      areasWithoutRows: try verifyCodes(evidence))
  }

  private func currentVersion() throws -> String {
    try catalogue.definition(of: plan.definition.id).lastUpdate
  }

  /// How many rows the query has.
  private func probe() throws -> Int {
    let request = Request(
      plan.address(at: catalogue.address, from: 0, limit: 1), secret: key)
    return try catalogue.client.ask(request, limit: NomisExtract.byteLimit) {
      try NomisRows(plan, from: 0, total: nil) { _ in }
    }.total
  }

  private func page(from offset: Int, of total: Int, to store: PageStore) throws -> NomisRows.Page {
    let limit = min(key == nil ? NomisExtract.guestRows : NomisExtract.keyRows, total - offset)
    let request = Request(
      plan.address(at: catalogue.address, from: offset, limit: limit), secret: key)
    let page = try catalogue.client.ask(request, limit: NomisExtract.byteLimit) {
      try store.cut()
      return try NomisRows(plan, from: offset, total: total) { try store.write($0) }
    }
    try store.close(
      FetchRecord.Page(offset: offset, rows: page.rowCount, sha256: page.sha256))
    return page
  }

  /// Proves the rows of the store once more.
  private func replay(_ store: PageStore, _ total: Int) throws -> NomisEvidence {
    let rows = try NomisRows(plan, from: 0, total: total) { _ in }
    do {
      try store.read { try rows.take($0) }
      return try rows.finish(Response(status: 200)).evidence
    } catch is Fault {
      throw TotalChanged()
    }
  }

  /// Makes sure that every period and code has a row.
  ///
  /// - Returns: areas without one, which a data set may have.
  /// - Throws: ``Failure`` (`badData`) for a period or a code of another dimension.
  private func verifyCodes(_ evidence: NomisEvidence) throws -> [String] {
    var areas: [String] = []
    let columns = [("date", NomisCodes(text: "", codes: Set(plan.periods)))] + plan.dimensions
    for ((name, codes), seen) in zip(columns, evidence.seen) {
      let missing = codes.codes.union(codes.areaCodes).subtracting(seen).sorted()
      if NomisDefinition.isArea(name) {
        areas += missing
      } else if !missing.isEmpty {
        throw Failure(
          .badData, at: Place(file: catalogue.address.text),
          "no row of \(plan.definition.id) has \(name) \(Failure.examples(missing))",
          expected: "rows for every code that the source names",
          advice: "Take it out of `\(name)`, or ask Nomis why it has no figures")
      }
    }
    return areas
  }
}
