import Dense
import Support
import Testing

@testable import Mismatch

/// As HOW.md of c05 states.
private let referenceCloseness = Closeness.absolute(1e-9)
/// What fitting to 1e-12 of the largest total leaves of cells and their ratios.
private let fitCloseness = Closeness.either(1e-9)

struct ProportionalFitTests {
  @Test("A seed is fitted as by ipfn, POT and R's loglin", .enabled(if: Reference.mayRun))
  func reference() throws {
    let folder = "c05-crosswalk"
    let rows = try Reference.rows("\(folder)/input_ipf_rows.csv")
    let columns = try Reference.rows("\(folder)/input_ipf_cols.csv")
    let fit = try proportionalFit(
      try matrix("\(folder)/input_ipf_seed.csv", "seed", rows.count),
      rowTargets: try rows.map { try $0.number("target") },
      columnTargets: try columns.map { try $0.number("target") })
    let expected = try matrix("\(folder)/expected_ipf.csv", "value", rows.count)
    #expect(fit.table.rowCount == 9 && fit.table.columnCount == columns.count)
    #expect(referenceCloseness.holds(fit.table.elements, expected.elements))
    #expect(fit.largestError <= 1e-9)
  }

  /// The cells of a long table, areas one after another with the same sectors each.
  private func matrix(_ path: String, _ column: String, _ rowCount: Int) throws -> Matrix {
    let numbers = try Reference.rows(path).map { try $0.number(column) }
    let width = numbers.count / rowCount
    return Matrix(rows: (0..<rowCount).map { Array(numbers[$0 * width..<($0 + 1) * width]) })
  }

  @Test("Sums are the totals, and cross-product ratios the seed's", arguments: 1...8)
  func totalsAndRatios(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed))
    let start = randomTable(&random, zeroShare: 0)
    let target = randomTable(&random, like: start)
    let fit = try proportionalFit(
      start, rowTargets: rowSums(target), columnTargets: columnSums(target))
    #expect(fitCloseness.holds(rowSums(fit.table), rowSums(target)))
    #expect(fitCloseness.holds(columnSums(fit.table), columnSums(target)))
    for row in 1..<start.rowCount {
      for column in 1..<start.columnCount {
        #expect(
          fitCloseness.holds(
            crossProductRatio(fit.table, row, column), crossProductRatio(start, row, column)))
      }
    }
    #expect(fit.forcedZeroCount == 0)
  }

  @Test("A table with its own totals stays as it is, however its lines are scaled before")
  func ownTotals() throws {
    var random = RandomSource(seed: 5)
    let table = randomTable(&random, zeroShare: 0.3)
    var scaled = table
    for row in 0..<table.rowCount {
      for column in 0..<table.columnCount {
        scaled[row, column] *= Double(row + 1) / Double(column + 2)
      }
    }
    for seed in [table, scaled] {
      let fit = try proportionalFit(
        seed, rowTargets: rowSums(table), columnTargets: columnSums(table))
      #expect(fitCloseness.holds(fit.table.elements, table.elements))
    }
  }

  @Test("What has no table is refused, and only that, as all sets of rows say", arguments: 1...150)
  func feasibility(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed), stream: 7)
    let start = randomTable(&random, zeroShare: seed.isMultiple(of: 2) ? 0.3 : 0.55)
    let target = randomTable(&random, like: start, largest: 4)
    let (rows, columns) = (rowSums(target), columnSums(target))
    switch try fitted(start, rows, columns) {
    case .success(let fit):
      #expect(hasTable(start, rows, columns))
      #expect(fitCloseness.holds(rowSums(fit.table), rows))
      #expect(fitCloseness.holds(columnSums(fit.table), columns))
      let forced = start.elements.indices.filter {
        start.elements[$0] > 0
          && !mayHold(start, rows, columns, $0 / start.columnCount, $0 % start.columnCount)
      }
      #expect(fit.forcedZeroCount == forced.count)
      #expect(forced.allSatisfy { fit.table.elements[$0] == 0 })
    case .failure(.infeasible(let cutRows, let needed, let cutColumns, let available)):
      #expect(!hasTable(start, rows, columns))
      #expect(needed > available)
      #expect(cutRows.map { rows[$0] }.reduce(0, +) == needed)
      #expect(cutColumns.map { columns[$0] }.reduce(0, +) == available)
      let met = columns.indices.filter { column in cutRows.contains { start[$0, column] > 0 } }
      #expect(met == cutColumns)
    case .failure(let refusal):
      Issue.record("\(refusal)")
    }
  }

  @Test("Cells that the totals force to 0 are taken out, and the rest is reached at once")
  func forcedZero() throws {
    let fit = try proportionalFit(
      Matrix(rows: [[1, 2], [0, 3]]), rowTargets: [4, 5], columnTargets: [4, 5])
    #expect(fit.table.elements == [4, 0, 0, 5])
    #expect(fit.forcedZeroCount == 1)
    #expect(fit.iterationCount < 5)
  }

  @Test("Unusable input is told by what is wrong with it")
  func refusals() throws {
    func refusal(
      _ rows: [[Double]], _ rowTargets: [Double], _ columnTargets: [Double], limit: Int = 100
    ) throws -> RakingRefusal? {
      if case .failure(let refusal) = try fitted(
        Matrix(rows: rows), rowTargets, columnTargets, limit)
      {
        return refusal
      }
      return nil
    }
    #expect(try refusal([[1, .nan]], [1], [1, 0]) == .badCell(row: 0, column: 1))
    #expect(try refusal([[1, 1], [-1, 1]], [1, 1], [1, 1]) == .badCell(row: 1, column: 0))
    #expect(try refusal([[1, .infinity]], [1], [1, 0]) == .badCell(row: 0, column: 1))
    #expect(try refusal([[1, 1]], [.nan], [1, 0]) == .badRowTarget(0))
    #expect(try refusal([[1, 1]], [1], [2, -1]) == .badColumnTarget(1))
    #expect(try refusal([[1, 1]], [3], [1, 1]) == .unequalTotals(rows: 3, columns: 2))
    #expect(
      try refusal([[0, 0], [1, 1]], [1, 2], [2, 1])
        == .infeasible(rows: [0], needed: 1, columns: [], available: 0))
    guard
      case .notConverged(2, let error) = try refusal(
        [[1, 9], [9, 2]], [1, 9], [8, 2], limit: 2)
    else {
      Issue.record("two passes are too few for this table")
      return
    }
    #expect(error > 1e-6)
  }

  @Test("Totals of 0 give zeros")
  func zeroTotals() throws {
    let fit = try proportionalFit(
      Matrix(rows: [[1, 2], [3, 4]]), rowTargets: [0, 5], columnTargets: [5, 0])
    #expect(fit.table.elements == [0, 0, 5, 0])
    let none = try proportionalFit(
      Matrix(rows: [[1, 2]]), rowTargets: [0], columnTargets: [0, 0])
    #expect(none.table.elements == [0, 0])
  }
}

