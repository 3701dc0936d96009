import Extracts
import Jobs
import Mismatch

/// What a download came to, besides its bytes.
struct Download {
  /// When the source says that it was last updated; nil where it does not.
  var lastUpdate: String?
  var recordCount: Int?
  var rows: Int?
  var areaTypes: [String] = []
  var areasWithoutRows: [String] = []
  /// Texts that go beside the file, by the ending that takes the place of its own.
  var companions: [String: String] = [:]
}

/// A file at a source, after what was asked for has been checked there.
protocol Extract {
  /// Checks what a job asks.
  ///
  /// - Throws: ``Failure`` where the source does not have it.
  init(_ source: FileSource, _ session: FetchSession) throws
  /// What is asked for in the one form that it is compared in, without any key.
  var query: String { get }
  /// When the source was last updated, or the version that it has; nil where it does not say.
  var version: String? { get }
  /// What is known before the download.
  func record() -> FetchRecord
  /// Brings what the store lacks of the file.
  ///
  /// - Throws: ``Failure`` where it cannot be brought whole.
  func download(to store: PageStore, _ session: FetchSession) throws -> Download
}
