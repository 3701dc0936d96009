import Extracts
import Jobs
import Runs
import Dense
import Mismatch

/// A file of a run while it is written, and the digest of what was written so far.
///
/// One thread at a time writes to it, and another may take it over when that has ended.
final class OutputFile: @unchecked Sendable {
  private let name: String
  private let file: FileDescriptor
  private let digest: Digest
  private var byteCount = 0

  /// Creates a file in a folder.
  init(_ name: String, in folder: String) throws {
    self.name = name
    file = try FileDescriptor(creating: "\(folder)/\(name)")
    digest = try Digest()
  }

  /// Adds bytes.
  func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes {
      try file.write($0)
      digest.update($0)
    }
    byteCount += bytes.count
  }

  /// Adds a table, headings first; blocks are made on `workerCount` threads and added in their order.
  ///
  /// - Parameter isCompressed: whether heading and blocks are gzip, each of its own.
  func write(_ table: RunTable, isCompressed: Bool, workerCount: Int) throws {
    let heading = CSVText(table.records.map(\.name)).bytes
    try write(isCompressed ? GzipText.bytes(of: heading) : heading)
    let next = Counter(table.blockCount)
    try Conveyor(
      carrier: { BlockCarrier() },
      bring: { carrier in
        guard let block = next.next() else { return false }
        carrier.block = block
        return true
      },
      record: { _ in },
      work: { carrier in
        carrier.text.removeAll()
        table.write(block: carrier.block, to: &carrier.text)
        if isCompressed {
          carrier.compressed = Result { try GzipText.bytes(of: carrier.text.bytes) }
        }
      },
      deliver: { try self.write(isCompressed ? $0.compressed.get() : $0.text.bytes) }
    ).run(workerCount: min(workerCount, max(1, table.blockCount)))
  }

  /// Brings what was written onto the disk.
  func synchronise() throws { try file.synchronise() }

  /// What the manifest says of the file; asked for once, at the end.
  func record() -> Manifest.Output {
    Manifest.Output(name: name, bytes: byteCount, sha256: digest.finish())
  }
}

/// A block on its way into a file.
private final class BlockCarrier {
  var block = 0
  var text = CSVText()
  var compressed = Result<[UInt8], any Error>.success([])
}

/// Numbers below a limit, one after another; asked by one thread at a time.
private final class Counter: @unchecked Sendable {
  private var number = 0
  private let limit: Int

  init(_ limit: Int) { self.limit = limit }

  func next() -> Int? {
    defer { number += 1 }
    return number < limit ? number : nil
  }
}
