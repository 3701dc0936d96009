import COpenBLAS

/// A matrix that is passed over in strips of rows, each of which serves a product and a product with the
/// transpose before the next is taken: a pass for which one reading of the matrix is enough.
///
/// Panels lie across it: row after row, with a column for each of the matrix's rows or columns. That way
/// round the long side is contiguous, which is where dgemm is fast for few rows.
package struct StripedMatrix: Sendable {
  package let rowCount: Int
  package let columnCount: Int
  private let fill: TiledMatrix.Fill
  /// All strips; nil where they are calculated.
  private var held: [[Double]]?

  /// Rows of a strip: few, so that it is still in the cache when the transpose wants it.
  package static let stripRowCount = 64

  /// Parts of the transposed product that are summed apart and then added up in order.
  ///
  /// Fixed, so that the sums are the same for any number of workers; no more workers than this are of
  /// use.
  private static let partCount = 8

  /// A matrix from the function of its elements.
  package init(rowCount: Int, columnCount: Int, fill: @escaping TiledMatrix.Fill) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.fill = fill
  }

  /// Bytes that all elements take.
  package var byteCount: Int { rowCount * columnCount * MemoryLayout<Double>.size }

  /// The same matrix with all elements calculated once and held: for many passes.
  package func holding(workerCount: Int) -> StripedMatrix {
    var copy = self
    copy.held = mapBlocks(of: rowCount, size: Self.stripRowCount, workerCount: workerCount) {
      rows in
      [Double](unsafeUninitializedCapacity: rows.count * columnCount) { strip, count in
        if let start = strip.baseAddress { fill(rows, 0..<columnCount, start) }
        count = rows.count * columnCount
      }
    }
    return copy
  }

  /// Makes the columns `rows` of Y from those of P, in place.
  ///
  /// They are rows of `rows.count` elements, one after another. Called once for each strip, from any thread.
  package typealias Body =
    @Sendable (_ rows: Range<Int>, _ product: UnsafeMutablePointer<Double>) -> Void

  /// One pass with the matrix K and a small square one M: first P = M X Kᵀ, then `body` makes Y of P, then
  /// the result Mᵀ Y K.
  ///
  /// With X and Y read as vectors that is a product with the Kronecker product K ⊗ M, and one with its
  /// transpose, which is never formed: 4 A²S + 4 AS² operations for A areas and S sectors.
  ///
  /// - Parameters:
  ///   - panel: X, `mixing.rowCount` × `columnCount`.
  ///   - mixing: M.
  ///   - workerCount: threads that share the strips; the result has the same bits for any.
  /// - Returns: Y, `mixing.rowCount` × `rowCount`, and Mᵀ Y K, `mixing.rowCount` × `columnCount`.
  package func pass(
    _ panel: Matrix, mixing: Matrix, workerCount: Int, body: Body
  ) -> (across: Matrix, back: Matrix) {
    precondition(panel.columnCount == columnCount && panel.rowCount == mixing.rowCount)
    prepareProducts()
    let height = mixing.rowCount
    var across = Matrix(rowCount: height, columnCount: rowCount)
    let mixed = mixing.timesPanel(panel, workerCount: workerCount)
    let partSize = (rowCount / Self.partCount / Self.stripRowCount + 1) * Self.stripRowCount
    let parts = across.elements.withUnsafeMutableBufferPointer { across in
      let across = Shared(across.baseAddress)
      return mapBlocks(of: rowCount, size: partSize, workerCount: workerCount) { part in
        var sum = Matrix(rowCount: height, columnCount: columnCount)
        sum.elements.withUnsafeMutableBufferPointer { sum in
          guard let sum = sum.baseAddress, let across = across.value else { return }
          pass(part, mixed, mixing, across, sum, body)
        }
        return sum
      }
    }
    return (across, Matrix(adding: parts, workerCount: workerCount))
  }

  /// The strips of one part: their rows of Y go to `across`, their transposed products are added to `sum`.
  private func pass(
    _ part: Range<Int>, _ mixed: Matrix, _ mixing: Matrix,
    _ across: UnsafeMutablePointer<Double>, _ sum: UnsafeMutablePointer<Double>, _ body: Body
  ) {
    let height = mixing.rowCount
    let product = UnsafeMutablePointer<Double>.allocate(capacity: height * Self.stripRowCount)
    let turned = UnsafeMutablePointer<Double>.allocate(capacity: height * Self.stripRowCount)
    defer {
      product.deallocate()
      turned.deallocate()
    }
    let (width, inner) = (Int32(columnCount), Int32(height))
    eachStrip(of: part) { rows, strip in
      let count = Int32(rows.count)
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, inner, count, width, 1, mixed.elements, width,
        strip, width, 0, product, count)
      body(rows, product)
      for row in 0..<height {
        (across + row * rowCount + rows.lowerBound).update(
          from: product + row * rows.count, count: rows.count)
      }
      cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, inner, count, inner, 1, mixing.elements, inner,
        product, count, 0, turned, count)
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, inner, width, count, 1, turned, count, strip,
        width, 1, sum, width)
    }
  }

  /// Gives `body` each strip of some rows, in order.
  private func eachStrip(
    of part: Range<Int>, _ body: (Range<Int>, UnsafePointer<Double>) -> Void
  ) {
    let size = Self.stripRowCount
    var buffer = [Double](repeating: 0, count: held == nil ? size * columnCount : 0)
    for first in stride(from: part.lowerBound, to: part.upperBound, by: size) {
      let rows = first..<min(part.upperBound, first + size)
      if let held {
        held[first / size].withUnsafeBufferPointer { strip in
          if let start = strip.baseAddress { body(rows, start) }
        }
        continue
      }
      buffer.withUnsafeMutableBufferPointer { strip in
        guard let start = strip.baseAddress else { return }
        fill(rows, 0..<columnCount, start)
        body(rows, start)
      }
    }
  }
}

extension Matrix {
  /// Columns of a panel that one gemm call or one addition takes.
  private static let panelBlock = 512

  /// The product of a small matrix and a panel, in blocks of columns.
  fileprivate func timesPanel(_ panel: Matrix, workerCount: Int) -> Matrix {
    var result = Matrix(rowCount: rowCount, columnCount: panel.columnCount)
    let width = Int32(panel.columnCount)
    result.elements.withUnsafeMutableBufferPointer { out in
      let out = Shared(out.baseAddress)
      panel.elements.withUnsafeBufferPointer { source in
        let source = Shared(source.baseAddress)
        forEachBlock(of: panel.columnCount, size: Self.panelBlock, workerCount: workerCount) {
          columns in
          guard let out = out.value, let source = source.value else { return }
          cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rowCount), Int32(columns.count),
            Int32(columnCount), 1, elements, Int32(columnCount), source + columns.lowerBound, width,
            0, out + columns.lowerBound, width)
        }
      }
    }
    return result
  }

  /// The sum of matrices of one shape, added in order.
  fileprivate init(adding parts: [Matrix], workerCount: Int) {
    var sum = parts.first ?? Matrix(rowCount: 0, columnCount: 0)
    sum.elements.withUnsafeMutableBufferPointer { sum in
      let sum = Shared(sum)
      forEachBlock(of: sum.value.count, size: 1 << 14, workerCount: workerCount) { range in
        for part in parts.dropFirst() {
          part.elements.withUnsafeBufferPointer { part in
            for index in range { sum.value[index] += part[index] }
          }
        }
      }
    }
    self = sum
  }
}
