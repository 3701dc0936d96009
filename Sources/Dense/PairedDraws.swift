import CKernels

/// A function of two numbers at or above 0 that is homogeneous of degree 1.
package enum PairTerm: Sendable {
  /// |a - b|.
  case distance
  /// √(ab).
  case rootProduct
  /// (a - b)² / (a + b), 0 where both are.
  case triangular

  fileprivate var kernel: Int32 {
    switch self {
    case .distance: Int32(kernel_term_distance)
    case .rootProduct: Int32(kernel_term_root_product)
    case .triangular: Int32(kernel_term_triangular)
    }
  }
}

/// Draws from two multinomial distributions over the same categories.
package struct PairedDraws: Sendable {
  private let first: Multinomial
  private let second: Multinomial
  private let seed: UInt64
  private let cells: (first: UInt64, second: UInt64)

  /// - Parameter cells: name the streams of the two; draw d depends on seed, cells and d alone.
  package init(
    _ first: Multinomial, _ second: Multinomial, seed: UInt64,
    cells: (first: UInt64, second: UInt64)
  ) {
    precondition(first.categoryCount == second.categoryCount, "the same categories")
    (self.first, self.second) = (first, second)
    (self.seed, self.cells) = (seed, cells)
  }

  /// For each term, draw by draw, its sum over categories of both counts, each as a share of its own total.
  ///
  /// Counts are multiplied by the other total and sums divided by both, so equal shares are equal numbers, to
  /// the last bit.
  package func sums(of terms: [PairTerm], drawCount: Int) -> [[Double]] {
    let width = Int(kernel_draw_width)
    let (categoryCount, scale) = (first.categoryCount, Double(first.total) * Double(second.total))
    var sums = terms.map { _ in [Double](repeating: 0, count: drawCount) }
    // A few draws at a time stay in the processor's nearest memory.
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * categoryCount * width) { counts in
      let firstCounts = UnsafeMutableBufferPointer(rebasing: counts[..<(categoryCount * width)])
      let secondCounts = UnsafeMutableBufferPointer(rebasing: counts[(categoryCount * width)...])
      var tile = [Double](repeating: 0, count: width)
      for start in stride(from: 0, to: drawCount, by: width) {
        let draws = start..<start + width
        first.draw(draws, seed: seed, cell: cells.first, into: firstCounts)
        second.draw(draws, seed: seed, cell: cells.second, into: secondCounts)
        for (number, term) in terms.enumerated() {
          kernel_pair_sums(
            kernelLevel, term.kernel, firstCounts.baseAddress, secondCounts.baseAddress,
            categoryCount, Double(second.total), Double(first.total), &tile)
          for draw in draws.clamped(to: 0..<drawCount) {
            sums[number][draw] = tile[draw - start] / scale
          }
        }
      }
    }
    return sums
  }
}
