import Extracts
import Mismatch

/// What a job says of the origin of its figures.
package struct SourceRecord: Codable, Sendable, Equatable {
  /// What the publisher calls them.
  package let title: String
  package let publisher: String?
  package let licence: String?
  /// Where they can be found: an address on the web.
  package let url: String?
}

extension SourceRecord {
  /// What is known of a file that was fetched.
  package init(_ record: FetchRecord) {
    title = record.title
    publisher = record.publisher
    licence = record.licence.isEmpty ? nil : record.licence
    url = record.address.isAddress ? record.address : nil
  }
}

extension JobNode {
  /// The sources that a job lists, each with `title`, and `publisher`, `licence` and `url` as far as it says so.
  func sources() throws -> [SourceRecord] {
    try items().map { item in
      let keys = try item.keyed(["title", "publisher", "licence", "url"])
      if let url = keys["url"], try !url.text().isAddress {
        throw url.wrong(expected: "an address that begins with https://")
      }
      return SourceRecord(
        title: try keys.required("title", of: item).text(),
        publisher: try keys["publisher"]?.text(),
        licence: try keys["licence"]?.text(), url: try keys["url"]?.text())
    }
  }
}

extension String {
  fileprivate var isAddress: Bool { hasPrefix("https://") || hasPrefix("http://") }
}
