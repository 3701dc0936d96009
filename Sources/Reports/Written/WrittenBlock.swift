import Dense
import Extracts
import Jobs
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Rows of a table of a run that stand one after another, with the bytes of the columns that were asked for.
///
/// Held by one thread at a time; what it gives out is valid until its function returns.
package final class WrittenBlock {
  fileprivate let block: RecordBlock
  private var index: FieldIndex
  private let places: [Int]
  /// Fields of rows that were read one by one, one behind the other.
  private var held = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 12)
  private var ends: [Int] = []
  private var isHeld = false
  package private(set) var rowCount = 0

  fileprivate init(_ places: [Int], columnCount: Int, delimiter: UInt8, blockSize: Int) {
    block = RecordBlock(capacity: blockSize + 1)
    index = FieldIndex(delimiter: delimiter, columnCount: columnCount, trimsFields: false)
    self.places = places
  }

  deinit { held.deallocate() }

  /// The bytes of a field, unquoted; columns are counted in the order in which they were asked for.
  @inline(__always)
  package func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8> {
    if !isHeld, let field = index.field(row, places[column]) { return field }
    let field = row * places.count + column
    let start = field == 0 ? 0 : ends[field - 1]
    return UnsafeBufferPointer(rebasing: held[start..<ends[field]])
  }

  /// A field's text; bytes that are not UTF-8 are replaced.
  package func text(_ row: Int, _ column: Int) -> String {
    String(decoding: bytes(row, column), as: UTF8.self)
  }

  /// A field's number; nil where it is empty or no number.
  package func number(_ row: Int, _ column: Int) -> Double? {
    let field = bytes(row, column)
    guard let start = field.baseAddress, !field.isEmpty else { return nil }
    if let plain = NumberText.plain(field) { return plain }
    guard !isHeld, (43...57).contains(field[0]), field[field.count - 1] <= 57 else {
      return NumberText.value(of: field)
    }
    // Behind the field stands what ends it, within the block.
    var end: UnsafeMutablePointer<CChar>?
    let value = UnsafeRawPointer(start).withMemoryRebound(to: CChar.self, capacity: field.count) {
      strtod($0, &end)
    }
    let isWhole = end.map { UnsafeRawPointer($0) == UnsafeRawPointer(start + field.count) } ?? false
    return isWhole && value.isFinite ? value : nil
  }

  // MARK: Filling

  /// Looks through what the block was filled with; false where its rows must be read one by one.
  fileprivate func look() -> Bool {
    isHeld = false
    guard block.isWhole, index.look(through: block) else { return false }
    rowCount = index.rowCount
    return (0..<rowCount).allSatisfy { row in
      places.allSatisfy { index.field(row, $0) != nil }
    }
  }

  fileprivate var breakCount: Int { index.breakCount }

  fileprivate func removeAll() {
    isHeld = true
    rowCount = 0
    ends.removeAll(keepingCapacity: true)
  }

  fileprivate func hold(_ rows: inout RowTable) {
    for place in places { hold(rows.bytes(place)) }
    rowCount += 1
  }

  private func hold(_ field: UnsafeBufferPointer<UInt8>) {
    let start = ends.last ?? 0
    let end = start + field.count
    if end > held.count {
      let grown = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(end, held.count * 2))
      _ = grown.update(fromContentsOf: held[..<start])
      held.deallocate()
      held = grown
    }
    _ = held[start..<end].update(fromContentsOf: field)
    ends.append(end)
  }
}

extension WrittenTable {
  /// Bytes that a thread reads at once.
  private static let usualBlockSize = 1 << 19

  /// Looks at all rows in blocks, on several threads, and takes up what was found in the order of the file.
  ///
  /// Memory is a few blocks, whatever the size of the file.
  ///
  /// - Parameters:
  ///   - names: the columns that `work` asks the block for, by their place here.
  ///   - work: on all threads at once.
  ///   - take: one at a time, in the order of the rows.
  /// - Throws: ``Failure`` (`badData`) where the file lacks a column or is no table, and what `take` throws.
  package func eachBlock<Found: Sendable>(
    _ names: [String], workerCount: Int, blockSize: Int = usualBlockSize,
    work: @escaping @Sendable (WrittenBlock) -> Found, take: (Found) throws -> Void
  ) throws {
    var rows = try open()
    var columns: [Int] = []
    for name in names { columns.append(try rows.column(name)) }
    let (places, columnCount) = (columns, rows.header.count)
    guard let (blocks, delimiter, firstLine) = rows.blocks(size: blockSize) else { return }
    let alone = WrittenBlock(
      places, columnCount: columnCount, delimiter: delimiter, blockSize: 0)
    var line = firstLine
    try withoutActuallyEscaping(take) { take in
      try withUnsafeMutablePointer(to: &rows) { rows in
        try withUnsafeMutablePointer(to: &line) { line in
          let shared = Shared((rows, line, blocks, alone))
          let taking = Shared(take)
          try Conveyor(
            carrier: {
              Lane<Found>(
                WrittenBlock(
                  places, columnCount: columnCount, delimiter: delimiter, blockSize: blockSize))
            },
            bring: { try shared.value.2.next(into: $0.rows.block) },
            record: { _ in },
            work: { lane in lane.found = lane.rows.look() ? work(lane.rows) : nil },
            deliver: { lane in
              let (rows, line, _, alone) = shared.value
              if let found = lane.found {
                try taking.value(found)
              } else {
                try lane.readAlone(&rows.pointee, line: line.pointee, into: alone)
                try taking.value(work(alone))
              }
              line.pointee += lane.rows.breakCount
            }
          ).run(workerCount: workerCount)
        }
      }
    }
  }
}

/// A block on its way, and what was found in it; nil where its rows are read one by one.
private final class Lane<Found> {
  let rows: WrittenBlock
  var found: Found?

  init(_ rows: WrittenBlock) { self.rows = rows }

  func readAlone(_ table: inout RowTable, line: Int, into alone: WrittenBlock) throws {
    let block = rows.block
    table.scan(
      UnsafeMutableBufferPointer(start: block.bytes, count: block.count), line: line,
      isWhole: block.isWhole)
    alone.removeAll()
    while try table.next() { alone.hold(&table) }
  }
}
