import CKernels
import Synchronization

/// A sparse matrix in compressed row form: the entries of a row stand together, by rising column.
package struct SparseMatrix: Sendable, Equatable {
  package let rowCount: Int
  package let columnCount: Int
  fileprivate let starts: [Int64]
  fileprivate let columns: [Int32]
  fileprivate let weights: [Double]

  /// Entries of a matrix in any order, one array per property.
  package struct Entries: Sendable {
    fileprivate var rows: [Int32] = []
    fileprivate var columns: [Int32] = []
    fileprivate var weights: [Double] = []

    package init() {}

    package var count: Int { weights.count }

    package mutating func add(row: Int, column: Int, weight: Double) {
      rows.append(Int32(row))
      columns.append(Int32(column))
      weights.append(weight)
    }
  }

  fileprivate static let panelWidth = Int(kernel_panel_width)

  /// A matrix from its entries; entries of the same place are added up.
  package init(rowCount: Int, columnCount: Int, entries: Entries) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    let places = Self.byRow(entries, rowCount: rowCount)
    var starts: [Int64] = [0]
    var columns: [Int32] = []
    var weights: [Double] = []
    starts.reserveCapacity(rowCount + 1)
    columns.reserveCapacity(entries.count)
    weights.reserveCapacity(entries.count)
    for row in 0..<rowCount {
      let start = columns.count
      for place in places.order[places.starts[row]..<places.starts[row + 1]]
        .sorted(by: { entries.precedes($0, $1) })
      {
        let column = entries.columns[place]
        precondition((0..<columnCount).contains(Int(column)), "an entry lies outside the matrix")
        if columns.count > start, columns[columns.count - 1] == column {
          weights[weights.count - 1] += entries.weights[place]
        } else {
          columns.append(column)
          weights.append(entries.weights[place])
        }
      }
      starts.append(Int64(columns.count))
    }
    self.starts = starts
    self.columns = columns
    self.weights = weights
  }

  private init(
    rowCount: Int, columnCount: Int, starts: [Int64], columns: [Int32], weights: [Double]
  ) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.starts = starts
    self.columns = columns
    self.weights = weights
  }

  /// The matrix with which products leave the other one as it is.
  package static func identity(count: Int) -> SparseMatrix {
    SparseMatrix(
      rowCount: count, columnCount: count, starts: Array(0...Int64(count)),
      columns: Array(0..<Int32(count)), weights: Array(repeating: 1, count: count))
  }

  /// Where each row's entries stand among all: a counting sort.
  private static func byRow(_ entries: Entries, rowCount: Int) -> (order: [Int], starts: [Int]) {
    var starts = [Int](repeating: 0, count: rowCount + 1)
    for row in entries.rows { starts[Int(row) + 1] += 1 }
    for row in 0..<rowCount { starts[row + 1] += starts[row] }
    var next = starts
    var order = [Int](repeating: 0, count: entries.count)
    for (place, row) in entries.rows.enumerated() {
      order[next[Int(row)]] = place
      next[Int(row)] += 1
    }
    return (order, starts)
  }

  /// The number of entries.
  package var entryCount: Int { weights.count }

  /// The entries of one row, by rising column.
  package func row(_ row: Int) -> some Sequence<(column: Int, weight: Double)> {
    (Int(starts[row])..<Int(starts[row + 1])).lazy.map {
      (column: Int(columns[$0]), weight: weights[$0])
    }
  }

  /// The sum of one row's weights.
  package func rowSum(_ row: Int) -> Double {
    weights[Int(starts[row])..<Int(starts[row + 1])].reduce(0, +)
  }

  /// The same matrix with other weights: `change` gets all of them at once, in the order of the entries.
  package func mapWeights(_ change: ([Double]) -> [Double]) -> SparseMatrix {
    let changed = change(weights)
    precondition(changed.count == weights.count, "weights of unequal number")
    return SparseMatrix(
      rowCount: rowCount, columnCount: columnCount, starts: starts, columns: columns,
      weights: changed)
  }

  /// The same matrix with the weights of each row multiplied by a factor.
  package func scalingRows(by factors: [Double]) -> SparseMatrix {
    precondition(factors.count == rowCount, "a factor for each row")
    var scaled = weights
    for row in 0..<rowCount {
      for entry in Int(starts[row])..<Int(starts[row + 1]) { scaled[entry] *= factors[row] }
    }
    return mapWeights { _ in scaled }
  }

  /// The transpose.
  package func transposed() -> SparseMatrix {
    var targets = [Int64](repeating: 0, count: columnCount + 1)
    for column in columns { targets[Int(column) + 1] += 1 }
    for column in 0..<columnCount { targets[column + 1] += targets[column] }
    var next = targets
    var rows = [Int32](repeating: 0, count: columns.count)
    var moved = [Double](repeating: 0, count: columns.count)
    for row in 0..<rowCount {
      for entry in Int(starts[row])..<Int(starts[row + 1]) {
        let column = Int(columns[entry])
        let place = Int(next[column])
        rows[place] = Int32(row)
        moved[place] = weights[entry]
        next[column] += 1
      }
    }
    return SparseMatrix(
      rowCount: columnCount, columnCount: rowCount, starts: targets, columns: rows, weights: moved)
  }

  /// Whether products with the matrix leave the other one as it is.
  package var isIdentity: Bool {
    rowCount == columnCount && columns.elementsEqual(0..<Int32(columnCount))
      && starts.elementsEqual(0...Int64(rowCount)) && weights.allSatisfy { $0 == 1 }
  }

  /// The product `self × dense`, one panel of columns after another.
  ///
  /// - Parameters:
  ///   - dense: `columnCount` rows. Only elements that meet an entry count: an infinite element or NaN
  ///     beside no entry changes nothing.
  ///   - workerCount: threads that share the panels; the result has the same bits for any.
  /// - Returns: `rowCount` × `dense.columnCount`; terms are added by rising column of the entries.
  package func times(_ dense: Matrix, workerCount: Int = 1) -> Matrix {
    precondition(columnCount == dense.rowCount, "inner sides differ")
    if isIdentity { return dense }
    let width = dense.columnCount
    // Many panels are work enough to share; the rows of few are shared as well.
    let panelCount = (width + Self.panelWidth - 1) / Self.panelWidth
    let partCount = panelCount < 8 ? 8 : 1
    let partSize = max(1, (rowCount + partCount - 1) / partCount)
    return Matrix(rowCount: rowCount, columnCount: width) { buffer in
      let out = Shared(buffer.baseAddress)
      let next = Atomic(0)
      forEachBlock(of: workerCount, size: 1, workerCount: workerCount) { _ in
        guard let out = out.value else { return }
        withLargePages(count: dense.rowCount * Self.panelWidth) { panel in
          while true {
            let unit = next.add(1, ordering: .relaxed).oldValue
            guard unit < panelCount * partCount else { return }
            let first = unit / partCount * Self.panelWidth
            let row = min(rowCount, unit % partCount * partSize)
            fill(panel, of: dense, from: first)
            kernel_sparse_rows(
              kernelLevel, starts, columns, weights, row, min(rowCount, row + partSize), panel,
              out + first, width, min(Self.panelWidth, width - first))
          }
        }
      }
    }
  }

  /// The columns of a panel, its rows one after another; what is missing of its width is 0.
  private func fill(_ panel: UnsafeMutablePointer<Double>, of dense: Matrix, from first: Int) {
    let (width, taken) = (
      dense.columnCount, min(Self.panelWidth, dense.columnCount - first)
    )
    dense.elements.withUnsafeBufferPointer { source in
      guard let source = source.baseAddress else { return }
      for row in 0..<dense.rowCount {
        let place = panel + row * Self.panelWidth
        place.update(from: source + row * width + first, count: taken)
        (place + taken).update(repeating: 0, count: Self.panelWidth - taken)
      }
    }
  }

  /// The product `selfᵀ × dense`: `columnCount` × `dense.columnCount`, rows of `dense` added in order.
  package func transposedTimes(_ dense: Matrix, workerCount: Int = 1) -> Matrix {
    transposed().times(dense, workerCount: workerCount)
  }
}

