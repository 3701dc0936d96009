extension Matrix {
  /// The exact sum of each column over some rows (see ``ExactSum``): NaN where an element is, infinite where
  /// one is.
  package func columnSums(of rows: [Int]) -> [Double] {
    if let sums = countSums(of: rows) { return sums }
    var sums = Array(repeating: ExactSum(), count: columnCount)
    var special = Array(repeating: 0.0, count: columnCount)
    for row in rows {
      for (column, element) in self.row(row).enumerated() {
        if element.isFinite { sums[column].add(element) } else { special[column] += element }
      }
    }
    return zip(sums, special).map { $1 == 0 ? $0.value : $1 }
  }

  /// The sums of counts and their halves, which are exact in any order; nil for other elements.
  private func countSums(of rows: [Int]) -> [Double]? {
    var sums = Array(repeating: 0.0, count: columnCount)
    var (sizes, rests) = (sums, sums)
    elements.withUnsafeBufferPointer { elements in
      sums.withUnsafeMutableBufferPointer { sums in
        sizes.withUnsafeMutableBufferPointer { sizes in
          rests.withUnsafeMutableBufferPointer { rests in
            for row in rows {
              let start = row * columnCount
              for column in 0..<columnCount {
                let element = elements[start + column]
                sums[column] += element
                sizes[column] += abs(element)
                // Infinite elements leave NaN, as NaN does.
                rests[column] += abs(countPart(of: element) - element)
              }
            }
          }
        }
      }
    }
    return rests.allSatisfy { $0 == 0 } && sizes.allSatisfy { $0 < exactCountLimit } ? sums : nil
  }
}
