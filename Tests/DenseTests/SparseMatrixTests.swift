import Dense
import Support
import Testing

/// At most 40 products of numbers below 2 in a sum.
private let sumCloseness = Closeness.absolute(1e-12)

struct SparseMatrixTests {
  @Test(
    "The transposed product equals that of the dense twin",
    arguments: [(0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (40, 7, 5), (9, 31, 4)])
  func transposedProduct(rows: Int, columns: Int, width: Int) {
    var random = RandomSource(seed: 5, stream: UInt64(rows))
    var entries: [(row: Int, column: Int, weight: Double)] = []
    var twin = Matrix(rowCount: rows, columnCount: columns)
    for row in 0..<rows {
      for column in 0..<columns where random.happens(0.3) {
        let weight = random.uniform()
        entries.append((row, column, weight))
        twin[row, column] = weight
      }
    }
    entries.shuffle(using: &random)
    let sparse = SparseMatrix(rowCount: rows, columnCount: columns, entries: entries)
    let dense = randomMatrix(rows, width, stream: 8)
    let product = sparse.transposedTimes(dense)
    #expect(product.rowCount == columns && product.columnCount == width)
    #expect(sumCloseness.holds(product.elements, naiveProduct(transposed(twin), dense).elements))
    #expect(sparse.dense() == twin)
    for row in 0..<rows {
      #expect(sumCloseness.holds(sparse.rowSum(row), twin.row(row).reduce(0, +)))
    }
  }

  @Test("Entries of the same place are added up, and rows rise by column")
  func repeatedEntriesAreAdded() {
    let sparse = SparseMatrix(
      rowCount: 3, columnCount: 4,
      entries: [(2, 3, 0.5), (0, 1, 0.25), (2, 0, 1), (2, 3, 0.25), (0, 1, 0.5)])
    #expect(sparse.row(0).map(\.column) == [1])
    #expect(sparse.row(0).map(\.weight) == [0.75])
    #expect(sparse.row(1).isEmpty)
    #expect(sparse.row(2).map(\.column) == [0, 3])
    #expect(sparse.row(2).map(\.weight) == [1, 0.75])
    #expect(sparse.rowSum(1) == 0 && sparse.rowSum(2) == 1.75)
  }

  @Test("The order of the entries does not matter")
  func entryOrderDoesNotMatter() {
    let entries = (0..<30).map { (row: $0 % 4, column: $0 % 3, weight: 0.1 * Double($0)) }
    let sparse = SparseMatrix(rowCount: 4, columnCount: 3, entries: entries)
    var random = RandomSource(seed: 6)
    for _ in 0..<10 {
      let shuffled = entries.shuffled(using: &random)
      #expect(SparseMatrix(rowCount: 4, columnCount: 3, entries: shuffled) == sparse)
    }
  }
}
