import CKernels

/// A multinomial distribution from which counts are drawn quickly and reproducibly.
///
/// Draws are multinomial to within the 2⁻³² of tables, for any total, in a time that hardly depends on it.
/// There are two ways, both from independent Poisson counts, and the one that takes fewer words is used:
///
/// - By remainder: given Poisson counts of all categories but the largest, that takes what is left of the
///   total, and the draw is kept with the binomial probability of their sum over its Poisson probability, in
///   relation to the largest such quotient: a share of √p of draws, p being the largest category's share.
/// - By stages: Poisson counts that sum to no more than the total are multinomial given their sum, and what is
///   left of the total is drawn anew, by smaller stages and at last item by item.
package struct Multinomial: Sendable {
  let total: Int
  let categoryCount: Int
  private let way: any MultinomialWay

  /// The distribution of `total` items over categories.
  ///
  /// - Parameters:
  ///   - total: 0...1,000,000,000.
  ///   - weights: one per category, at or above 0 and finite, not all 0; they need not sum to 1.
  package init(total: Int, weights: [Double]) {
    precondition((0...1_000_000_000).contains(total), "a total that fits its tables")
    self.total = total
    categoryCount = weights.count
    // Categories without weight never occur and take no table; the largest comes last.
    var categories = weights.indices.filter { weights[$0] > 0 }
    let sum = categories.reduce(0) { $0 + weights[$1] }
    precondition(sum > 0 && sum.isFinite, "weights with a sum above 0")
    if let largest = categories.indices.max(by: {
      weights[categories[$0]] < weights[categories[$1]]
    }) {
      categories.append(categories.remove(at: largest))
    }
    let shares = categories.map { weights[$0] / sum }
    let byRemainder = Double(shares.count) / (shares.last ?? 1).squareRoot()
    way =
      byRemainder < MultinomialStages.wordCount(total: Double(total), categoryCount: shares.count)
      ? MultinomialRemainder(total: total, categories: categories, shares: shares)
      : MultinomialStages(total: total, categories: categories, shares: shares)
  }

  /// Counts of `drawCount` draws, category by category: that of category c in draw d stands at
  /// `c * drawCount + d`.
  ///
  /// - Parameter cell: names the stream; draw d depends on seed, cell and d alone.
  package func counts(drawCount: Int, seed: UInt64, cell: UInt64) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: categoryCount * drawCount) { counts, initialisedCount in
      draw(0..<drawCount, seed: seed, cell: cell, into: counts)
      initialisedCount = categoryCount * drawCount
    }
  }

  /// Writes the counts of some draws, category by category; those of a draw are the same in any range.
  ///
  /// - Parameter counts: room for a number per category and draw.
  func draw(
    _ draws: Range<Int>, seed: UInt64, cell: UInt64, into counts: UnsafeMutableBufferPointer<Int32>
  ) {
    counts.initialize(repeating: 0)
    way.draw(
      random_draws(
        seed: seed, cell: cell, first: Int32(draws.lowerBound), draw_count: Int32(draws.count),
        counts: counts.baseAddress))
  }
}

/// How counts are drawn.
private protocol MultinomialWay: Sendable {
  /// Draws counts, all 0 before.
  func draw(_ draws: random_draws)
}

private struct MultinomialRemainder: MultinomialWay {
  private let total: Int32
  private let categories: [Int32]
  private var aliases = AliasTables()
  /// The least sum of the other categories that occurs, and from there on how many of 2³² draws are kept.
  private let least: Int
  private let acceptances: [UInt32]

  /// - Parameter shares: of the categories, the largest last.
  init(total: Int, categories: [Int], shares: [Double]) {
    self.total = Int32(total)
    self.categories = categories.map(Int32.init)
    let size = Double(total)
    let means = shares.dropLast().map { $0 * size }
    aliases.reserve(poissonMeans: means)
    for mean in means { aliases.appendPoisson(mean: mean) }
    // Binomial over Poisson probability of a sum s goes from s to s + 1 by (total - s) / remainder's mean.
    let remainder = size * (shares.last ?? 1)
    let top = min(total, Int(size - remainder) + 1)
    var (sum, ratio) = (top, 1.0)
    var below: [Double] = []
    let cut = 0x1p-32
    while sum > 0 {
      ratio *= remainder / Double(total - sum + 1)
      sum -= 1
      guard ratio > cut else { break }
      below.append(ratio)
    }
    var ratios = Array(below.reversed())
    (sum, ratio) = (top, 1.0)
    while ratio > cut {
      ratios.append(ratio)
      ratio *= Double(total - sum) / remainder
      sum += 1
    }
    least = top - below.count - 1
    acceptances = [0] + ratios.map { UInt32(min(0x1p32 - 1, $0 * 0x1p32)) }
  }

  func draw(_ draws: random_draws) {
    var scratch = [Int32](repeating: 0, count: categories.count)
    categories.withUnsafeBufferPointer { categories in
      acceptances.withUnsafeBufferPointer { acceptances in
        aliases.tables.withUnsafeBufferPointer { tables in
          aliases.columns.withUnsafeBufferPointer { columns in
            var distribution = random_remainder(
              total: total, category_count: Int32(categories.count),
              categories: categories.baseAddress, tables: tables.baseAddress,
              aliases: columns.baseAddress, least: Int64(least),
              acceptance_count: Int64(acceptances.count), acceptances: acceptances.baseAddress)
            random_multinomial_remainder(&distribution, draws, &scratch)
          }
        }
      }
    }
  }
}

private struct MultinomialStages: MultinomialWay {
  private let total: Int32
  private let categories: [Int32]
  private let needed: [Int32]
  private var aliases = AliasTables()

  /// - Parameter shares: of the categories.
  init(total: Int, categories: [Int], shares: [Double]) {
    self.total = Int32(total)
    self.categories = categories.map(Int32.init)
    let means = Self.means(total: Double(total), categoryCount: shares.count)
    needed = means.map { Int32(($0 + $0.squareRoot()).rounded(.up)) }
    let stages = means.flatMap { mean in shares.map { mean * $0 } }
    aliases.reserve(poissonMeans: stages)
    for mean in stages { aliases.appendPoisson(mean: mean) }
    aliases.append(shares)
  }

  /// The means of the stages, from large to small.
  ///
  /// The first lies one standard deviation below the total, so that five in six fit into it; the others
  /// serve for what it leaves. A stage is worth while where it places more items than it takes words.
  private static func means(total: Double, categoryCount: Int) -> [Double] {
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

  /// How many words a draw takes, more or less.
  static func wordCount(total: Double, categoryCount: Int) -> Double {
    let count = Double(categoryCount)
    return total < 4 * count ? total : 1.2 * count + min(total.squareRoot(), 6 * count)
  }

  func draw(_ draws: random_draws) {
    var scratch = [Int32](repeating: 0, count: categories.count)
    categories.withUnsafeBufferPointer { categories in
      needed.withUnsafeBufferPointer { needed in
        aliases.tables.withUnsafeBufferPointer { tables in
          aliases.columns.withUnsafeBufferPointer { columns in
            var distribution = random_stages(
              total: total, category_count: Int32(categories.count),
              categories: categories.baseAddress, stage_count: Int32(needed.count),
              needed: needed.baseAddress, tables: tables.baseAddress, aliases: columns.baseAddress)
            random_multinomial_stages(&distribution, draws, &scratch)
          }
        }
      }
    }
  }
}
