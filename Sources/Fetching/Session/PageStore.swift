import Extracts
import Foundation
import Jobs
import Mismatch

/// The pages of an answer that came whole, on the disk: what a stopped download goes on from, and what the next one of
/// the same query takes its answer from.
///
/// A folder holds `body`, all rows so far, and `pages.csv`, a line for each page once its rows are in the body; what
/// the body holds beyond is of a page that did not come whole. Both are of one state of the source (`state.json`).
final class PageStore {
  /// What the pages are of.
  struct State: Codable, Equatable {
    let query: String
    /// When the source was last updated, in its own words.
    let version: String
    /// How many rows there are; nil where the source does not say.
    let total: Int?
  }

  private struct Piece {
    let page: FetchRecord.Page
    let byteCount: Int

    /// As `pages.csv` has it.
    var line: String { "\(page.offset),\(page.rows),\(byteCount),\(page.sha256)\n" }
  }

  private static let blockSize = 1 << 18

  private let folder: String
  private let lock: FileDescriptor
  private let body: FileDescriptor
  private let list: FileDescriptor
  private(set) var state: State?
  private var pieces: [Piece] = []
  /// Bytes of the page under way.
  private var openByteCount = 0

  /// Opens the store of a query with the pages that are whole.
  ///
  /// - Parameter name: of its folder in `cache`.
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be written, or another process has it.
  init(in cache: String, named name: String) throws {
    folder = "\(cache)/\(name)"
    try Folder.make(folder)
    lock = try FileDescriptor(appendingTo: "\(folder)/lock")
    body = try FileDescriptor(appendingTo: "\(folder)/body")
    list = try FileDescriptor(appendingTo: "\(folder)/pages.csv")
    guard lock.lock() else {
      throw Failure(
        .inputOutput, at: Place(file: folder), "another process fetches the same extract",
        advice: "Wait until it has ended")
    }
    guard FileIdentity(path: "\(folder)/state.json").exists else { return }
    let text = try TextFile.read("\(folder)/state.json")
    state = try? JSONDecoder().decode(State.self, from: Data(text.utf8))
    pieces = try wholePieces()
    try list.truncate(to: pieces.reduce(0) { $0 + $1.line.utf8.count })
    try body.truncate(to: byteCount)
  }

  var pages: [FetchRecord.Page] { pieces.map(\.page) }
  /// Rows of all pages.
  var rowCount: Int { pieces.last.map { $0.page.offset + $0.page.rows } ?? 0 }
  /// Bytes of all pages.
  var byteCount: Int { pieces.reduce(0) { $0 + $1.byteCount } }

  /// Takes all pages away, for another state of the source.
  func begin(_ state: State) throws {
    // In this order, so that a kill in between leaves no page of another state.
    pieces = []
    try list.truncate(to: 0)
    try cut()
    try LooseFile("state.json", in: folder, beginningWith: []).write {
      try $0(Array(try JSONText.of(state, keys: .useDefaultKeys).utf8))
    }
    self.state = state
  }

  /// Adds bytes to the page under way.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try body.write(bytes)
    openByteCount += bytes.count
  }

  /// Takes the page under way away.
  func cut() throws {
    try body.truncate(to: byteCount)
    openByteCount = 0
  }

  /// Takes the page under way for whole.
  func close(_ page: FetchRecord.Page) throws {
    let piece = Piece(page: page, byteCount: openByteCount)
    try Array(piece.line.utf8).withUnsafeBytes { try list.write($0) }
    pieces.append(piece)
    openByteCount = 0
  }

  /// The file in which a store keeps the digest of the file that was last made of it.
  private static let placedName = "placed"

  /// The digest of the file that was last made of a store, or was about to be put in its place; nil where there is none.
  static func placedDigest(in cache: String, named name: String) -> String? {
    try? TextFile.read("\(cache)/\(name)/\(placedName)")
  }

  /// Writes all rows as a file, which stands in its place when it is whole.
  ///
  /// - Returns: its digest, which ``placedDigest(in:named:)`` gives from before the file stands there.
  func copy(to path: String) throws -> String {
    let digest = try Digest()
    var text = ""
    let file = LooseFile(TextFile.name(of: path), in: TextFile.folder(of: path), beginningWith: [])
    try file.write { write in
      try read { bytes in
        digest.update(bytes)
        try write(Array(bytes))
      }
      text = digest.finish()
      try LooseFile(PageStore.placedName, in: folder, beginningWith: []).write {
        try $0(Array(text.utf8))
      }
    }
    return text
  }

  /// Gives the bytes of all pages.
  func read(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    try read(from: 0, byteCount, take)
  }

  /// Gives bytes of the body; fewer where it ends before.
  private func read(
    from start: Int, _ count: Int, _ take: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let block = UnsafeMutableRawBufferPointer.allocate(
      byteCount: PageStore.blockSize, alignment: 16)
    defer { block.deallocate() }
    var place = start
    while place < start + count {
      let wanted = min(block.count, start + count - place)
      let found = try body.read(
        into: UnsafeMutableRawBufferPointer(rebasing: block[..<wanted]), at: place)
      if found == 0 { return }
      try take(UnsafeRawBufferPointer(rebasing: block[..<found]))
      place += found
    }
  }

  /// The pages that follow one another and whose rows the body holds as they came.
  private func wholePieces() throws -> [Piece] {
    let lines = try TextFile.read("\(folder)/pages.csv").split(
      separator: "\n", omittingEmptySubsequences: false)
    var (pieces, rows, bytes) = ([Piece](), 0, 0)
    // What stands behind the last line feed is a line that was not finished.
    for line in lines.dropLast() {
      let fields = line.split(separator: ",")
      guard fields.count == 4, Int(fields[0]) == rows, let rowCount = Int(fields[1]),
        let byteCount = Int(fields[2]), rowCount > 0, byteCount >= 0
      else { break }
      let digest = try Digest()
      try read(from: bytes, byteCount) { digest.update($0) }
      guard digest.finish() == fields[3] else { break }
      let page = FetchRecord.Page(offset: rows, rows: rowCount, sha256: String(fields[3]))
      pieces.append(Piece(page: page, byteCount: byteCount))
      rows += rowCount
      bytes += byteCount
    }
    return pieces
  }
}
