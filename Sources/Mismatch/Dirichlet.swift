/// What counts of cases say of shares: the Dirichlet distribution of count + 1/2 on the targets that are
/// listed (Jeffreys' prior).
package struct Dirichlet: Sendable, Equatable {
  /// The expected shares, which sum to 1.
  package let mean: [Double]
  /// One more than the sum of all count + 1/2: a share w has the variance w (1 - w) / precision.
  package let precision: Double

  /// - Parameter counts: at or above 0, at least one of them above.
  package init(counts: [Double]) {
    let sum = counts.reduce(0) { $0 + $1 + 0.5 }
    mean = counts.map { ($0 + 0.5) / sum }
    precision = sum + 1
  }
}
