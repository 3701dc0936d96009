import CKernels

/// A multinomial distribution from which counts are drawn quickly and reproducibly.
///
/// Poisson counts that sum to no more than the total are multinomial given their sum, and what is left of
/// the total is drawn anew, first by smaller Poisson stages and at last item by item. So the draws are
/// multinomial to within the 2⁻³² of the tables, for any total, in a time that hardly depends on it.
package struct Multinomial: Sendable {
  private let total: Int
  private let categoryCount: Int
  private let needed: [Int32]
  private let aliases: AliasTables
  /// Categories with a weight above 0; the others never occur and take no table.
  private let occupied: [Int]

  /// The distribution of `total` items over categories.
  ///
  /// - Parameters:
  ///   - total: 0...1,000,000,000.
  ///   - weights: one per category, at or above 0 and finite, not all 0; they need not sum to 1.
  package init(total: Int, weights: [Double]) {
    precondition((0...1_000_000_000).contains(total), "a total that fits its tables")
    self.total = total
    categoryCount = weights.count
    let occupied = weights.indices.filter { weights[$0] > 0 }
    self.occupied = occupied
    let means = Multinomial.stageMeans(total: Double(total), categoryCount: occupied.count)
    let sum = occupied.reduce(0) { $0 + weights[$1] }
    precondition(sum > 0 && sum.isFinite, "weights with a sum above 0")
    var aliases = AliasTables()
    let stages = means.flatMap { mean in occupied.map { mean * weights[$0] / sum } }
    aliases.reserve(poissonMeans: stages)
    for mean in stages { aliases.appendPoisson(mean: mean) }
    aliases.append(occupied.map { weights[$0] })
    self.aliases = aliases
    needed = means.map { Int32(($0 + $0.squareRoot()).rounded(.up)) }
  }

  /// The means of the Poisson stages, from large to small.
  ///
  /// The first lies one standard deviation below the total, so that five in six fit into it; the others
  /// serve for what it leaves. A stage is worth while where it places more items than it takes words.
  private static func stageMeans(total: Double, categoryCount: Int) -> [Double] {
    let smallest = 4 * Double(categoryCount)
    let first = total - total.squareRoot()
    guard first >= smallest else { return [] }
    var means: [Double] = []
    var mean = smallest
    while mean < 2 * total.squareRoot() {
      means.append(mean)
      mean *= 4
    }
    return [first] + means.reversed()
  }

  /// Counts of `drawCount` draws, category by category: that of category c in draw d stands at
  /// `c * drawCount + d`.
  ///
  /// - Parameter cell: names the stream; draw d depends on seed, cell and d alone.
  package func counts(drawCount: Int, seed: UInt64, cell: UInt64) -> [Int32] {
    var drawn = [Int32](repeating: 0, count: occupied.count * drawCount)
    var scratch = [Int32](repeating: 0, count: occupied.count)
    needed.withUnsafeBufferPointer { needed in
      aliases.tables.withUnsafeBufferPointer { tables in
        aliases.columns.withUnsafeBufferPointer { columns in
          var distribution = random_multinomial(
            total: Int32(total), category_count: Int32(occupied.count),
            stage_count: Int32(needed.count), needed: needed.baseAddress,
            tables: tables.baseAddress, aliases: columns.baseAddress)
          random_multinomial_counts(
            &distribution, seed, cell, Int32(drawCount), &drawn, &scratch)
        }
      }
    }
    guard occupied.count < categoryCount else { return drawn }
    var counts = [Int32](repeating: 0, count: categoryCount * drawCount)
    for (row, category) in occupied.enumerated() {
      counts.replaceSubrange(
        category * drawCount..<(category + 1) * drawCount,
        with: drawn[row * drawCount..<(row + 1) * drawCount])
    }
    return counts
  }
}
