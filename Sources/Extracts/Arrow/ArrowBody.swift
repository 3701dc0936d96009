import Mismatch

/// Bytes that columns of a batch refer to.
final class ArrowBody {
  private(set) var bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    bytes = .allocate(byteCount: byteCount, alignment: 64)
  }

  convenience init(copying other: UnsafeRawBufferPointer) {
    self.init(byteCount: other.count)
    bytes.copyMemory(from: other)
  }

  deinit { bytes.deallocate() }

  func grow(to byteCount: Int) {
    let grown = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
    grown.copyMemory(from: UnsafeRawBufferPointer(bytes))
    bytes.deallocate()
    bytes = grown
  }
}

/// The unread bytes of an Arrow stream.
struct ArrowInput {
  /// Brings the next bytes; 0 at the end.
  typealias Bring = (UnsafeMutableRawBufferPointer) throws -> Int

  /// Bytes that were looked at before.
  private var head: ArraySlice<UInt8>

  init(after head: ArraySlice<UInt8>) { self.head = head }

  /// Bytes that are allocated before it is known that the stream holds so many.
  private static let step = 1 << 22

  /// The next bytes, fewer only where the stream ends.
  mutating func take(_ count: Int, _ bring: Bring) throws -> (body: ArrowBody, count: Int) {
    let body = ArrowBody(byteCount: min(count, ArrowInput.step))
    var held = 0
    while held < count {
      if held == body.bytes.count {
        try MemoryBudget.verifyRoom()
        body.grow(to: min(count, 2 * held))
      }
      let free = UnsafeMutableRawBufferPointer(rebasing: body.bytes[held...])
      let made = try head.isEmpty ? bring(free) : takeHead(into: free)
      if made == 0 { break }
      held += made
    }
    return (body, held)
  }

  private mutating func takeHead(into free: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(head.count, free.count)
    free.copyBytes(from: head.prefix(count))
    head = head.dropFirst(count)
    return count
  }
}

/// The rows, or the texts of a dictionary, that one message of an Arrow stream holds.
struct ArrowBatch {
  let rowCount: Int
  private let body: ArrowBody
  private let bodyCount: Int
  private let nodes: [(Int64, Int64)]
  private let buffers: [(Int64, Int64)]
  private let viewCounts: [Int64]
  private let codec: ArchiveHandle.Content?
  private let place: Place
  private var nextNode = 0
  private var nextBuffer = 0
  private var nextViews = 0
  /// What the memory is in that columns refer to.
  private(set) var held: [AnyObject]

  /// The content of a message, and the bytes behind it.
  ///
  /// - Parameter place: the stream, for messages.
  init(_ table: FlatTable, _ body: ArrowBody, count: Int, at place: Place) throws {
    self.place = place
    self.body = body
    bodyCount = count
    held = [body]
    let rowCount = try table.number(0, default: Int64(0))
    guard (0...1 << 40).contains(rowCount) else { throw ArrowFault.damaged }
    self.rowCount = Int(rowCount)
    nodes = try table.pairs(1)
    buffers = try table.pairs(2)
    viewCounts = try table.numbers(4)
    codec = try table.table(3).map { compression in
      switch try compression.number(0, default: Int8(0)) {
      case 0: .lz4
      case 1: .zstandard
      default: throw ArrowFault("the Arrow stream is compressed in an unknown way")
      }
    }
  }

  /// Keeps what a column refers to as long as the batch.
  mutating func hold(_ object: AnyObject) { held.append(object) }

  /// Whether all that the message names was taken.
  var isAtEnd: Bool { nextNode == nodes.count && nextBuffer == buffers.count }

  /// Goes past a column that is not read, and those within it.
  mutating func skip(_ field: ArrowField) throws {
    nextNode += 1
    nextBuffer += field.bufferCount
    if field.hasViews { nextBuffer += try viewCount() }
    for child in field.children { try skip(child) }
    guard nextNode <= nodes.count, nextBuffer <= buffers.count else { throw ArrowFault.damaged }
  }

  /// Goes into a column, which has a value for each row.
  mutating func enter() throws {
    guard nextNode < nodes.count, nodes[nextNode].0 == Int64(rowCount) else {
      throw ArrowFault.damaged
    }
    nextNode += 1
  }

  /// How many buffers hold the texts of a column of views.
  mutating func viewCount() throws -> Int {
    guard nextViews < viewCounts.count, (0...Int64(buffers.count)).contains(viewCounts[nextViews])
    else { throw ArrowFault.damaged }
    nextViews += 1
    return Int(viewCounts[nextViews - 1])
  }

  /// The next buffer, which has so many bytes or more; of none where it is left out and `mayBeAbsent`.
  mutating func buffer(_ least: Int, mayBeAbsent: Bool = false) throws -> UnsafeRawBufferPointer {
    guard nextBuffer < buffers.count else { throw ArrowFault.damaged }
    let (start, count) = buffers[nextBuffer]
    nextBuffer += 1
    guard start >= 0, count >= 0, count <= Int64(bodyCount), start <= Int64(bodyCount) - count
    else { throw ArrowFault.damaged }
    let packed = UnsafeRawBufferPointer(
      rebasing: body.bytes[Int(start)..<Int(start) + Int(count)])
    let bytes = try codec.map { try inflated(packed, $0) } ?? packed
    guard bytes.count >= least || (mayBeAbsent && bytes.isEmpty) else { throw ArrowFault.damaged }
    return bytes
  }

  /// A buffer of which each is compressed by itself behind the number of its bytes, -1 for one that is not.
  private mutating func inflated(
    _ packed: UnsafeRawBufferPointer, _ codec: ArchiveHandle.Content
  ) throws -> UnsafeRawBufferPointer {
    guard !packed.isEmpty else { return packed }
    guard packed.count >= 8 else { throw ArrowFault.damaged }
    let count = Int(Int64(littleEndian: packed.loadUnaligned(as: Int64.self)))
    let content = UnsafeRawBufferPointer(rebasing: packed[8...])
    guard count != -1 else { return content }
    guard count >= 0, InflationLimit.excess(count, packed: content.count) == nil else {
      throw ArrowFault.damaged
    }
    let inflated = ArrowBody(byteCount: count)
    let handle = try ArchiveHandle(
      MemoryBytes(Array(content)), of: codec, at: place)
    _ = try handle.nextEntry()
    var made = 0
    while made < count {
      let more = try handle.read(
        into: UnsafeMutableRawBufferPointer(rebasing: inflated.bytes[made...]))
      guard more > 0 else { throw ArrowFault.damaged }
      made += more
    }
    hold(inflated)
    return UnsafeRawBufferPointer(inflated.bytes)
  }
}
