import Dense
import Support
import Testing

/// Sums of at most 97 products of numbers below 2: 97 roundings of 2⁻⁵³ × 4 × 97 are below 5e-12.
private let sumCloseness = Closeness.absolute(5e-12)

/// Sides of the tested products: empty ones, single ones, odd ones and more than one row block.
private let shapes: [(rows: Int, inner: Int, columns: Int)] = [
  (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (7, 5, 3), (255, 3, 2), (256, 4, 5), (257, 97, 11),
  (1030, 13, 7),
]

struct ProductTests {
  @Test("A product equals the naive triple loop", arguments: shapes)
  func productEqualsTripleLoop(rows: Int, inner: Int, columns: Int) {
    let (a, b) = (randomMatrix(rows, inner, stream: 1), randomMatrix(inner, columns, stream: 2))
    let product = a.times(b)
    #expect(product.rowCount == rows)
    #expect(product.columnCount == columns)
    #expect(sumCloseness.holds(product.elements, naiveProduct(a, b).elements))
  }

  @Test("A product has the same bits for any number of workers", arguments: shapes)
  func productHasSameBits(rows: Int, inner: Int, columns: Int) {
    let (a, b) = (randomMatrix(rows, inner, stream: 3), randomMatrix(inner, columns, stream: 4))
    let alone = a.times(b, workerCount: 1)
    for workerCount in [2, 3, 16] {
      #expect(areIdentical(a.times(b, workerCount: workerCount).elements, alone.elements))
    }
  }

  @Test("A product with a vector equals the product with a single column", arguments: shapes)
  func vectorProduct(rows: Int, inner: Int, columns: Int) {
    let (a, b) = (randomMatrix(rows, inner, stream: 5), randomMatrix(inner, 1, stream: 6))
    let product = a.times(b.elements)
    #expect(product.count == rows)
    #expect(sumCloseness.holds(product, naiveProduct(a, b).elements))
  }

  @Test("A Gram matrix is the product of the transpose with the matrix", arguments: shapes)
  func gramMatrix(rows: Int, inner: Int, columns: Int) {
    let a = randomMatrix(rows, inner, stream: 7)
    let gram = a.gram()
    let expected = naiveProduct(transposed(a), a)
    #expect(gram.rowCount == inner && gram.columnCount == inner)
    // Up to 1030 products in a sum: the bound of ten times as many terms.
    #expect(Closeness.absolute(5e-10).holds(gram.elements, expected.elements))
    #expect(gram == transposed(gram))
  }

  @Test("Products follow IEEE 754 for NaN and infinities")
  func productsFollowIEEE() {
    let a = Matrix(rows: [[.infinity, 1], [.nan, 1], [2, 1]])
    let product = a.times(Matrix(rows: [[0, 1], [1, 1]]))
    #expect(product[0, 0].isNaN && product[0, 1] == .infinity)
    #expect(product[1, 0].isNaN && product[1, 1].isNaN)
    #expect(product[2, 0] == 1 && product[2, 1] == 3)
  }

  @Test("A row holds the elements of that row")
  func rowHoldsItsElements() {
    let a = Matrix(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(Array(a.row(1)) == [4, 5, 6])
    #expect(a[0, 2] == 3 && a.elements == [1, 2, 3, 4, 5, 6])
  }
}

/// Random elements in (-2, 2), a fifth of them 0.
func randomMatrix(_ rows: Int, _ columns: Int, stream: UInt64) -> Matrix {
  var random = RandomSource(seed: 99, stream: stream)
  var matrix = Matrix(rowCount: rows, columnCount: columns)
  for index in matrix.elements.indices {
    matrix.elements[index] = random.happens(0.2) ? 0 : 4 * random.uniform() - 2
  }
  return matrix
}

/// The product by its definition.
func naiveProduct(_ a: Matrix, _ b: Matrix) -> Matrix {
  var result = Matrix(rowCount: a.rowCount, columnCount: b.columnCount)
  for row in 0..<a.rowCount {
    for column in 0..<b.columnCount {
      for inner in 0..<a.columnCount { result[row, column] += a[row, inner] * b[inner, column] }
    }
  }
  return result
}

func transposed(_ a: Matrix) -> Matrix {
  var result = Matrix(rowCount: a.columnCount, columnCount: a.rowCount)
  for row in 0..<a.rowCount {
    for column in 0..<a.columnCount { result[column, row] = a[row, column] }
  }
  return result
}
