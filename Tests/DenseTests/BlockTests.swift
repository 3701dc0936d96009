import Dense
import Synchronization
import Testing

struct BlockTests {
  @Test(
    "Blocks cover every index once, in order, for any number of workers",
    arguments: [0, 1, 2, 7, 8, 9, 1000], [1, 2, 3, 8])
  func blocksCoverEveryIndex(count: Int, workerCount: Int) {
    for size in [1, 3, 8, 2000] {
      let blocks = mapBlocks(of: count, size: size, workerCount: workerCount) { $0 }
      #expect(blocks.flatMap(Array.init) == Array(0..<count))
      #expect(blocks.dropLast().allSatisfy { $0.count == size })
      #expect(blocks.allSatisfy { !$0.isEmpty })
    }
  }

  @Test("Each block's body runs once", arguments: [1, 2, 3])
  func bodiesRunOnce(workerCount: Int) {
    let starts = Counter()
    forEachBlock(of: 1001, size: 10, workerCount: workerCount) { starts.note($0.lowerBound) }
    #expect(starts.all == stride(from: 0, to: 1001, by: 10).map { $0 })
  }

  @Test("Loops that run together give what each would give alone", arguments: [1, 2, 3, 8])
  func loopsTogether(workerCount: Int) {
    let starts = Counter()
    let blocks = BlockLoop(of: 101, size: 4) { block in
      starts.note(block.lowerBound)
      return block
    }
    let none = BlockLoop(of: 0, size: 3) { $0 }
    let texts = BlockLoop(of: 7, size: 1) { "\($0.lowerBound)" }
    runTogether([blocks, none, texts], workerCount: workerCount)
    #expect(blocks.results.flatMap(Array.init) == Array(0..<101))
    #expect(blocks.results.count == 26 && none.results.isEmpty)
    #expect(texts.results == ["0", "1", "2", "3", "4", "5", "6"])
    #expect(starts.all == stride(from: 0, to: 101, by: 4).map { $0 })
  }
}

/// A list that several threads may write to.
private final class Counter: Sendable {
  private let values = Mutex<[Int]>([])

  func note(_ value: Int) { values.withLock { $0.append(value) } }

  var all: [Int] { values.withLock { $0.sorted() } }
}
