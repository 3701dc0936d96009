/// The records of a table that is looked at more than once: read from its file the first time, and from
/// memory from then on where they are few, since taking a sheet out of its XML is most of the work.
final class RepeatedRecords {
  private let open: () throws -> any RecordStream
  private var first: HoldingRecords?

  /// Bytes of records that are held: 32 MiB.
  fileprivate static let limit = 1 << 25

  init(_ open: @escaping () throws -> any RecordStream) { self.open = open }

  /// The records from their beginning.
  ///
  /// They are held once a stream was read to its end.
  func stream() throws -> any RecordStream {
    guard let first else {
      let holding = HoldingRecords(try open())
      first = holding
      return holding
    }
    return first.isComplete ? HeldRecords(first.held, of: first) : try open()
  }
}

/// Records that are held while they are read.
private final class HoldingRecords: RecordStream {
  private let records: any RecordStream
  private(set) var held: [RawRecord] = []
  /// Whether all records are held.
  private(set) var isComplete = false
  private var size = 0

  init(_ records: any RecordStream) { self.records = records }

  var path: String { records.path }
  var byteCount: Int { records.byteCount }

  func next() throws -> RawRecord? {
    guard let record = try records.next() else {
      isComplete = size <= RepeatedRecords.limit
      return nil
    }
    guard size <= RepeatedRecords.limit else { return record }
    size += record.cells.reduce(64) { $0 + MemoryLayout<String>.stride + $1.utf8.count }
    held.append(record)
    if size > RepeatedRecords.limit { held = [] }
    return record
  }

  func finishDigest() throws -> String { try records.finishDigest() }
}

/// Records that were held.
private final class HeldRecords: RecordStream {
  private var records: IndexingIterator<[RawRecord]>
  private let source: HoldingRecords

  init(_ records: [RawRecord], of source: HoldingRecords) {
    self.records = records.makeIterator()
    self.source = source
  }

  var path: String { source.path }
  var byteCount: Int { source.byteCount }

  func next() -> RawRecord? { records.next() }

  func finishDigest() throws -> String { try source.finishDigest() }
}
