import Dense
import Mismatch
import Support
import Testing

/// As HOW.md of c09 states.
private let referenceCloseness = Closeness.absolute(1e-9)
/// A few hundred operations of double precision on numbers of size 1.
private let arithmeticCloseness = Closeness.absolute(1e-12)

struct CorrespondenceAnalysisTests {
  @Test("Masses, distances, inertias and axes as in R's ca", .enabled(if: Reference.mayRun))
  func reference() throws {
    let analysis = try CorrespondenceAnalysis(counts: Typology09.table("trainees"))
    let axes = try Reference.rows("\(Typology09.folder)/expected_ca_inertia.csv")
    #expect(axes.count == 14 && analysis.singularValues.count == 14)
    for (axis, row) in axes.enumerated() {
      let close = referenceCloseness
      #expect(close.holds(analysis.singularValues[axis], try row.number("singular_value")))
      #expect(close.holds(analysis.inertias[axis], try row.number("inertia")))
      let share = analysis.inertias[axis] / analysis.totalInertia
      #expect(close.holds(share, try row.number("share")))
    }
    try expect(
      analysis.rows, Reference.rows("\(Typology09.folder)/expected_ca_rows.csv"), count: 25)
    try expect(
      analysis.columns, Reference.rows("\(Typology09.folder)/expected_ca_cols.csv"), count: 15)
    let residuals = try Reference.rows("\(Typology09.folder)/expected_truncation.csv")
    #expect(residuals.count == 5)
    for row in residuals {
      let residual = analysis.residual(beyond: Int(try row.number("q")))
      #expect(referenceCloseness.holds(residual, try row.number("frobenius_residual")))
    }
  }

  private func expect(
    _ points: CorrespondenceAnalysis.Points, _ expected: [Reference.Row], count: Int
  ) throws {
    #expect(expected.count == count && points.kept == Array(0..<count))
    for (place, row) in expected.enumerated() {
      #expect(referenceCloseness.holds(points.masses[place], try row.number("mass")))
      #expect(referenceCloseness.holds(points.inertias[place], try row.number("inertia")))
      if row["chidist"] != nil {
        #expect(referenceCloseness.holds(points.distances[place], try row.number("chidist")))
      }
      for axis in 0..<3 {
        let coordinate = abs(points.coordinates[place, axis])
        #expect(referenceCloseness.holds(coordinate, try row.number("abs_dim\(axis + 1)")))
      }
    }
  }

  @Test("Greenacre's smokers: the inertias that he printed", .enabled(if: Reference.mayRun))
  func smokers() throws {
    let rows = try Reference.rows("c14-published-fixtures/smoke_input.csv")
    let counts = try rows.map { try $0.number("n") }
    // Columns stand one after another, five staff groups each.
    let table = Matrix(rows: (0..<5).map { row in (0..<4).map { counts[$0 * 5 + row] } })
    let expected = try Reference.rows("c14-published-fixtures/smoke_expected_inertia.csv")
    let inertias = try CorrespondenceAnalysis(counts: table).inertias
    #expect(expected.count == 3 && inertias.count == 3)
    for (axis, row) in expected.enumerated() {
      let printed = Closeness.absolute(0.5e-6)
      #expect(printed.holds(inertias[axis], try row.number("published")))
      #expect(referenceCloseness.holds(inertias[axis], try row.number("inertia")))
    }
  }

  @Test("All axes together give the table back, and centre on the average", arguments: 1...5)
  func reconstitution(seed: Int) throws {
    let table = randomCounts(seed: seed, rowCount: 7, columnCount: 5)
    let total = table.elements.reduce(0, +)
    let analysis = try CorrespondenceAnalysis(counts: table)
    let (rows, columns) = (analysis.rows, analysis.columns)
    for row in 0..<7 {
      for column in 0..<5 {
        let pull = analysis.singularValues.indices.reduce(1.0) {
          $0 + rows.coordinates[row, $1] * columns.coordinates[column, $1]
            / analysis.singularValues[$1]
        }
        let share = rows.masses[row] * columns.masses[column] * pull
        #expect(arithmeticCloseness.holds(share, table[row, column] / total))
      }
    }
    for points in [rows, columns] {
      #expect(arithmeticCloseness.holds(points.inertias.reduce(0, +), analysis.totalInertia))
      for axis in analysis.singularValues.indices {
        let weighted = points.kept.indices.map { (points.masses[$0], points.coordinates[$0, axis]) }
        #expect(arithmeticCloseness.holds(weighted.reduce(0) { $0 + $1.0 * $1.1 }, 0))
        let inertia = weighted.reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
        #expect(arithmeticCloseness.holds(inertia, analysis.inertias[axis]))
      }
    }
  }

  @Test("Inertias are the eigenvalues of the residuals' products, by rotation", arguments: 1...5)
  func eigenvalueTwin(seed: Int) throws {
    let table = randomCounts(seed: seed, rowCount: 6, columnCount: 4)
    let eigenvalues = eigenvaluesByRotation(residualProducts(table))
    let inertias = try CorrespondenceAnalysis(counts: table).inertias
    #expect(arithmeticCloseness.holds(inertias, eigenvalues.prefix(3)))
  }

