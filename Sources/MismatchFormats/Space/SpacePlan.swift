import Dense
import Mismatch

/// What the tiles of a run will take, told before it begins.
package struct SpacePlan: Sendable {
  package let areaCount: Int
  /// Columns of the products, at least: each sector's values, and bounds where they differ.
  package let columnCount: Int
  /// Products of the areas' weights with those columns; those of balancing are not among them.
  package let productCount: Int
  package let tileCount: Int
  /// Bytes that tables and products take, and the weights where they are held.
  package let byteCount: Int
  /// Whether the weights of all pairs are held.
  package let holdsWeights: Bool
  package let weightCount: Int
  package let floatingPointOperationCount: Int
  /// From one tile that was calculated just now.
  package let expectedSeconds: Double

  /// Bytes that the weights may take where no memory limit is given.
  private static let defaultWeightBytes = 1 << 30

  /// Plans products of all pairs of areas.
  ///
  /// - Parameters:
  ///   - columnCount: columns of all products of all periods.
  ///   - isIterated: whether balancing will need the weights again and again.
  init(
    _ weights: TiledMatrix, columnCount: Int, productCount: Int, isIterated: Bool, workerCount: Int,
    memoryLimit: Int?
  ) {
    areaCount = weights.rowCount
    self.columnCount = columnCount
    self.productCount = productCount
    let across = (areaCount + TiledMatrix.side - 1) / TiledMatrix.side
    tileCount = across * across * productCount
    weightCount = areaCount * areaCount * productCount
    floatingPointOperationCount = 2 * areaCount * areaCount * columnCount
    // The columns, their sums, and the figures on both sides of them with bounds.
    let tables = 8 * areaCount * columnCount * 4
    let limit = memoryLimit.map { $0 - tables } ?? Self.defaultWeightBytes
    holdsWeights = isIterated && weights.byteCount <= limit
    byteCount =
      tables + workerCount * 8 * TiledMatrix.side * TiledMatrix.side
      + (holdsWeights ? weights.byteCount : 0)
    expectedSeconds =
      Self.seconds(
        weights, columnCount: max(1, columnCount / max(1, productCount)))
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
    let amount = Double(floatingPointOperationCount) / 1e9
    return [
      "areas x areas: \(areaCount) x \(areaCount), in \(tileCount) tiles of \(TiledMatrix.side) x "
        + "\(TiledMatrix.side)"
        + (holdsWeights ? "; the weights fit the memory and are held" : ""),
      "memory: \(max(1, byteCount >> 20)) MiB; \(Double(weightCount) / 1e9) thousand million weights, "
        + "\(amount) thousand million operations",
      "expected time: \(Self.text(seconds: expectedSeconds))",
    ]
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
