import Dense
import Foundation

/// Random weights around those of a map: for each source a draw from the Dirichlet distribution of its weights.
///
/// A draw is a pure function of seed, draw and the place of source and target in code order. Sources with a
/// single target have no other weights.
package struct WeightDraws: Sendable {
  private struct Row: Sendable {
    let source: Spelling
    let targets: [(to: String, weight: Double)]
    /// Of the distribution, one per target; empty where the weights stay as they are.
    let parameters: [Double]
  }

  private let rows: [Row]
  private let random: Philox
  private let side: Side

  /// - Parameters:
  ///   - map: its counted weights, and those of a stated confidence, have the distributions that they say.
  ///   - confidence: the number of cases that other weights count as; nil takes those as they are.
  package init(_ map: WeightedMap, confidence: Double?, seed: UInt64, side: Side) {
    rows = map.sources.map { source in
      let targets = map.targets(of: source)
      let sum = targets.reduce(0) { $0 + $1.weight }
      guard targets.count > 1, sum > 0 else {
        return Row(source: Spelling(source), targets: targets, parameters: [])
      }
      let distribution =
        map.distribution(of: source)
        ?? confidence.map { Dirichlet(weights: targets.map { $0.weight / sum }, confidence: $0) }
      return Row(
        source: Spelling(source), targets: targets, parameters: distribution?.parameters ?? [])
    }
    // Apart from what bootstraps draw with the same seed.
    random = Philox(seed: seed ^ 0x6372_6F73_7377_616B)
    self.side = side
  }

  /// How many sources have weights that vary.
  package var sourceCount: Int { rows.count { !$0.parameters.isEmpty } }

  /// The map with drawn weights, which are then taken as they are; each source's sum stays.
  package func map(draw: Int) -> WeightedMap {
    var targets: [Spelling: [(to: String, weight: Double)]] = [:]
    targets.reserveCapacity(rows.count)
    for (number, row) in rows.enumerated() {
      targets[row.source] = row.parameters.isEmpty ? row.targets : drawn(row, number, draw)
    }
    return WeightedMap(targets: targets)
  }

  /// Gamma draws in proportion to their sum.
  private func drawn(_ row: Row, _ number: Int, _ draw: Int) -> [(to: String, weight: Double)] {
    let sum = row.targets.reduce(0) { $0 + $1.weight }
    let logarithms = row.parameters.enumerated().map { place, parameter in
      let cell = UInt64(number) << 32 | UInt64(place) << 1 | (side == .provision ? 0 : 1)
      func uniform(_ word: Int) -> Double {
        random.uniform(cell: cell, draw: UInt64(2 * draw + word)) + 0x1p-54
      }
      // Below a shape of 1 a draw may be smaller than any double: Marsaglia and Tsang (2000),
      // https://doi.org/10.1145/358407.358414, section 6.
      let isSmall = parameter < 1
      let whole = log(Gamma(shape: isSmall ? parameter + 1 : parameter).quantile(uniform(0)))
      return isSmall ? whole + log(uniform(1)) / parameter : whole
    }
    let largest = logarithms.max() ?? 0
    let parts = logarithms.map { exp($0 - largest) }
    let whole = parts.reduce(0, +)
    return zip(row.targets, parts).map { ($0.to, sum * $1 / whole) }
  }
}
