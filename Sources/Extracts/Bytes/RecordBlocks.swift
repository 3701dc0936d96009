import CScan
import Mismatch

/// A stretch of delimited text that begins with a record.
package final class RecordBlock {
  package fileprivate(set) var bytes: UnsafeMutablePointer<UInt8>
  fileprivate(set) var capacity: Int
  /// Bytes of whole records; of all that is held where a record is too long to end.
  package fileprivate(set) var count = 0
  /// Whether the last record ends with the block.
  package fileprivate(set) var isWhole = true
  /// Whether lines are counted as records, whatever line breaks they hold.
  fileprivate(set) var countsRows = false
  /// Bytes that still have to go into the file's digest.
  fileprivate var fresh = 0..<0

  package init(capacity: Int) {
    self.capacity = capacity
    bytes = .allocate(capacity: capacity)
  }

  deinit { bytes.deallocate() }

  fileprivate func grow(holding held: Int) {
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    grown.update(from: bytes, count: held)
    bytes.deallocate()
    bytes = grown
    capacity *= 2
  }
}

/// Cuts a text behind its header into blocks of whole records, quoted line breaks included.
package final class RecordBlocks {
  /// Bytes of a block, as long as records are shorter.
  let blockSize: Int
  private let source: ByteSource
  private let kernel = scan_best()
  /// What was read behind the last cut; the source's text follows it.
  private var rest: [UInt8]
  private var isAtEnd = false
  /// What reading ran into behind bytes that are given out first.
  private var failure: (any Error)?

  /// The blocks of a source's text.
  ///
  /// - Parameters:
  ///   - rest: text that was taken from the source already; begins with a record.
  ///   - blockSize: at least 1.
  init(_ source: ByteSource, after rest: [UInt8], blockSize: Int) {
    self.source = source
    self.rest = rest
    self.blockSize = blockSize
  }

  /// Brings the next records into a block; false at the end of the text.
  ///
  /// - Throws: ``Failure`` as ``ByteSource/read(into:)`` does, once what came before it was given out.
  package func next(into block: RecordBlock) throws -> Bool {
    if let failure { throw failure }
    var held = 0
    block.fresh = 0..<0
    block.countsRows = source.isArrow
    repeat {
      let wanted = min(max(blockSize, held * 2), DelimitedScanner.recordLimit)
      held = fill(block, held: held, upTo: wanted)
      let endsWhole = isAtEnd && failure == nil
      block.count = endsWhole ? held : scan_last_record_end(kernel, block.bytes, held)
    } while block.count == 0 && !isAtEnd && held < DelimitedScanner.recordLimit
    if block.count == 0, let failure { throw failure }
    block.isWhole = block.count > 0 || isAtEnd
    if !block.isWhole { block.count = held }
    rest.insert(
      contentsOf: UnsafeBufferPointer(start: block.bytes + block.count, count: held - block.count),
      at: 0)
    if block.count > 0, block.isWhole, block.bytes[block.count - 1] != 10 {
      block.bytes[block.count] = 10
      block.count += 1
    }
    return block.count > 0
  }

  /// Takes a block's bytes into the file's digest; call for every block, in order.
  package func digest(_ block: RecordBlock) {
    guard !block.fresh.isEmpty else { return }
    source.digest(
      UnsafeRawBufferPointer(start: block.bytes + block.fresh.lowerBound, count: block.fresh.count))
  }

  /// Reads until a block holds so many bytes, or no more come; leaves room for a last line feed.
  private func fill(_ block: RecordBlock, held: Int, upTo wanted: Int) -> Int {
    while block.capacity <= wanted { block.grow(holding: held) }
    var held = takeRest(into: block, held: held, upTo: wanted)
    do {
      while held < wanted, !isAtEnd {
        let (count, isFresh) = try source.readAhead(
          into: UnsafeMutableRawBufferPointer(start: block.bytes + held, count: wanted - held))
        if !isFresh { block.fresh = held + count..<held + count }
        held += count
        if isFresh { block.fresh = block.fresh.lowerBound..<held }
        isAtEnd = count == 0
      }
    } catch {
      failure = error
      isAtEnd = true
    }
    return held
  }

  private func takeRest(into block: RecordBlock, held: Int, upTo wanted: Int) -> Int {
    let taken = min(rest.count, wanted - held)
    guard taken > 0 else { return held }
    rest.withUnsafeBufferPointer { rest in
      if let base = rest.baseAddress { (block.bytes + held).update(from: base, count: taken) }
    }
    rest.removeFirst(taken)
    block.fresh = held + taken..<held + taken
    return held + taken
  }
}
