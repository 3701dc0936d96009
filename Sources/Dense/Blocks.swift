import Synchronization

/// Runs `body` once for each block of `size` consecutive indices below `count`, on `workerCount`
/// threads, and returns when all have ended.
///
/// Which blocks exist depends on `count` and `size` alone, never on `workerCount`. A body may write
/// only to what belongs to its own block.
package func forEachBlock(
  of count: Int, size: Int, workerCount: Int, body: @Sendable (Range<Int>) -> Void
) {
  precondition(size > 0, "a block holds at least one index")
  let blockCount = (count + size - 1) / size
  let range = { @Sendable (block: Int) in block * size..<min(count, (block + 1) * size) }
  guard workerCount > 1, blockCount > 1 else {
    for block in 0..<blockCount { body(range(block)) }
    return
  }
  let next = Atomic(0)
  onThreads(min(workerCount, blockCount)) {
    while true {
      let block = next.add(1, ordering: .relaxed).oldValue
      guard block < blockCount else { return }
      body(range(block))
    }
  }
}

/// The results of `body` for every block, in the order of the blocks, whichever thread made them.
package func mapBlocks<Result: Sendable>(
  of count: Int, size: Int, workerCount: Int, body: @Sendable (Range<Int>) -> Result
) -> [Result] {
  let blockCount = (count + size - 1) / size
  var results = [Result?](repeating: nil, count: blockCount)
  results.withUnsafeMutableBufferPointer { slots in
    let slots = Shared(slots)
    forEachBlock(of: count, size: size, workerCount: workerCount) { range in
      slots.value[range.lowerBound / size] = body(range)
    }
  }
  return results.compactMap { $0 }
}

/// Like ``forEachBlock(of:size:workerCount:body:)`` with a body that may fail: no further block is begun
/// then.
///
/// - Throws: of the errors of all blocks that failed, the one of the first block.
package func tryEachBlock(
  of count: Int, size: Int, workerCount: Int, body: @Sendable (Range<Int>) throws -> Void
) throws {
  let failures = Mutex<[Int: any Error]>([:])
  forEachBlock(of: count, size: size, workerCount: workerCount) { range in
    guard failures.withLock(\.isEmpty) else { return }
    do {
      try body(range)
    } catch {
      failures.withLock { $0[range.lowerBound] = error }
    }
  }
  if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
}

/// The results of two bodies that run side by side where there are workers for that, and one after the other
/// where not; each may use all workers itself.
///
/// Blocks within blocks would not do for that: what runs inside ``forEachBlock`` gets no more threads.
package func sideBySide<First: Sendable, Second: Sendable>(
  workerCount: Int, _ first: () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  guard workerCount > 1 else { return (first(), second()) }
  let other = Mutex<Second?>(nil)
  var own: First?
  onTwoThreads({ own = first() }) {
    let value = second()
    other.withLock { $0 = value }
  }
  guard let own, let other = other.withLock({ $0 }) else { preconditionFailure("both have ended") }
  return (own, other)
}

/// A pointer that threads share; each touches its own part of it only, or touches it in turn.
package struct Shared<Value>: @unchecked Sendable {
  package let value: Value
  package init(_ value: Value) { self.value = value }
}
