import Dense
import Support
import Synchronization
import Testing

struct TiledMatrixTests {
  /// A matrix of 23 × 17 and its twin that is all there, in tiles of 4.
  private let twin = randomMatrix(23, 17, stream: 21)
  private var tiled: TiledMatrix {
    let twin = twin
    return TiledMatrix(rowCount: 23, columnCount: 17, side: 4) { rows, columns, tile in
      for (place, row) in rows.enumerated() {
        for (offset, column) in columns.enumerated() {
          tile[place * columns.count + offset] = twin[row, column]
        }
      }
    }
  }

  @Test("Both products equal those of the dense twin, with the same bits held and for any workers")
  func products() throws {
    let (right, left) = (randomMatrix(17, 5, stream: 22), randomMatrix(23, 5, stream: 23))
    let forward = try tiled.times(right)
    let backward = try tiled.transposedTimes(left)
    #expect(Closeness.absolute(1e-12).holds(forward.elements, naiveProduct(twin, right).elements))
    #expect(
      Closeness.absolute(1e-12).holds(
        backward.elements, naiveProduct(transposed(twin), left).elements))
    for workerCount in [1, 2, 5] {
      for matrix in [tiled, tiled.holding(workerCount: workerCount)] {
        #expect(
          areIdentical(try matrix.times(right, workerCount: workerCount).elements, forward.elements)
        )
        #expect(
          areIdentical(
            try matrix.transposedTimes(left, workerCount: workerCount).elements, backward.elements))
      }
    }
  }

  @Test("Blocks that are kept are not calculated again")
  func keptBlocks() throws {
    let right = randomMatrix(17, 5, stream: 22)
    let kept = Mutex<[Int: [Double]]>([:])
    let whole = try tiled.times(
      right,
      blocks: BlockKeeper(
        recall: { _, _ in nil },
        keep: { block, elements in kept.withLock { $0[block] = Array(elements) } }))
    let store = kept.withLock { $0 }
    #expect(store.count == 6)
    let calculated = Mutex<[Int]>([])
    let again = try tiled.times(
      right, workerCount: 2,
      blocks: BlockKeeper(
        recall: { block, _ in block % 2 == 0 ? store[block] : nil },
        keep: { block, _ in calculated.withLock { $0.append(block) } }))
    #expect(areIdentical(again.elements, whole.elements))
    #expect(calculated.withLock { $0.sorted() } == [1, 3, 5])
  }

  @Test("A failure of keeping ends the product")
  func failure() {
    struct Full: Error {}
    let keeper = BlockKeeper(recall: { _, _ in nil }, keep: { _, _ in throw Full() })
    #expect(throws: Full.self) {
      try tiled.times(randomMatrix(17, 2, stream: 1), workerCount: 2, blocks: keeper)
    }
  }
}
