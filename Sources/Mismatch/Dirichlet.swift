/// What is known of the shares of one source: a Dirichlet distribution on the targets that are listed.
package struct Dirichlet: Sendable, Equatable {
  /// The expected shares, which sum to 1.
  package let mean: [Double]
  /// One more than the sum of all parameters: a share w has the variance w (1 - w) / precision.
  package let precision: Double

  /// What counts of cases say: the parameters are count + 1/2 (Jeffreys' prior).
  ///
  /// - Parameter counts: at or above 0, at least one of them above.
  package init(counts: [Double]) {
    let sum = counts.reduce(0) { $0 + $1 + 0.5 }
    mean = counts.map { ($0 + 0.5) / sum }
    precision = sum + 1
  }

  /// What judged weights say that are as reliable as so many cases: the parameters are weight × cases, without
  /// a prior, because the weights are themselves what is expected.
  ///
  /// - Parameters:
  ///   - weights: above 0; they sum to 1.
  ///   - confidence: number of cases, above 0.
  package init(weights: [Double], confidence: Double) {
    mean = weights
    precision = confidence + 1
  }

  /// The parameters: the cases behind each share.
  package var parameters: [Double] { mean.map { $0 * (precision - 1) } }
}
