/// Which error rate a family of calls is held to.
package enum ErrorControl: String, Sendable, CaseIterable {
  /// The false discovery rate for independent tests and for positive dependence: Benjamini and Hochberg
  /// (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x.
  case benjaminiHochberg = "benjamini-hochberg"
  /// The same for tests that depend on each other in any way: Benjamini and Yekutieli (2001),
  /// https://doi.org/10.1214/aos/1013699998.
  case benjaminiYekutieli = "benjamini-yekutieli"
  /// The probability of any wrong call at all: Bonferroni; Dunn (1961),
  /// https://doi.org/10.1080/01621459.1961.10482090.
  case bonferroni

  /// What is held, in words.
  package var errorName: String {
    self == .bonferroni ? "family-wise error rate" : "false discovery rate"
  }

  /// The adjusted p-values of a family: calling those at or below a rate keeps the error rate at or below it.
  ///
  /// - Parameter pValues: one per test, each within 0...1.
  /// - Returns: one per test, in the same order, within 0...1 and never below its p-value.
  package func adjusted(_ pValues: [Double]) -> [Double] {
    if self == .bonferroni { return pValues.map { min(1, $0 * Double(pValues.count)) } }
    let order = pValues.indices.sorted { pValues[$0] > pValues[$1] }
    let count = Double(pValues.count)
    let factor =
      self == .benjaminiHochberg
      ? count : (1...max(1, pValues.count)).reduce(0) { $0 + count / Double($1) }
    var adjusted = pValues
    var least = 1.0
    for (place, index) in order.enumerated() {
      least = min(least, pValues[index] * factor / (count - Double(place)))
      adjusted[index] = least
    }
    return adjusted
  }
}
