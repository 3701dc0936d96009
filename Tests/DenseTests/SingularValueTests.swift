import Dense
import Support
import Testing

/// Values of a 4 × 4 factorisation of elements below 1: a few dozen roundings.
private let factorCloseness = Closeness.absolute(1e-13)
/// The published inertias have six decimals.
private let printedCloseness = Closeness.absolute(0.5e-6)

struct SingularValueTests {
  @Test(
    "Squared singular values of the smoking table's residuals are its published inertias",
    .enabled(if: Reference.mayRun))
  func greenacreInertias() throws {
    let counts = try Reference.rows("c14-published-fixtures/smoke_input.csv")
    let expected = try Reference.rows("c14-published-fixtures/smoke_expected_inertia.csv")
    let rows = ["SM", "JM", "SE", "JE", "SC"]
    let columns = ["none", "light", "medium", "heavy"]
    var share = Matrix(rowCount: rows.count, columnCount: columns.count)
    for count in counts {
      let row = try #require(rows.firstIndex(of: count.text("row")))
      let column = try #require(columns.firstIndex(of: count.text("col")))
      share[row, column] = try count.number("n")
    }
    let total = share.elements.reduce(0, +)
    #expect(total == 193)
    let rowMass = share.times([1, 1, 1, 1]).map { $0 / total }
    let columnMass = transposed(share).times([1, 1, 1, 1, 1]).map { $0 / total }
    var residuals = share
    for row in rows.indices {
      for column in columns.indices {
        let mass = rowMass[row] * columnMass[column]
        residuals[row, column] = (share[row, column] / total - mass) / mass.squareRoot()
      }
    }
    let inertias = try residuals.singularValues().map { $0 * $0 }
    try #require(inertias.count == 4)
    #expect(factorCloseness.holds(inertias[3], 0))
    #expect(expected.count == 3)
    for (inertia, row) in zip(inertias, expected) {
      #expect(factorCloseness.holds(inertia, try row.number("inertia")))
      #expect(printedCloseness.holds(inertia, try row.number("published")))
    }
  }

  @Test("Singular values of a diagonal are its absolute values, from large to small")
  func diagonal() throws {
    let tall = Matrix(rows: [[0, 0], [3, 0], [0, -4]])
    #expect(factorCloseness.holds(try tall.singularValues(), [4, 3]))
    #expect(factorCloseness.holds(try transposed(tall).singularValues(), [4, 3]))
  }

  @Test("Squared singular values add up to the squared elements")
  func squaresAddUp() throws {
    let matrix = randomMatrix(9, 5, stream: 12)
    let values = try matrix.singularValues()
    #expect(values == values.sorted(by: >))
    let squares = matrix.elements.reduce(0) { $0 + $1 * $1 }
    #expect(Closeness.relative(1e-13).holds(values.reduce(0) { $0 + $1 * $1 }, squares))
  }

  @Test("An empty matrix has none, and NaN has no answer")
  func edges() throws {
    #expect(try Matrix(rowCount: 0, columnCount: 4).singularValues().isEmpty)
    #expect(throws: FactorisationFailure.self) {
      try Matrix(rows: [[1, .nan], [0, 1]]).singularValues()
    }
  }
}
