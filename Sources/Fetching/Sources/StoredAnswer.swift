import CScan
import Extracts
import Jobs
import Mismatch

/// An answer of one page that goes into a store as it comes.
///
/// It is whole where the connection itself says so: by a length, by chunks or by frames (HTTP/2). A connection that
/// just ends proves nothing.
final class StoredAnswer: AnswerReceiver {
  private let store: PageStore
  private let headingCount: Int
  private let digest: Digest
  private var beginning: [UInt8] = []
  private var lineCounter = RecordCounter()

  /// - Parameter headingCount: lines at the beginning that are no rows.
  init(_ store: PageStore, headingCount: Int = 0) throws {
    (self.store, self.headingCount) = (store, headingCount)
    digest = try Digest()
    try store.cut()
  }

  func take(_ bytes: UnsafeRawBufferPointer) throws {
    if beginning.count < 512 { beginning += bytes.prefix(512 - beginning.count) }
    digest.update(bytes)
    lineCounter.take(bytes)
    try store.write(bytes)
  }

  /// - Returns: how many rows there are: lines outside quotes, without headings.
  func finish(_ response: Response) throws -> Int {
    guard !beginning.isEmpty else { throw Fault(found: "an empty body") }
    let start = String(decoding: beginning, as: UTF8.self).trimmed().lowercased()
    guard !start.hasPrefix("<!doctype html"), !start.hasPrefix("<html") else {
      throw Fault(found: "a page of HTML in the place of a file", tryCount: 2)
    }
    guard response.isDelimited else {
      throw Fault(found: "an answer that does not say where it ends", tryCount: 2)
    }
    let count = lineCounter.count - headingCount
    // The number of rows is the caller's to know; a page has at least one.
    try store.close(
      FetchRecord.Page(offset: store.rowCount, rows: max(1, count), sha256: digest.finish()))
    return count
  }
}

/// Counts line feeds outside quotes, and a last line without one.
private struct RecordCounter {
  private var feeds = 0
  private var isQuoted = false
  private var isUnended = false

  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      if byte == 34 { isQuoted.toggle() }
      if byte == 10, !isQuoted { feeds += 1 }
    }
    if let last = bytes.last { isUnended = last != 10 }
  }

  var count: Int { feeds + (isUnended ? 1 : 0) }
}
