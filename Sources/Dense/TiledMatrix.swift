import COpenBLAS

/// A matrix of which no more than a tile per worker exists at a time: its elements are calculated when a
/// product needs them.
package struct TiledMatrix: Sendable {
  /// Calculates the elements of some rows and columns, row after row, into a tile.
  package typealias Fill =
    @Sendable (
      _ rows: Range<Int>, _ columns: Range<Int>, _ tile: UnsafeMutablePointer<Double>
    ) -> Void

  /// Rows and columns of a tile, unless it stands at an edge.
  ///
  /// Fixed, so that a product has the same bits for any memory and any number of workers. A tile of 512 KB
  /// and what it is multiplied by stay in a core's own cache.
  package static let side = 256

  package let rowCount: Int
  package let columnCount: Int
  package let fill: Fill
  private let side: Int
  /// All tiles, by rows of tiles; nil where they are calculated.
  private var held: [[Double]]?

  /// A matrix from the function of its elements.
  ///
  /// - Parameter side: rows and columns of a tile; results of different sides differ in their last bits.
  package init(
    rowCount: Int, columnCount: Int, side: Int = TiledMatrix.side, fill: @escaping Fill
  ) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.side = side
    self.fill = fill
  }

  /// Bytes that all elements take.
  package var byteCount: Int { rowCount * columnCount * MemoryLayout<Double>.size }

  /// The same matrix with all elements calculated once and held: for many products.
  package func holding(workerCount: Int) -> TiledMatrix {
    var copy = self
    let across = (columnCount + side - 1) / side
    let down = (rowCount + side - 1) / side
    copy.held = mapBlocks(of: down * across, size: 1, workerCount: workerCount) { range in
      let rows = block(range.lowerBound / across, of: rowCount)
      let columns = block(range.lowerBound % across, of: columnCount)
      return elements(rows: rows, columns: columns)
    }
    return copy
  }

  /// The first rows and columns, as a matrix of their own.
  package func corner(_ count: Int) -> TiledMatrix {
    TiledMatrix(rowCount: count, columnCount: count, side: side, fill: fill)
  }

  /// The elements of some rows and columns, row after row.
  package func elements(rows: Range<Int>, columns: Range<Int>) -> [Double] {
    [Double](unsafeUninitializedCapacity: rows.count * columns.count) { tile, count in
      if let start = tile.baseAddress, !tile.isEmpty { fill(rows, columns, start) }
      count = rows.count * columns.count
    }
  }

  /// The product `self × dense`, tile by tile (`cblas_dgemm`).
  ///
  /// - Parameters:
  ///   - dense: `columnCount` rows; NaN and infinities follow IEEE 754.
  ///   - workerCount: threads that share the row blocks; the result has the same bits for any.
  ///   - blocks: where finished row blocks are kept.
  /// - Returns: `rowCount` × `dense.columnCount`.
  /// - Throws: what `blocks` throws.
  package func times(
    _ dense: Matrix, workerCount: Int = 1, blocks: BlockKeeper = .none
  ) throws -> Matrix {
    precondition(columnCount == dense.rowCount, "inner sides differ")
    return try product(rowCount, columnCount, dense, workerCount, blocks) {
      rows, columns, buffer, out in
      let tile = tile(rows, columns, buffer)
      multiply(tile, CblasNoTrans, rows.count, columns.count, columns, dense, out)
    }
  }

  /// The product `selfᵀ × dense`: `columnCount` × `dense.columnCount`; otherwise like ``times(_:workerCount:blocks:)``.
  package func transposedTimes(
    _ dense: Matrix, workerCount: Int = 1, blocks: BlockKeeper = .none
  ) throws -> Matrix {
    precondition(rowCount == dense.rowCount, "inner sides differ")
    return try product(columnCount, rowCount, dense, workerCount, blocks) {
      columns, rows, buffer, out in
      let tile = tile(rows, columns, buffer)
      multiply(tile, CblasTrans, columns.count, columns.count, rows, dense, out)
    }
  }

  /// Adds up, for each block of the result, what each tile that meets it contributes, in order.
  private func product(
    _ outerCount: Int, _ innerCount: Int, _ dense: Matrix, _ workerCount: Int,
    _ blocks: BlockKeeper,
    add:
      @Sendable (
        _ outer: Range<Int>, _ inner: Range<Int>, _ buffer: UnsafeMutablePointer<Double>,
        _ out: UnsafeMutablePointer<Double>
      ) -> Void
  ) throws -> Matrix {
    prepareProducts()
    let width = dense.columnCount
    var result = Matrix(rowCount: outerCount, columnCount: width)
    guard width > 0, innerCount > 0 else { return result }
    try result.elements.withUnsafeMutableBufferPointer { elements in
      let elements = Shared(elements.baseAddress)
      try tryEachBlock(of: outerCount, size: side, workerCount: workerCount) { outer in
        guard let start = elements.value else { return }
        let out = start + outer.lowerBound * width
        let number = outer.lowerBound / side
        if let finished = try blocks.recall(number, outer.count * width) {
          out.update(from: finished, count: outer.count * width)
          return
        }
        let buffer = UnsafeMutablePointer<Double>.allocate(capacity: side * side)
        defer { buffer.deallocate() }
        for first in stride(from: 0, to: innerCount, by: side) {
          add(outer, first..<min(innerCount, first + side), buffer, out)
        }
        try blocks.keep(number, UnsafeBufferPointer(start: out, count: outer.count * width))
      }
    }
    return result
  }

  /// The elements of one tile: those held, or those that are now calculated into `buffer`.
  private func tile(
    _ rows: Range<Int>, _ columns: Range<Int>, _ buffer: UnsafeMutablePointer<Double>
  ) -> Tile {
    guard let held else {
      fill(rows, columns, buffer)
      return .calculated(buffer)
    }
    let across = (columnCount + side - 1) / side
    return .held(held[rows.lowerBound / side * across + columns.lowerBound / side])
  }

  private enum Tile {
    case calculated(UnsafeMutablePointer<Double>)
    case held([Double])
  }

  /// Adds tile × rows of `dense` to `out`, from the first of them on anew.
  private func multiply(
    _ tile: Tile, _ transposition: CBLAS_TRANSPOSE, _ outerCount: Int, _ tileColumnCount: Int,
    _ inner: Range<Int>, _ dense: Matrix, _ out: UnsafeMutablePointer<Double>
  ) {
    let width = dense.columnCount
    dense.elements.withUnsafeBufferPointer { right in
      guard let right = right.baseAddress else { return }
      func multiply(_ left: UnsafePointer<Double>) {
        cblas_dgemm(
          CblasRowMajor, transposition, CblasNoTrans, Int32(outerCount), Int32(width),
          Int32(inner.count), 1, left, Int32(tileColumnCount), right + inner.lowerBound * width,
          Int32(width), inner.lowerBound == 0 ? 0 : 1, out, Int32(width))
      }
      switch tile {
      case .calculated(let elements): multiply(elements)
      case .held(let elements): multiply(elements)
      }
    }
  }

  private func block(_ number: Int, of count: Int) -> Range<Int> {
    number * side..<min(count, (number + 1) * side)
  }
}

/// Where a long product keeps its finished row blocks, so that one that was stopped can go on.
package struct BlockKeeper: Sendable {
  /// The elements of a block that is finished, so many; nil where it must be calculated.
  package let recall: @Sendable (_ block: Int, _ count: Int) throws -> [Double]?
  /// Takes the elements of a block that has now been calculated, from any thread.
  package let keep: @Sendable (_ block: Int, _ elements: UnsafeBufferPointer<Double>) throws -> Void

  package init(
    recall: @escaping @Sendable (_ block: Int, _ count: Int) throws -> [Double]?,
    keep: @escaping @Sendable (_ block: Int, _ elements: UnsafeBufferPointer<Double>) throws -> Void
  ) {
    self.recall = recall
    self.keep = keep
  }

  /// Keeps nothing.
  package static let none = BlockKeeper(recall: { _, _ in nil }, keep: { _, _ in })
}
