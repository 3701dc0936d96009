/// A loop over blocks of consecutive indices that is described first and run later, by the same threads as
/// others: a loop of its own for each would end with threads that wait for its last block, and two at once
/// would have more threads than there are cores.
package final class BlockLoop<Result: Sendable>: @unchecked Sendable {
  private let count: Int
  private let size: Int
  private let body: @Sendable (Range<Int>) -> Result
  /// One per block; a block's thread alone writes to its own.
  private let slots: UnsafeMutableBufferPointer<Result?>

  /// A loop that calls `body` once for each block of `size` indices below `count`.
  package init(of count: Int, size: Int, body: @escaping @Sendable (Range<Int>) -> Result) {
    precondition(size > 0, "a block holds at least one index")
    self.count = count
    self.size = size
    self.body = body
    slots = .allocate(capacity: (count + size - 1) / size)
    slots.initialize(repeating: nil)
  }

  deinit {
    slots.deinitialize()
    slots.deallocate()
  }

  /// The results of all blocks, in their order, once the loop has run.
  package var results: [Result] { slots.compactMap { $0 } }
}

extension BlockLoop: AnyBlockLoop {
  package var blockCount: Int { slots.count }

  package func run(block: Int) {
    slots[block] = body(block * size..<min(count, (block + 1) * size))
  }
}

/// A loop over blocks, whatever comes out of it.
package protocol AnyBlockLoop: Sendable {
  var blockCount: Int { get }
  /// Works on one block; called once for each.
  func run(block: Int)
}

/// Runs loops on the same `workerCount` threads, the blocks of each after those of the ones before it, and
/// returns when all have ended.
package func runTogether(_ loops: [any AnyBlockLoop], workerCount: Int) {
  var ends: [Int] = []
  for loop in loops { ends.append((ends.last ?? 0) + loop.blockCount) }
  forEachBlock(of: ends.last ?? 0, size: 1, workerCount: workerCount) { [ends] range in
    guard let number = ends.firstIndex(where: { range.lowerBound < $0 }) else { return }
    let first = ends[number] - loops[number].blockCount
    loops[number].run(block: range.lowerBound - first)
  }
}