  @Test("Empty lines are dropped and change nothing for the others")
  func emptyLines() throws {
    let table = randomCounts(seed: 3, rowCount: 5, columnCount: 4)
    var padded = Matrix(rowCount: 7, columnCount: 5)
    for row in 0..<5 {
      for column in 0..<4 { padded[row + (row < 2 ? 0 : 1), column + 1] = table[row, column] }
    }
    let (one, other) = (
      try CorrespondenceAnalysis(counts: table), try CorrespondenceAnalysis(counts: padded)
    )
    #expect(other.rows.kept == [0, 1, 3, 4, 5])
    #expect(other.columns.kept == [1, 2, 3, 4])
    #expect(one.rows.coordinates == other.rows.coordinates)
    let nothing = try CorrespondenceAnalysis(counts: Matrix(rowCount: 3, columnCount: 2))
    #expect(nothing.rows.kept.isEmpty && nothing.singularValues.isEmpty)
    #expect(nothing.totalInertia == 0)
  }

  @Test("Axes point the same way for any order of the rows")
  func signs() throws {
    let table = randomCounts(seed: 8, rowCount: 6, columnCount: 5)
    let order = [4, 2, 0, 5, 1, 3]
    let turned = Matrix(rows: order.map { Array(table.row($0)) })
    let (one, other) = (
      try CorrespondenceAnalysis(counts: table), try CorrespondenceAnalysis(counts: turned)
    )
    for (place, row) in order.enumerated() {
      #expect(
        arithmeticCloseness.holds(
          other.rows.coordinates.row(place), one.rows.coordinates.row(row)))
    }
    for axis in one.singularValues.indices {
      let along = (0..<5).map { one.columns.coordinates[$0, axis] }
      #expect(along.contains { $0 > 0 && $0 >= (along.map(abs).max() ?? 0) * (1 - 1e-9) })
    }
  }

  @Test("Gaps with equal row totals are Greenacre's difference of matched matrices")
  func matchedMatrices() throws {
    let one = randomCounts(seed: 4, rowCount: 5, columnCount: 4)
    var other = Matrix(rowCount: 5, columnCount: 4)
    // The same row totals, so that both tables have the same row masses.
    for row in 0..<5 {
      for column in 0..<4 { other[row, column] = one[row, (column + 1 + row) % 4] }
    }
    let gaps = try CorrespondenceAnalysis(gapsBetween: one, and: other)
    var blocks = Matrix(rowCount: 10, columnCount: 8)
    for row in 0..<5 {
      for column in 0..<4 {
        (blocks[row, column], blocks[row + 5, column + 4]) = (one[row, column], one[row, column])
        (blocks[row, column + 4], blocks[row + 5, column]) = (
          other[row, column], other[row, column]
        )
      }
    }
    var sums = one
    for index in sums.elements.indices { sums.elements[index] += other.elements[index] }
    let both = try CorrespondenceAnalysis(counts: blocks).inertias
    let expected = both.reduce(0, +) - (try CorrespondenceAnalysis(counts: sums).totalInertia)
    #expect(arithmeticCloseness.holds(gaps.totalInertia / 4, expected))
    for inertia in gaps.inertias where inertia > 1e-9 {
      #expect(both.contains { arithmeticCloseness.holds($0, inertia / 4) })
    }
  }

  @Test("Equal profiles have no gap, and rows without a side are dropped")
  func noGap() throws {
    let table = randomCounts(seed: 6, rowCount: 4, columnCount: 3)
    var scaled = table
    for row in 0..<4 { for column in 0..<3 { scaled[row, column] *= Double(row + 2) } }
    let gaps = try CorrespondenceAnalysis(gapsBetween: table, and: scaled)
    #expect(arithmeticCloseness.holds(gaps.totalInertia, 0))
    for column in 0..<3 { scaled[1, column] = 0 }
    let fewer = try CorrespondenceAnalysis(gapsBetween: table, and: scaled)
    #expect(fewer.rows.kept == [0, 2, 3])
    #expect(arithmeticCloseness.holds(fewer.rows.masses.reduce(0, +), 1))
    #expect(arithmeticCloseness.holds(fewer.columns.masses.reduce(0, +), 1))
  }
}

private func randomCounts(seed: Int, rowCount: Int, columnCount: Int) -> Matrix {
  var random = RandomSource(seed: UInt64(seed), stream: 9)
  return Matrix(
    rows: (0..<rowCount).map { _ in
      (0..<columnCount).map { _ in Double(random.whole(1...60)) }
    })
}

/// SᵀS of a table's standardised residuals, term by term.
private func residualProducts(_ table: Matrix) -> [[Double]] {
  let total = table.elements.reduce(0, +)
  let rows = (0..<table.rowCount).map { table.row($0).reduce(0, +) / total }
  let columns = (0..<table.columnCount).map { column in
    (0..<table.rowCount).reduce(0) { $0 + table[$1, column] } / total
  }
  func residual(_ row: Int, _ column: Int) -> Double {
    (table[row, column] / total - rows[row] * columns[column])
      / (rows[row] * columns[column]).squareRoot()
  }
  return columns.indices.map { a in
    columns.indices.map { b in rows.indices.reduce(0) { $0 + residual($1, a) * residual($1, b) } }
  }
}

/// The eigenvalues of a small symmetric matrix by Jacobi's rotations, from large to small.
private func eigenvaluesByRotation(_ matrix: [[Double]]) -> [Double] {
  var a = matrix
  let count = a.count
  for _ in 0..<60 {
    for p in 0..<count - 1 {
      for q in p + 1..<count where abs(a[p][q]) > 1e-300 {
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<count {
          (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q])
        }
        for k in 0..<count {
          (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k])
        }
      }
    }
  }
  return a.indices.map { a[$0][$0] }.sorted(by: >)
}
