import Dense
import Support
import Testing

/// At most 150 products of numbers below 2 in a sum.
private let sumCloseness = Closeness.absolute(1e-11)

private typealias Entry = (row: Int, column: Int, weight: Double)

private func matrixEntries(_ entries: [Entry]) -> SparseMatrix.Entries {
  entries.reduce(into: SparseMatrix.Entries()) {
    $0.add(row: $1.row, column: $1.column, weight: $1.weight)
  }
}

struct SparseMatrixTests {
  @Test(
    "The transposed product equals that of the dense twin",
    arguments: [(0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (40, 7, 5), (9, 31, 40), (150, 30, 17)])
  func transposedProduct(rows: Int, columns: Int, width: Int) {
    var random = RandomSource(seed: 5, stream: UInt64(rows))
    var entries: [Entry] = []
    var twin = Matrix(rowCount: rows, columnCount: columns)
    for row in 0..<rows {
      for column in 0..<columns where random.happens(0.3) {
        let weight = random.uniform()
        entries.append((row, column, weight))
        twin[row, column] = weight
      }
    }
    entries.shuffle(using: &random)
    let sparse = SparseMatrix(rowCount: rows, columnCount: columns, entries: matrixEntries(entries))
    let dense = randomMatrix(rows, width, stream: 8)
    let product = sparse.transposedTimes(dense)
    #expect(product.rowCount == columns && product.columnCount == width)
    #expect(sumCloseness.holds(product.elements, naiveProduct(transposed(twin), dense).elements))
    #expect(sparse.dense() == twin)
    #expect(sparse.transposed().dense() == transposed(twin))
    let right = randomMatrix(columns, width, stream: 9)
    let forward = sparse.times(right)
    #expect(sumCloseness.holds(forward.elements, naiveProduct(twin, right).elements))
    #expect(areIdentical(sparse.times(right, workerCount: 3).elements, forward.elements))
    for row in 0..<rows {
      #expect(sumCloseness.holds(sparse.rowSum(row), twin.row(row).reduce(0, +)))
    }
  }

  @Test(
    "The product of a dense matrix equals that of the dense twin, for any number of workers",
    arguments: [(0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (40, 7, 5), (9, 31, 40), (150, 30, 17)])
  func productFromTheLeft(rows: Int, inner: Int, columns: Int) {
    var random = RandomSource(seed: 6, stream: UInt64(rows))
    var twin = Matrix(rowCount: inner, columnCount: columns)
    for index in twin.elements.indices where random.happens(0.2) {
      twin.elements[index] = random.uniform()
    }
    let (dense, sparse) = (randomMatrix(rows, inner, stream: 4), SparseMatrix(twin))
    let product = dense.times(sparse)
    #expect(product.rowCount == rows && product.columnCount == columns)
    #expect(sumCloseness.holds(product.elements, naiveProduct(dense, twin).elements))
    // Term by term as from the other side, so that all bits are the same.
    #expect(
      areIdentical(
        product.elements, transposed(sparse.transposedTimes(transposed(dense))).elements))
    for workerCount in [2, 3, 8] {
      #expect(
        areIdentical(dense.times(sparse, workerCount: workerCount).elements, product.elements))
    }
    let factors = (0..<inner).map { Double($0) - 3 }
    var scaled = twin
    for row in 0..<inner { for column in 0..<columns { scaled[row, column] *= factors[row] } }
    #expect(sparse.scalingRows(by: factors).dense() == scaled)
  }

  @Test("From the left, too, what meets no entry changes nothing")
  func elementsBesideEntriesFromTheLeft() {
    let sparse = SparseMatrix(
      rowCount: 3, columnCount: 2, entries: matrixEntries([(0, 1, 2), (2, 0, 1)]))
    let product = Matrix(rows: [[1, .nan, 3], [.infinity, .infinity, 2]]).times(sparse)
    #expect(product == Matrix(rows: [[3, 2], [2, .infinity]]))
  }

  @Test("Entries of the same place are added up, and rows rise by column")
  func repeatedEntriesAreAdded() {
    let sparse = SparseMatrix(
      rowCount: 3, columnCount: 4,
      entries: matrixEntries([(2, 3, 0.5), (0, 1, 0.25), (2, 0, 1), (2, 3, 0.25), (0, 1, 0.5)]))
    #expect(Array(sparse.row(0)).map(\.column) == [1])
    #expect(Array(sparse.row(0)).map(\.weight) == [0.75])
    #expect(Array(sparse.row(1)).isEmpty)
    #expect(Array(sparse.row(2)).map(\.column) == [0, 3])
    #expect(Array(sparse.row(2)).map(\.weight) == [1, 0.75])
    #expect(sparse.rowSum(1) == 0 && sparse.rowSum(2) == 1.75)
  }

  @Test("What meets no entry changes nothing, NaN and infinities included")
  func elementsBesideEntries() {
    let sparse = SparseMatrix(
      rowCount: 2, columnCount: 3, entries: matrixEntries([(0, 1, 2), (1, 2, 1)]))
    let product = sparse.times(Matrix(rows: [[.nan, .infinity], [1, 2], [.infinity, 3]]))
    #expect(product == Matrix(rows: [[2, 4], [.infinity, 3]]))
  }

  @Test("The order of the entries does not matter")
  func entryOrderDoesNotMatter() {
    let entries = (0..<30).map { Entry(row: $0 % 4, column: $0 % 3, weight: 0.1 * Double($0)) }
    let sparse = SparseMatrix(rowCount: 4, columnCount: 3, entries: matrixEntries(entries))
    var random = RandomSource(seed: 6)
    for _ in 0..<10 {
      let shuffled = entries.shuffled(using: &random)
      #expect(SparseMatrix(rowCount: 4, columnCount: 3, entries: matrixEntries(shuffled)) == sparse)
    }
  }
}
