import Dense
import Foundation
import Mismatch
import Support
import Testing

/// Two ways of adding up a few dozen logarithms.
private let closeness = Closeness.absolute(1e-12)

/// Mutual information by its formula, term by term.
private func naiveInformation(_ counts: [[Double]]) -> Double {
  let total = counts.joined().reduce(0, +)
  var sum = 0.0
  for row in counts {
    for (column, count) in row.enumerated() where count > 0 {
      let columnTotal = counts.reduce(0) { $0 + $1[column] }
      sum += count / total * log(count * total / (row.reduce(0, +) * columnTotal))
    }
  }
  return sum
}

/// A random table of counts, with zeros and in part small.
private func randomTable(_ rows: Int, _ columns: Int, _ source: inout RandomSource, zeros: Double)
  -> Matrix
{
  var table = Matrix(rowCount: rows, columnCount: columns)
  for index in table.elements.indices where !source.happens(zeros) {
    table.elements[index] = Double(source.whole(1...(source.happens(0.3) ? 300 : 5)))
  }
  return table
}

struct DecompositionTests {
  @Test("The parts equal sums over cells, written naively", arguments: RandomGrid.exact)
  func twin(random: RandomGrid) {
    let grid = random.grid
    let (t, v) = (grid.provision.value.rows, grid.demand.value.rows)
    let decomposition = Decomposition(grid)
    let cells = zip(t.joined(), v.joined()).map { [$0, $1] }
    let areas = zip(t, v).map { [$0.reduce(0, +), $1.reduce(0, +)] }
    let sectors = grid.sectors.codes.indices.map { sector in
      [t, v].map { $0.reduce(0) { $0 + $1[sector] } }
    }
    let total = naiveInformation(cells)
    #expect(closeness.holds(decomposition.mutualInformation.value, total))
    #expect(closeness.holds(decomposition.areas.between.value, naiveInformation(areas)))
    #expect(closeness.holds(decomposition.wrongSkill.value, total - naiveInformation(areas)))
    #expect(closeness.holds(decomposition.sectors.between.value, naiveInformation(sectors)))
    #expect(closeness.holds(decomposition.wrongPlace.value, total - naiveInformation(sectors)))
  }

