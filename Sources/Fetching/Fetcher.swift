import Extracts
import Jobs
import Mismatch

/// Brings files from their sources.
package struct Fetcher {
  /// What stands where a file belongs.
  package enum State: Equatable {
    case missing
    /// As the source has it.
    case current
    /// Fetched when the job asked for something else.
    case otherQuery
    /// Fetched before the source was updated.
    case outdated(since: String)
    /// Left without its record by a fetch that was stopped.
    case unfinished
    /// Changed since it was fetched: left as it is.
    case edited
    /// There, and not fetched: left as it is.
    case foreign

    /// Whether the file is fetched.
    package var isFetched: Bool {
      switch self {
      case .missing, .otherQuery, .outdated, .unfinished: true
      case .current, .edited, .foreign: false
      }
    }
  }

  private let session: FetchSession

  package init(_ session: FetchSession) { self.session = session }

  /// What would become of a file; nothing is written.
  package func state(of file: InputFile, from source: FileSource) throws -> State {
    try state(of: file, ExtractCatalogue.extract(source, session))
  }

  /// Brings a file where it is missing or outdated.
  ///
  /// - Returns: what stood there before, and the record of the file that stands there now; nil where it is none of ours.
  /// - Throws: ``Failure`` where it cannot be brought whole; an earlier file is left as it was.
  package func fetch(_ file: InputFile, from source: FileSource) throws -> (State, FetchRecord?) {
    let extract = try ExtractCatalogue.extract(source, session)
    let state = try state(of: file, extract)
    guard state.isFetched else {
      return (state, state == .current ? try FetchRecord(beside: file.path) : nil)
    }
    return (state, try write(extract, to: file.path))
  }

  /// Brings an extract into a file, whatever stands there.
  package func write(_ source: FileSource, to path: String) throws -> FetchRecord {
    try write(ExtractCatalogue.extract(source, session), to: path)
  }

  private func state(of file: InputFile, _ extract: any Extract) throws -> State {
    guard FileIdentity(path: file.path).exists else { return .missing }
    let (record, digest) = (try FetchRecord(beside: file.path), try Digest.ofFile(file.path))
    guard let record, record.sha256 == digest else {
      let placed = PageStore.placedDigest(
        in: try session.cacheFolder(), named: try storeName(of: extract))
      return placed == digest ? .unfinished : record == nil ? .foreign : .edited
    }
    guard record.query == extract.query else { return .otherQuery }
    guard record.lastUpdate == extract.version else {
      return .outdated(since: extract.version ?? "")
    }
    return .current
  }

  private func write(_ extract: any Extract, to path: String) throws -> FetchRecord {
    var record = extract.record()
    let store = try PageStore(in: try session.cacheFolder(), named: try storeName(of: extract))
    let download = try extract.download(to: store, session)
    record.lastUpdate = download.lastUpdate
    record.recordCount = download.recordCount
    record.rows = download.rows
    record.areaTypes = download.areaTypes
    record.areasWithoutRows = download.areasWithoutRows
    record.pages = store.pages
    record.bytes = store.byteCount
    record.fetched = UTCTime.text(session.client.clock.now())
    record.sha256 = try store.copy(to: path)
    for (ending, text) in download.companions.sorted(by: { $0.key < $1.key }) {
      try write(text, to: TextFile.stem(of: path) + ending, beside: path)
    }
    try write(
      try record.text(), to: TextFile.name(of: FetchRecord.path(beside: path)), beside: path)
    return record
  }

  /// What the pages of an extract are kept by: where and what is asked, without any key.
  private func storeName(of extract: any Extract) throws -> String {
    let digest = try Digest()
    let record = extract.record()
    Array("\(record.address)\n\(record.query)".utf8).withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }

  private func write(_ text: String, to name: String, beside path: String) throws {
    try LooseFile(name, in: TextFile.folder(of: path), beginningWith: []).write {
      try $0(Array(text.utf8))
    }
  }
}
