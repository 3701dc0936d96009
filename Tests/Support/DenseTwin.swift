import Dense

extension SparseMatrix {
  /// The same matrix with every element in its place, zeros included.
  package func dense() -> Matrix {
    var result = Matrix(rowCount: rowCount, columnCount: columnCount)
    for row in 0..<rowCount {
      for entry in self.row(row) { result[row, entry.column] = entry.weight }
    }
    return result
  }

  /// A matrix whose elements other than 0 are entries.
  package init(_ dense: Matrix) {
    var entries = Entries()
    for row in 0..<dense.rowCount {
      for (column, weight) in dense.row(row).enumerated() where weight != 0 {
        entries.add(row: row, column: column, weight: weight)
      }
    }
    self.init(rowCount: dense.rowCount, columnCount: dense.columnCount, entries: entries)
  }
}