  @Test("Contributions of cells, areas and sectors sum to what they belong to")
  func contributionsSum() {
    for random in RandomGrid.exact {
      let decomposition = Decomposition(random.grid)
      let cells = random.grid.areas.codes.indices
        .flatMap { decomposition.cells(random.grid.pair(area: $0)) }.compactMap { $0 }
      #expect(closeness.holds(cells.reduce(0) { $0 + $1.share }, 1))
      #expect(
        closeness.holds(
          cells.reduce(0) { $0 + $1.contribution }, decomposition.mutualInformation.value))
      for split in [decomposition.areas, decomposition.sectors] {
        let between = split.parts.reduce(0) { $0 + $1.side.contribution }
        let within = split.parts.reduce(0) { $0 + $1.side.share * $1.within }
        #expect(closeness.holds(between, split.between.value))
        #expect(closeness.holds(within, split.within.value))
      }
    }
  }

  @Test("Groups of areas split what lies between areas")
  func groupsSplit() throws {
    for random in RandomGrid.exact where random.grid.areas.count > 2 {
      let decomposition = Decomposition(
        random.grid, groupOfArea: random.grid.areas.codes.indices.map { $0 % 2 })
      let groups = try #require(decomposition.groups)
      let sum = groups.between.value + groups.within.value
      #expect(closeness.holds(sum, decomposition.areas.between.value), "\(random)")
    }
  }

  @Test("Whatever counts lie within the bounds, every headline lies within its own")
  func boundsHold() {
    for random in RandomGrid.bounded where random.shape != .withheld {
      let wide = headlines(Decomposition(random.grid))
      var source = RandomSource(seed: random.seed, stream: 300)
      for _ in 0..<60 {
        let exact = headlines(Decomposition(random.drawInside(&source)))
        for (figure, drawn) in zip(wide, exact) {
          let isInside = Closeness.absolute(1e-10).holds(
            drawn.value, within: figure.lower, figure.upper)
          #expect(isInside, "\(random): \(drawn.value) of \(figure)")
        }
      }
    }
  }

  private func headlines(_ decomposition: Decomposition) -> [Figure] {
    [
      decomposition.mutualInformation, decomposition.entropyIndex, decomposition.areas.between,
      decomposition.wrongSkill, decomposition.sectors.between, decomposition.wrongPlace,
    ]
  }

  @Test("A cell without a number is left out on both sides, and told")
  func undefinedCellsAreLeftOut() throws {
    for random in RandomGrid.all where random.shape == .withheld {
      let decomposition = Decomposition(random.grid)
      var (t, v) = (random.grid.provision.value, random.grid.demand.value)
      var leftOutCount = 0
      for index in t.elements.indices where (t.elements[index] + v.elements[index]).isNaN {
        (t.elements[index], v.elements[index]) = (0, 0)
        leftOutCount += 1
      }
      let known = Decomposition(
        random.grid.with(provision: Table(exact: t), demand: Table(exact: v)))
      #expect(decomposition.areas.leftOutCount == leftOutCount && leftOutCount > 0)
      #expect(decomposition.sectors.leftOutCount == leftOutCount)
      #expect(
        closeness.holds(
          decomposition.mutualInformation.value, known.mutualInformation.value))
      #expect(decomposition.mutualInformation.status.contains([.incomplete, .confidential]))
      #expect(!known.mutualInformation.status.contains(.incomplete))
    }
  }

  @Test("Any number of threads gives the same bits")
  func sameBitsForAnyThreads() {
    var source = RandomSource(seed: 5)
    let (t, v) = (
      randomTable(300, 7, &source, zeros: 0.4), randomTable(300, 7, &source, zeros: 0.4)
    )
    let grid = makeGrid(provision: Table(exact: t), demand: Table(exact: v))
    let results = [1, 4].map { headlines(Decomposition(grid, workerCount: $0)).map(\.value) }
    #expect(areIdentical(results[0], results[1]))
  }

  @Test("Splitting a sector in proportion changes no M; merging sectors never raises it")
  func organisationalEquivalence() {
    var source = RandomSource(seed: 6)
    for _ in 0..<20 {
      let table = randomTable(6, 2, &source, zeros: 0.2)
      let split = Matrix(
        rows: table.rows.flatMap { row in [0.25, 0.75].map { part in row.map { $0 * part } } })
      let merged = Matrix(
        rows: [zip(table.rows[0], table.rows[1]).map { $0 + $1 }] + table.rows.dropFirst(2))
      let information = mutualInformation(of: table)
      #expect(closeness.holds(mutualInformation(of: split), information))
      #expect(mutualInformation(of: merged) <= information + 1e-12)
    }
  }
}

struct InformationChangeTests {
  @Test("An adjusted table has the margins wanted and the odds ratios of its source")
  func adjustment() {
    var source = RandomSource(seed: 7)
    for (rows, columns) in [(2, 2), (40, 3), (5, 30), (200, 2)] {
      var table = randomTable(rows, columns, &source, zeros: 0.7)
      for index in table.elements.indices where table.elements[index] == 0 {
        table.elements[index] = 1e-10
      }
      let other = randomTable(rows, columns, &source, zeros: 0)
      let total = other.elements.reduce(0, +)
      let wanted = (other.rowSums().map { $0 / total }, other.columnSums().map { $0 / total })
      let adjusted = MarginAdjustment(table, rows: wanted.0, columns: wanted.1)
      #expect(adjusted.isConverged)
      #expect(Closeness.absolute(1e-12).holds(adjusted.table.rowSums(), wanted.0))
      #expect(Closeness.absolute(1e-12).holds(adjusted.table.columnSums(), wanted.1))
      for row in 1..<rows {
        for column in 1..<columns {
          let ratios = [table, adjusted.table].map {
            log($0[row, column]) + log($0[0, 0]) - log($0[row, 0]) - log($0[0, column])
          }
          #expect(Closeness.absolute(1e-8).holds(ratios[0], ratios[1]))
        }
      }
    }
  }

