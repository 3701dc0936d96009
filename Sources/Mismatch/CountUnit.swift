/// What a published figure of 1 stands for: 1 count, or as many as a source in thousands says.
package struct CountUnit: Sendable, Equatable {
  /// Counts in one unit, above 0.
  package let size: Double

  package init(size: Double) { self.size = size }

  /// Figures that are counts themselves.
  package static let one = CountUnit(size: 1)

  private static let words: [(word: String, size: Double)] = [
    ("hundreds", 100), ("thousands", 1000), ("millions", 1_000_000),
  ]

  /// The unit of a job's word; nil for other words.
  package init?(word: String) {
    guard let known = CountUnit.words.first(where: { $0.word == word }) else { return nil }
    size = known.size
  }

  /// The unit as a job writes it: `thousands`, or its number.
  package var text: String {
    CountUnit.words.first { $0.size == size }?.word
      ?? Int(exactly: size).map(String.init) ?? size.description
  }

  /// The counts that a published figure stands for.
  ///
  /// A whole number where the figure has as many decimals as the unit has zeros: 51.283 thousands are 51,283,
  /// though no double is 51.283.
  @inline(__always)
  package func counts(_ published: Double) -> Double {
    let counts = published * size
    guard size != 1, counts.isFinite else { return counts }
    let whole = counts.rounded()
    return abs(counts - whole) <= 2 * counts.ulp ? whole : counts
  }
}