extension Matrix {
  /// The product `self × sparse`, one panel of rows after another; nothing of the size of `sparse` with its
  /// zeros exists.
  ///
  /// - Parameters:
  ///   - sparse: `columnCount` rows. Only elements that meet an entry count, as in
  ///     ``SparseMatrix/times(_:workerCount:)``.
  ///   - workerCount: threads that share the panels; the result has the same bits for any.
  /// - Returns: `rowCount` × `sparse.columnCount`; terms are added by rising row of the entries.
  package func times(_ sparse: SparseMatrix, workerCount: Int = 1) -> Matrix {
    precondition(columnCount == sparse.rowCount, "inner sides differ")
    if sparse.isIdentity { return self }
    let (turned, panelWidth) = (sparse.transposed(), SparseMatrix.panelWidth)
    let panelCount = (rowCount + panelWidth - 1) / panelWidth
    return Matrix(rowCount: rowCount, columnCount: sparse.columnCount) { buffer in
      let out = Shared(buffer.baseAddress)
      let next = Atomic(0)
      forEachBlock(of: workerCount, size: 1, workerCount: workerCount) { _ in
        guard let out = out.value else { return }
        withLargePages(count: (columnCount + turned.rowCount) * panelWidth) { panel in
          let sums = panel + columnCount * panelWidth
          while true {
            let first = next.add(1, ordering: .relaxed).oldValue * panelWidth
            guard first < panelCount * panelWidth else { return }
            let rows = first..<min(rowCount, first + panelWidth)
            turn(rows, into: panel)
            kernel_sparse_rows(
              kernelLevel, turned.starts, turned.columns, turned.weights, 0, turned.rowCount, panel,
              sums, panelWidth, panelWidth)
            for row in rows {
              let place = out + row * turned.rowCount
              for column in 0..<turned.rowCount {
                place[column] = sums[column * panelWidth + row - first]
              }
            }
          }
        }
      }
    }
  }

  /// Puts a panel's rows into its columns; what is missing of its width is 0.
  private func turn(_ rows: Range<Int>, into panel: UnsafeMutablePointer<Double>) {
    let width = SparseMatrix.panelWidth
    elements.withUnsafeBufferPointer { elements in
      if rows.count < width { panel.update(repeating: 0, count: columnCount * width) }
      for (place, row) in rows.enumerated() {
        for column in 0..<columnCount {
          panel[column * width + place] = elements[row * columnCount + column]
        }
      }
    }
  }
}

extension SparseMatrix.Entries {
  /// The order of entries in a row; by weight in the same place, so that their sum has one order.
  fileprivate func precedes(_ first: Int, _ second: Int) -> Bool {
    (columns[first], weights[first]) < (columns[second], weights[second])
  }
}
