import Extracts
import Foundation
import Mismatch

/// What is known of a file that was fetched: `FILE.source.json` beside it.
package struct FetchRecord: Codable, Sendable, Equatable {
  /// A page of the answer, in the order of its rows.
  package struct Page: Codable, Sendable, Equatable {
    /// The place of its first row, counted from 0.
    package let offset: Int
    package let rows: Int
    package let sha256: String

    package init(offset: Int, rows: Int, sha256: String) {
      (self.offset, self.rows, self.sha256) = (offset, rows, sha256)
    }
  }

  /// The kind of source, by its key in a job.
  package var source: String
  /// What was asked for, in the one form that it is compared in; without any key.
  package var query: String
  /// Where it was asked for, without any key.
  package var address: String
  package var title: String
  package var publisher: String
  package var licence: String
  package var attribution: String
  /// When the last page came: ISO 8601, in UTC.
  package var fetched: String
  /// What the source calls its last update; nil where it says none.
  package var lastUpdate: String?
  /// How many rows the source says that the answer has; nil where it says none.
  package var recordCount: Int?
  package var rows: Int?
  /// Types of areas in the answer, each with its vintage in the source's words.
  package var areaTypes: [String]
  /// Areas that were asked for and have no row.
  package var areasWithoutRows: [String]
  package var pages: [Page]
  package var bytes: Int
  package var sha256: String

  /// What is known before a file has come.
  package init(
    source: String, query: String, address: String, title: String, publisher: String,
    licence: String, attribution: String
  ) {
    (self.source, self.query, self.address) = (source, query, address)
    (self.title, self.publisher) = (title, publisher)
    (self.licence, self.attribution) = (licence, attribution)
    (fetched, sha256, bytes) = ("", "", 0)
    (areaTypes, areasWithoutRows, pages) = ([], [], [])
  }

  /// The path of the record of a file.
  package static func path(beside file: String) -> String { file + ".source.json" }

  /// The record beside a file; nil where there is none.
  ///
  /// - Throws: ``Failure`` (`badData`) for one that is not as `mismatch fetch` writes them.
  package init?(beside file: String) throws {
    let path = FetchRecord.path(beside: file)
    guard FileIdentity(path: path).exists else { return nil }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let text = try TextFile.read(path)
    do {
      self = try decoder.decode(FetchRecord.self, from: Data(text.utf8))
    } catch {
      throw Failure(
        .badData, at: Place(file: path), "is no record of a fetched file",
        expected: "what `mismatch fetch` writes", advice: "Delete it, and fetch the file again")
    }
  }

  package func text() throws -> String { try JSONText.of(self) }
}
