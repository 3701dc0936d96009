import Extracts
import Jobs
import Dense
import Mismatch

/// The resources that the tiles of a run need, reported before it begins.
struct SpacePlan: Sendable {
  package let areaCount: Int
  /// Products of the areas' weights with columns; those of balancing are counted as 100 iterations.
  let productCount: Int
  let tileCount: Int
  /// Bytes that tables and products take, and the weights where they are held.
  package let byteCount: Int
  /// Whether flows are balanced, which takes many products.
  let isBalanced: Bool
  /// Whether the weights of all pairs are held.
  let holdsWeights: Bool
  let weightCount: Int
  let floatingPointOperationCount: Int
  /// From one tile that was calculated just now.
  let expectedSeconds: Double

  /// Iterations of balancing that a plan counts with; how many it takes shows only while it runs.
  private static let iterationCount = 100

  /// Bytes that the weights may take where no memory limit is given.
  private static let defaultWeightBytes = 1 << 30

  /// Plans products of all pairs of areas.
  ///
  /// - Parameters:
  ///   - columnCount: columns of all products of all periods but those of balancing.
  ///   - balancedCount: columns of one iteration of balancing, of all periods; 0 where none is asked for.
  init(
    _ weights: TiledMatrix, columnCount: Int, productCount: Int, balancedCount: Int,
    workerCount: Int, budget: MemoryBudget
  ) {
    areaCount = weights.rowCount
    let iterated = balancedCount > 0 ? 2 * Self.iterationCount : 0
    self.productCount = productCount + iterated
    isBalanced = balancedCount > 0
    let products = columnCount + balancedCount * iterated
    let across = (areaCount + TiledMatrix.side - 1) / TiledMatrix.side
    tileCount = across * across * self.productCount
    weightCount = .bytes(areaCount, areaCount, self.productCount)
    floatingPointOperationCount = .bytes(2, areaCount, areaCount, products)
    // Columns and their sums, and the figures with bounds that go in and come out; two states of balancing.
    let tables = Int.bytes(8, areaCount, 8 * columnCount + 6 * balancedCount)
    let limit = budget.room(usually: Self.defaultWeightBytes, besides: tables)
    holdsWeights = isBalanced && weights.byteCount <= limit
    byteCount =
      tables + workerCount * 8 * TiledMatrix.side * TiledMatrix.side
      + (holdsWeights ? weights.byteCount : 0)
    expectedSeconds =
      Self.seconds(weights, columnCount: max(1, products / max(1, self.productCount)))
      * Double(tileCount) / Double(workerCount)
  }

  /// How long one tile and its product take.
  private static func seconds(_ weights: TiledMatrix, columnCount: Int) -> Double {
    let count = min(TiledMatrix.side, weights.rowCount)
    let corner = weights.corner(count)
    let columns = Matrix(rowCount: count, columnCount: columnCount, repeating: 1)
    let clock = ContinuousClock()
    let times = (0..<3).map { _ in clock.measure { _ = try? corner.times(columns) } }
    guard let best = times.min() else { return 0 }
    let share = Double(count * count) / Double(TiledMatrix.side * TiledMatrix.side)
    return (Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18) / share
  }

  /// The plan for people, a line each.
  package var lines: [String] {
    [
      "areas x areas: \(areaCount) x \(areaCount), in \(tileCount) tiles of \(TiledMatrix.side) x "
        + "\(TiledMatrix.side)"
        + (holdsWeights ? "; the weights are kept in memory" : ""),
      "memory: \(max(1, byteCount >> 20)) MiB; \(Self.text(count: weightCount)) weights, "
        + "\(Self.text(count: floatingPointOperationCount)) operations",
      "expected time: \(Self.text(seconds: expectedSeconds))"
        + (isBalanced
          ? ", for \(Self.iterationCount) iterations of "
            + "the doubly constrained model" : ""),
    ]
  }

  /// A large number for people: "1.27e9".
  static func text(count: Int) -> String {
    let digits = String(count)
    guard digits.count > 4 else { return digits }
    return "\(digits.prefix(1)).\(digits.dropFirst().prefix(2))e\(digits.count - 1)"
  }

  /// A time for people.
  package static func text(seconds: Double) -> String {
    switch seconds {
    case ..<1: "under a second"
    case ..<100: "\(Int(seconds.rounded())) s"
    case ..<6000: "\(Int((seconds / 60).rounded())) min"
    default: "\(Int((seconds / 3600).rounded())) h"
    }
  }
}