// MARK: Twins by trying all sets

/// Hall's condition: no set of rows needs more than the columns it meets may hold.
private func hasTable(_ seed: Matrix, _ rows: [Double], _ columns: [Double]) -> Bool {
  (1..<1 << seed.rowCount).allSatisfy { set in
    let members = rows.indices.filter { set >> $0 & 1 == 1 }
    let needed = members.reduce(0) { $0 + rows[$1] }
    let met = columns.indices.filter { column in members.contains { seed[$0, column] > 0 } }
    return needed <= met.reduce(0) { $0 + columns[$1] } + 1e-9
  }
}

/// Whether a little can be set aside in one cell with a table left for the rest.
private func mayHold(
  _ seed: Matrix, _ rows: [Double], _ columns: [Double], _ row: Int, _ column: Int
)
  -> Bool
{
  var (rows, columns) = (rows, columns)
  rows[row] -= 1e-3
  columns[column] -= 1e-3
  return rows[row] >= 0 && columns[column] >= 0 && hasTable(seed, rows, columns)
}

private func fitted(
  _ seed: Matrix, _ rows: [Double], _ columns: [Double], _ limit: Int = 10_000
) throws -> Result<ProportionalFit, RakingRefusal> {
  do {
    return .success(
      try proportionalFit(seed, rowTargets: rows, columnTargets: columns, iterationLimit: limit))
  } catch let refusal as RakingRefusal {
    return .failure(refusal)
  }
}

private func randomTable(
  _ random: inout RandomSource, like other: Matrix? = nil, zeroShare: Double = 0, largest: Int = 90
) -> Matrix {
  let rowCount = other?.rowCount ?? random.whole(2...5)
  let columnCount = other?.columnCount ?? random.whole(2...5)
  return Matrix(
    rows: (0..<rowCount).map { _ in
      (0..<columnCount).map { _ in
        random.happens(zeroShare) ? 0 : Double(random.whole(1...largest))
      }
    })
}

private func rowSums(_ table: Matrix) -> [Double] {
  (0..<table.rowCount).map { table.row($0).reduce(0, +) }
}

private func columnSums(_ table: Matrix) -> [Double] {
  (0..<table.columnCount).map { column in
    (0..<table.rowCount).reduce(0) { $0 + table[$1, column] }
  }
}

private func crossProductRatio(_ table: Matrix, _ row: Int, _ column: Int) -> Double {
  table[0, 0] * table[row, column] / (table[0, column] * table[row, 0])
}
