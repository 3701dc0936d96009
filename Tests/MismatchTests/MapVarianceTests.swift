import Dense
import Mismatch
import Support
import Testing

/// The twin takes derivatives by differences, which keeps some eight digits.
private let closeness = Closeness.relative(1e-6)

/// Variances of counts and shares against gᵀ Σ g, with g by differences and Σ written out.
struct MapVarianceTests {
  /// Σ of a Dirichlet distribution: w (1 - w) / precision, and -w v / precision beside it.
  private func covariance(_ distribution: Dirichlet, _ first: Int, _ second: Int) -> Double {
    let mean = distribution.mean
    return mean[first] * ((first == second ? 1 : 0) - mean[second]) / distribution.precision
  }

  /// The variance of a function of independent rows of weights.
  private func variance(_ rows: [Dirichlet], _ function: ([[Double]]) -> Double) -> Double {
    var sum = 0.0
    for row in rows.indices {
      let gradient = rows[row].mean.indices.map { place in
        let step = 1e-5
        func at(_ change: Double) -> Double {
          var weights = rows.map(\.mean)
          weights[row][place] += change
          return function(weights)
        }
        return (at(step) - at(-step)) / (2 * step)
      }
      for first in gradient.indices {
        for second in gradient.indices {
          sum += gradient[first] * gradient[second] * covariance(rows[row], first, second)
        }
      }
    }
    return sum
  }

  private static let rows = [
    Dirichlet(counts: [12, 5, 3]), Dirichlet(counts: [1, 40, 9]), Dirichlet(counts: [2, 2, 2]),
  ]
  private static let counts: [Double] = [300, 80, 45]

  @Test(
    "A crosswalk's variances, with all sectors kept and with the last left out", arguments: [3, 2])
  func crosswalk(keptCount: Int) {
    let rows = Self.rows
    func cells(_ weights: [[Double]]) -> [Double] {
      (0..<keptCount).map { sector in
        zip(Self.counts, weights).reduce(0) { $0 + $1.0 * $1.1[sector] }
      }
    }
    let table = Matrix(rows: [cells(rows.map(\.mean))])
    var result = MapVariance(rowCount: 1, columnCount: keptCount)
    result.addCrosswalk(
      sources: Matrix(rows: [Self.counts]),
      weights: SparseMatrix(Matrix(rows: rows.map { Array($0.mean[..<keptCount]) })),
      precisions: rows.map(\.precision), table: table, workerCount: 1)
    for sector in 0..<keptCount {
      let count = variance(rows) { cells($0)[sector] }
      let share = variance(rows) { cells($0)[sector] / cells($0).reduce(0, +) }
      #expect(closeness.holds(result.count[0, sector], count))
      #expect(closeness.holds(result.share[0, sector], share))
    }
  }

  @Test("A lookup's variances, area by area")
  func lookup() {
    // Three source areas with two sectors each are spread over three areas.
    let sources = [[30.0, 70], [200, 10], [5, 5]]
    func cells(_ weights: [[Double]], _ area: Int) -> [Double] {
      (0..<2).map { sector in
        zip(sources, weights).reduce(0) { $0 + $1.0[sector] * $1.1[area] }
      }
    }
    let means = Self.rows.map(\.mean)
    var result = MapVariance(rowCount: 4, columnCount: 2)
    var entries = SparseMatrix.Entries()
    for row in 0..<3 {
      for column in 0..<3 {
        entries.add(
          row: row, column: column, weight: covariance(Self.rows[row], column, column))
      }
    }
    result.addLookup(
      sources: Matrix(rows: sources),
      variances: SparseMatrix(rowCount: 3, columnCount: 3, entries: entries),
      table: Matrix(rows: (0..<3).map { cells(means, $0) } + [[235, 85]]))
    for area in 0..<3 {
      for sector in 0..<2 {
        let count = variance(Self.rows) { cells($0, area)[sector] }
        let share = variance(Self.rows) { cells($0, area)[sector] / cells($0, area).reduce(0, +) }
        #expect(closeness.holds(result.count[area, sector], count))
        #expect(closeness.holds(result.share[area, sector], share))
      }
    }
  }
}
