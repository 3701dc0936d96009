extension Matrix {
  /// The exact sum of each column.
  package func columnSums() -> [Double] {
    var sums = Array(repeating: ExactSum(), count: columnCount)
    for row in 0..<rowCount {
      for (column, element) in self.row(row).enumerated() { sums[column].add(element) }
    }
    return sums.map(\.value)
  }

  /// The exact sum of each row.
  package func rowSums() -> [Double] {
    (0..<rowCount).map { ExactSum(row($0)).value }
  }
}