  @Test("Sparse tables are adjusted too, whatever the start")
  func sparseTablesConverge() {
    var source = RandomSource(seed: 13)
    var adjustedCount = 0
    for trial in 0..<120 {
      let (rows, columns) = [(12, 4), (60, 2), (30, 3), (3, 3)][trial % 4]
      let zeros = [0.3, 0.6, 0.9][trial % 3]
      let before = randomTable(rows, columns, &source, zeros: zeros)
      let after = randomTable(rows, columns, &source, zeros: zeros)
      let change = InformationChange(from: before, to: after, by: .shapley)
      #expect(change.isConverged, "trial \(trial)")
      adjustedCount += change.structure == 0 ? 0 : 1
    }
    // Of tables of nine tenths zeros (a third of the trials) most have no two rows or columns left.
    #expect(adjustedCount > 75)
  }

  @Test("Components sum to the change", arguments: InformationChange.Method.allCases)
  func componentsSum(method: InformationChange.Method) {
    var source = RandomSource(seed: 8)
    for (rows, columns) in [(4, 3), (30, 2), (300, 2), (25, 12)] {
      let before = randomTable(rows, columns, &source, zeros: 0.6)
      let after = randomTable(rows, columns, &source, zeros: 0.6)
      let change = InformationChange(from: before, to: after, by: method)
      #expect(change.isConverged)
      let sum =
        change.additions + change.removals + change.groupMargin + change.unitMargin
        + change.structure
      #expect(Closeness.absolute(1e-10).holds(sum, change.after - change.before))
    }
  }

  @Test("Shapley values turn their signs with the periods, and are the same transposed")
  func shapleyIsSymmetric() {
    var source = RandomSource(seed: 9)
    let before = randomTable(12, 4, &source, zeros: 0.3)
    let after = randomTable(12, 4, &source, zeros: 0.3)
    let forward = InformationChange(from: before, to: after, by: .shapley)
    let backward = InformationChange(from: after, to: before, by: .shapley)
    let transposed = InformationChange(
      from: before.transposed, to: after.transposed, by: .shapley)
    let near = Closeness.absolute(1e-10)
    #expect(near.holds(forward.structure, -backward.structure))
    #expect(near.holds(forward.unitMargin, -backward.unitMargin))
    #expect(near.holds(forward.additions, -backward.removals))
    #expect(near.holds(forward.structure, transposed.structure))
    #expect(near.holds(forward.unitMargin, transposed.groupMargin))
  }

  @Test("Counts that only change their margins have no structural change")
  func marginsOnly() {
    var source = RandomSource(seed: 10)
    let before = randomTable(8, 4, &source, zeros: 0)
    var after = before
    for row in 0..<8 {
      for column in 0..<4 { after[row, column] *= Double(row + 1) * Double(column * column + 2) }
    }
    let change = InformationChange(from: before, to: after, by: .shapley)
    #expect(abs(change.structure) < 1e-10)
    #expect(abs(change.after - change.before) > 1e-3)
  }

  @Test("Where nothing is in both periods, all is additions and removals")
  func nothingInCommon() {
    let before = Matrix(rows: [[1, 2], [3, 1], [0, 0], [0, 0]])
    let after = Matrix(rows: [[0, 0], [0, 0], [5, 1], [1, 9]])
    for method in InformationChange.Method.allCases {
      let change = InformationChange(from: before, to: after, by: method)
      #expect(change.additions == change.after && change.removals == -change.before)
      #expect(change.structure == 0 && change.groupMargin == 0 && change.unitMargin == 0)
    }
  }
}

extension Matrix {
  fileprivate var transposed: Matrix {
    Matrix(rows: (0..<columnCount).map { column in (0..<rowCount).map { self[$0, column] } })
  }
}
